"""Settings as they are kept: a row each, so that two people who change two of them don't undo each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import JSON, Engine, delete, select, tuple_
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.memory.preferences.rules import NAMES, Level, Rules, Wishes, rules_of
from bot.memory.tables import DISCORD_ID, Table, insert

_WISHES = TypeAdapter(Wishes)


class _Preference(Table):
    __tablename__ = "preferences"

    level: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(DISCORD_ID, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(primary_key=True)
    guild_id: Mapped[int | None] = mapped_column(DISCORD_ID, index=True)
    """The server that it belongs to; none, if it is a person's."""
    value: Mapped[Any] = mapped_column(JSON)


class Preferences:
    """What is set, by its level and whose it is: the id of a server, a channel or a person."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def wishes(self, level: Level, owner_id: int) -> Wishes:
        """What is set there, and nothing of the levels above."""
        return self._read([(level, owner_id)]).get((level, owner_id), Wishes())

    def rules(self, guild_id: int | None, channel_id: int, user_id: int) -> Rules:
        """What applies to a person in a channel (of a thread, that which it belongs to)."""
        person, channel = (Level.PERSON, user_id), (Level.CHANNEL, channel_id)
        server = (Level.SERVER, guild_id or 0)
        found = self._read([person] if guild_id is None else [person, channel, server])
        return rules_of(*(found.get(key, Wishes()) for key in (server, channel, person)))

    def channels(self, guild_id: int, name: str) -> list[int]:
        """The channels of a server where ``name`` is set and true."""
        statement = select(_Preference).filter_by(level=Level.CHANNEL, guild_id=guild_id, name=name)
        with Session(self._engine) as session:
            return sorted(row.owner_id for row in session.scalars(statement) if row.value)

    def put(self, level: Level, owner_id: int, name: str, value: object, guild_id: int | None = None) -> None:
        """Set one thing, or leave it (None) to the level above. ``guild_id``: the server of a channel or its own.

        Raises ``ValueError`` for what can't be set so.
        """
        if name not in NAMES:
            raise ValueError(f"there is nothing called {name} to set")
        _WISHES.validate_python({name: value})
        with Session(self._engine) as session, session.begin():
            if value is None:
                of = {"level": level, "owner_id": owner_id, "name": name}
                session.execute(delete(_Preference).filter_by(**of))
                return
            row = insert(self._engine, _Preference).values(
                level=level, owner_id=owner_id, name=name, guild_id=guild_id, value=value
            )
            keys = [_Preference.level, _Preference.owner_id, _Preference.name]
            session.execute(row.on_conflict_do_update(index_elements=keys, set_={"value": value}))

    def forget(self, user_id: int) -> None:
        """Forget what a person has set for themselves."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Preference).filter_by(level=Level.PERSON, owner_id=user_id))

    def forget_server(self, guild_id: int) -> None:
        """Forget what a server has set, and what its channels have."""
        its_own = (_Preference.level == Level.SERVER) & (_Preference.owner_id == guild_id)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Preference).where(its_own | (_Preference.guild_id == guild_id)))

    def _read(self, keys: Iterable[tuple[Level, int]]) -> dict[tuple[Level, int], Wishes]:
        statement = select(_Preference).where(tuple_(_Preference.level, _Preference.owner_id).in_(list(keys)))
        said: dict[tuple[Level, int], dict[str, Any]] = {}
        with Session(self._engine) as session:
            for row in session.scalars(statement):
                said.setdefault((Level(row.level), row.owner_id), {})[row.name] = row.value
        return {key: _readable(values) for key, values in said.items()}


def _readable(values: dict[str, Any]) -> Wishes:
    """What can be read of it; what a newer version has set is left out."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        try:
            _WISHES.validate_python({name: value})
        except ValidationError:
            continue
        if name in NAMES:
            kept[name] = value
    return _WISHES.validate_python(kept)
