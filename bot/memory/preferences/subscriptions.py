"""Questions that people wait to see answered, each told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Date, DateTime, Engine, Select, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.memory.tables import DISCORD_ID, Table, naive

KEPT = timedelta(days=180)
"""How long somebody waits; what nobody has written about by then, nobody will."""

MOST = 10
"""Questions that one person may wait for."""


class _Subscription(Table):
    __tablename__ = "subscriptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(DISCORD_ID, index=True)
    guild_id: Mapped[int | None] = mapped_column(DISCORD_ID)
    channel_id: Mapped[int] = mapped_column(DISCORD_ID)
    private: Mapped[bool]
    question: Mapped[str]
    source: Mapped[str | None]
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    seen: Mapped[int]


@dataclass(frozen=True, slots=True)
class Subscription:
    """What ``user_id`` wants to be told, and where; ``source``, ``since`` and ``until`` narrow it.

    ``private``: to them alone. ``seen``: the newest article, by its number, that did not answer it.
    """

    user_id: int
    guild_id: int | None
    channel_id: int
    private: bool
    question: str
    seen: int
    source: str | None = None
    since: date | None = None
    until: date | None = None
    id: int = 0


class Subscriptions:
    """Those of everybody."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, wanted: Subscription, now: datetime | None = None) -> int | None:
        """Note it, once however often it is asked for; its number, or None if the person waits for ``MOST``."""
        moment = naive(now)
        mine = select(_Subscription).filter_by(user_id=wanted.user_id)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Subscription).where(_Subscription.created_at < moment - KEPT))
            same = mine.filter_by(guild_id=wanted.guild_id, question=wanted.question)
            if known := session.scalars(same).first():
                return known.id
            if (session.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= MOST:
                return None
            values = {name: getattr(wanted, name) for name in Subscription.__slots__ if name != "id"}
            stored = _Subscription(created_at=moment, **values)
            session.add(stored)
            session.flush()
            return stored.id

    def of(self, user_id: int) -> Sequence[Subscription]:
        """What somebody waits for, the newest first."""
        return self._listed(select(_Subscription).filter_by(user_id=user_id).order_by(_Subscription.id.desc()))

    def all(self) -> Sequence[Subscription]:
        """What anybody waits for, the oldest first."""
        return self._listed(select(_Subscription).order_by(_Subscription.id))

    def saw(self, number: int, newest: int) -> None:
        """No article up to ``newest`` answers it."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(_Subscription).filter_by(id=number).values(seen=newest))

    def remove(self, number: int, user_id: int) -> bool:
        """End one of that person's; whether there was one."""
        statement = delete(_Subscription).filter_by(id=number, user_id=user_id).returning(_Subscription.id)
        with Session(self._engine) as session, session.begin():
            return bool(session.execute(statement).all())

    def forget(self, user_id: int) -> None:
        """End all that a person has."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Subscription).filter_by(user_id=user_id))

    def forget_server(self, guild_id: int) -> None:
        """End all that anybody has in a server."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Subscription).filter_by(guild_id=guild_id))

    def _listed(self, statement: Select[_Subscription]) -> Sequence[Subscription]:
        with Session(self._engine) as session:
            return [_read(one) for one in session.scalars(statement)]


def _read(stored: _Subscription) -> Subscription:
    return Subscription(**{name: getattr(stored, name) for name in Subscription.__slots__})
