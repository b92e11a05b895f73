"""The digests that are posted by themselves, each into one channel, each time once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import JSON, DateTime, Engine, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.memory.tables import DISCORD_ID, Table, naive
from bot.summary.schedule import Schedule

LEASE = timedelta(minutes=4)
"""How long one process may take to post a digest before another, or the same one restarted, tries again."""


class _StoredSchedule(Table):
    __tablename__ = "schedules"

    id: Mapped[int] = mapped_column(primary_key=True)
    guild_id: Mapped[int] = mapped_column(DISCORD_ID, index=True)
    channel_id: Mapped[int] = mapped_column(DISCORD_ID)
    made_by: Mapped[int] = mapped_column(DISCORD_ID)
    hour: Mapped[int]
    zone: Mapped[str]
    weekday: Mapped[int | None]
    topics: Mapped[list[str]] = mapped_column(JSON)
    sources: Mapped[list[str]] = mapped_column(JSON)
    since: Mapped[datetime] = mapped_column(DateTime)
    due: Mapped[datetime] = mapped_column(DateTime, index=True)
    claimed_until: Mapped[datetime | None] = mapped_column(DateTime)
    paused: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class ScheduledDigest:
    """A digest that is posted into a channel; its articles were told up to ``since``, and it is next ``due`` then.

    ``paused`` is the reason why it isn't posted any more. Moments are in UTC.
    """

    id: int
    guild_id: int
    channel_id: int
    made_by: int
    schedule: Schedule
    topics: tuple[str, ...]
    sources: tuple[str, ...]
    since: datetime
    due: datetime
    paused: str | None = None


class Schedules:
    """Scheduled digests, claimed before they are posted, so that of several processes only one does it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self,
        guild_id: int,
        channel_id: int,
        made_by: int,
        schedule: Schedule,
        topics: tuple[str, ...] = (),
        sources: tuple[str, ...] = (),
        now: datetime | None = None,
    ) -> ScheduledDigest:
        """Schedule a digest of what comes in from now on."""
        moment = now or datetime.now(UTC)
        stored = _StoredSchedule(
            guild_id=guild_id,
            channel_id=channel_id,
            made_by=made_by,
            hour=schedule.hour,
            zone=schedule.zone,
            weekday=schedule.weekday,
            topics=list(topics),
            sources=list(sources),
            since=naive(moment),
            due=naive(schedule.after(moment)),
        )
        with Session(self._engine) as session, session.begin():
            session.add(stored)
            session.flush()
            return _read(stored)

    def listed(self, guild_id: int) -> list[ScheduledDigest]:
        """The digests of a server, in the order in which they were made."""
        statement = select(_StoredSchedule).filter_by(guild_id=guild_id).order_by(_StoredSchedule.id)
        with Session(self._engine) as session:
            return [_read(one) for one in session.scalars(statement)]

    def remove(self, guild_id: int, schedule_id: int) -> bool:
        """Stop a digest of that server; whether there was one."""
        statement = delete(_StoredSchedule).filter_by(guild_id=guild_id, id=schedule_id)
        with Session(self._engine) as session, session.begin():
            return bool(session.execute(statement.returning(_StoredSchedule.id)).all())

    def forget_server(self, guild_id: int) -> None:
        """Stop all digests of a server."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_StoredSchedule).filter_by(guild_id=guild_id))

    def claim(
        self, now: datetime | None = None, among: Callable[[int], bool] = lambda _: True
    ) -> ScheduledDigest | None:
        """A digest that is due, of a server ``among`` these, and that nobody else is posting, if there is one.

        Whoever gets it has ``LEASE`` to post it and say so by ``posted``; then it can be claimed again.
        """
        moment = naive(now)
        free = or_(_StoredSchedule.claimed_until.is_(None), _StoredSchedule.claimed_until < moment)
        ready = (_StoredSchedule.due <= moment, _StoredSchedule.paused.is_(None), free)
        with Session(self._engine) as session, session.begin():
            due = select(_StoredSchedule.id, _StoredSchedule.guild_id).where(*ready).order_by(_StoredSchedule.due)
            first = next((number for number, guild_id in session.execute(due) if among(guild_id)), None)
            if first is None:
                return None
            # The condition stands in the update too: another process may have claimed it in between.
            claimed = update(_StoredSchedule).where(_StoredSchedule.id == first, *ready)
            claimed = claimed.values(claimed_until=moment + LEASE)
            if not session.execute(claimed.returning(_StoredSchedule.id)).all():
                return None
            session.expire_all()
            stored = session.get(_StoredSchedule, first)
            return _read(stored) if stored else None

    def posted(self, digest: ScheduledDigest, until: datetime | None, now: datetime | None = None) -> None:
        """The run is over, and the next one due. ``until``: up to when articles were told, None if none were."""
        moment = now or datetime.now(UTC)
        values = {"due": naive(digest.schedule.after(moment)), "claimed_until": None}
        if until is not None:
            values["since"] = naive(until)
        with Session(self._engine) as session, session.begin():
            session.execute(update(_StoredSchedule).filter_by(id=digest.id, due=naive(digest.due)).values(values))

    def pause(self, schedule_id: int, reason: str) -> None:
        """Post it no more, since that can't be done."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(_StoredSchedule).filter_by(id=schedule_id).values(paused=reason))


def _read(stored: _StoredSchedule) -> ScheduledDigest:
    return ScheduledDigest(
        stored.id,
        stored.guild_id,
        stored.channel_id,
        stored.made_by,
        Schedule(stored.hour, stored.zone, stored.weekday),
        tuple(stored.topics),
        tuple(stored.sources),
        stored.since.replace(tzinfo=UTC),
        stored.due.replace(tzinfo=UTC),
        stored.paused,
    )
