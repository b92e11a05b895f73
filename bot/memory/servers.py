"""What a Discord server has set."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import DateTime, Engine, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.memory.tables import DISCORD_ID, Table, insert, naive

GRACE = timedelta(days=30)
"""How long a server that removed the bot can take it back and find everything as it was."""


class _Curators(Table):
    __tablename__ = "curators"

    guild_id: Mapped[int] = mapped_column(DISCORD_ID, primary_key=True, autoincrement=False)
    role_id: Mapped[int] = mapped_column(DISCORD_ID, primary_key=True, autoincrement=False)


class _Server(Table):
    __tablename__ = "servers"

    guild_id: Mapped[int] = mapped_column(DISCORD_ID, primary_key=True, autoincrement=False)
    left_at: Mapped[datetime | None] = mapped_column(DateTime)


class Servers:
    """The servers that the bot is in, and the roles whose members may add and remove a server's articles."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def curators(self, guild_id: int) -> frozenset[int]:
        """The ids of those roles."""
        with Session(self._engine) as session:
            return frozenset(row.role_id for row in session.query(_Curators).filter_by(guild_id=guild_id))

    def are(
        self, guild_ids: Collection[int], now: datetime, among: Callable[[int], bool] = lambda _: True
    ) -> frozenset[int]:
        """Note that ``among`` all servers the bot is in just these; those that it has left since the last time."""
        with Session(self._engine) as session, session.begin():
            for guild_id in guild_ids:
                self._note(session, guild_id, None)
            stayed = select(_Server).where(_Server.left_at.is_(None), _Server.guild_id.not_in(guild_ids))
            left = [server for server in session.scalars(stayed) if among(server.guild_id)]
            for server in left:
                server.left_at = naive(now)
            return frozenset(server.guild_id for server in left)

    def joined(self, guild_id: int) -> None:
        """Note that the bot is in a server, perhaps again."""
        with Session(self._engine) as session, session.begin():
            self._note(session, guild_id, None)

    def left(self, guild_id: int, now: datetime) -> None:
        """Note that the bot is in a server no more."""
        with Session(self._engine) as session, session.begin():
            self._note(session, guild_id, naive(now))

    def to_forget(self, now: datetime) -> list[int]:
        """The servers that the bot left more than ``GRACE`` ago, and that are still remembered."""
        over = select(_Server.guild_id).where(_Server.left_at < naive(now) - GRACE)
        with Session(self._engine) as session:
            return list(session.scalars(over.order_by(_Server.guild_id)))

    def forget(self, guild_id: int) -> None:
        """Forget that the bot ever was in a server, and who its curators are."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Curators).filter_by(guild_id=guild_id))
            session.execute(delete(_Server).filter_by(guild_id=guild_id))

    def set_curators(self, guild_id: int, role_ids: Collection[int]) -> None:
        """Make just these roles the curators."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Curators).filter_by(guild_id=guild_id))
            session.add_all(_Curators(guild_id=guild_id, role_id=role_id) for role_id in role_ids)

    def toggle_curator(self, guild_id: int, role_id: int) -> bool:
        """Make a role one of them, or no longer; whether it is one now."""
        with Session(self._engine) as session, session.begin():
            known = session.get(_Curators, (guild_id, role_id))
            if known:
                session.delete(known)
            else:
                session.add(_Curators(guild_id=guild_id, role_id=role_id))
            return known is None

    def _note(self, session: Session, guild_id: int, left_at: datetime | None) -> None:
        """In one statement: joining a server and connecting may be told at once."""
        row = insert(self._engine, _Server).values(guild_id=guild_id, left_at=left_at)
        row = row.on_conflict_do_update(index_elements=[_Server.guild_id], set_={"left_at": left_at})
        session.execute(row)
