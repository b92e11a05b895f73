"""The sources that somebody added: when each is read next, and how it fares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine, Select, func, select, update
from sqlalchemy.orm import Session

from index.backoff import rest_after
from index.store.sql.schema import ArticleRow, HostRow, SourceRow
from index.told import Told, from_text, to_text

FAILING_DAYS = 3
"""A source that has been failing for so many days wants a curator's attention."""

_FIRST_REST = timedelta(minutes=2)
_LONGEST_REST = timedelta(days=1)
_LONGEST_HOST_REST = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source of one scope.

    ``kind`` is file, folder, pattern, page, feed or sitemap; None until it was read. ``interval`` is None for
    sources that are only read on demand, ``added_at`` for those that nobody added: they were indexed once.
    """

    pk: int
    scope: str
    location: str
    kind: str | None
    interval: timedelta | None
    added_by: str | None
    added_at: datetime | None
    polled_at: datetime | None
    next_poll_at: datetime | None
    failures: int
    failing_since: datetime | None
    last_error: Told | str | None
    paused: bool
    articles: int = 0

    def failing_for(self, now: datetime | None = None) -> timedelta:
        """How long every reading has failed; zero if the last one did not."""
        return (now or datetime.now(UTC)) - self.failing_since if self.failing_since else timedelta()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a reading of a source went: ``error`` if it failed as a whole, ``host_failed`` if its host was why."""

    error: Told | str | None = None
    host_failed: bool = False
    kind: str | None = None


class Sources:
    """The sources of all scopes. A location is written as its source names itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self,
        scope: str,
        location: str,
        *,
        kind: str | None = None,
        interval: timedelta | None = None,
        added_by: str | None = None,
        now: datetime | None = None,
    ) -> SourceInfo:
        """Add a source, or change the one that is there; with an interval it is due at once."""
        moment = now or datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            row = session.scalar(select(SourceRow).filter_by(scope=scope, location=location))
            if row is None:
                row = SourceRow(scope=scope, location=location)
                session.add(row)
            row.kind = kind or row.kind
            row.interval_seconds = int(interval.total_seconds()) if interval else None
            row.next_poll_at = moment if interval else None
            row.added_by = added_by
            row.added_at = row.added_at or moment
            row.paused = False
            session.flush()
            return _info(row)

    def forget(self, pk: int) -> None:
        """Poll and list a source no more; its articles stay."""
        values = {"added_at": None, "added_by": None, "interval_seconds": None, "next_poll_at": None}
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(SourceRow)
                .filter_by(pk=pk)
                .values(**values, paused=False, failures=0, failing_since=None, last_error=None)
            )

    def delete(self, pk: int) -> None:
        """Delete a source that has no articles."""
        with Session(self._engine) as session, session.begin():
            row = session.get(SourceRow, pk)
            if row is not None:
                session.delete(row)

    def pause(self, pk: int, paused: bool = True) -> None:
        """Leave a source unread until it is resumed (``paused`` false), when it is due at once."""
        values: dict[str, object] = {"paused": paused}
        if not paused:
            values["next_poll_at"] = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            session.execute(update(SourceRow).filter_by(pk=pk).values(**values))

    def find(self, scope: str, location: str) -> SourceInfo | None:
        """The source at a location, added or not."""
        found = self._read(_counted().where(SourceRow.scope == scope, SourceRow.location == location))
        return found[0] if found else None

    def listed(self, scopes: Sequence[str], *, on_demand: bool = False) -> list[SourceInfo]:
        """The sources that were added to ``scopes``, by location; with ``on_demand`` those indexed once, too."""
        statement = _counted().where(SourceRow.scope.in_(scopes)).order_by(SourceRow.location)
        if not on_demand:
            statement = statement.where(SourceRow.added_at.is_not(None))
        return self._read(statement)

    def everywhere(self) -> list[SourceInfo]:
        """The sources of all scopes, added or not."""
        return self._read(_counted().order_by(SourceRow.scope, SourceRow.location))

    def polled(self) -> list[SourceInfo]:
        """The sources of all scopes that are read by themselves and not paused."""
        return self._read(_polled().order_by(SourceRow.pk))

    def due(self, now: datetime | None = None) -> list[SourceInfo]:
        """The sources of all scopes that want to be read, the one that has waited longest first.

        Those that are paused, and those of a host that failed lately, are left out.
        """
        moment = now or datetime.now(UTC)
        statement = _polled().where(SourceRow.next_poll_at <= moment)
        with Session(self._engine) as session:
            resting = set(session.scalars(select(HostRow.host).where(HostRow.until > moment)))
        found = self._read(statement.order_by(SourceRow.next_poll_at, SourceRow.pk))
        return [source for source in found if _host(source.location) not in resting]

    def failing(
        self, scopes: Sequence[str], days: float = FAILING_DAYS, now: datetime | None = None
    ) -> list[SourceInfo]:
        """The sources whose every reading failed for ``days`` or longer."""
        long = timedelta(days=days)
        return [
            source for source in self.listed(scopes) if source.failing_since and source.failing_for(now) >= long
        ]

    def record(self, pk: int, outcome: Outcome, now: datetime | None = None) -> None:
        """Note how a reading went, and when the next one is due.

        After a failure a source rests for its interval or, if longer, for 2 minutes doubled with each failure,
        a day at most; the sources of a host that failed rest together, for 6 hours at most.
        """
        moment = now or datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            row = session.get(SourceRow, pk)
            if row is None:
                return
            row.polled_at = moment
            row.kind = outcome.kind or row.kind
            row.last_error = to_text(outcome.error)
            row.failures = row.failures + 1 if outcome.error else 0
            row.failing_since = (row.failing_since or moment) if outcome.error else None
            if row.interval_seconds is not None:
                rest = timedelta(seconds=row.interval_seconds)
                row.next_poll_at = moment + (
                    max(rest, rest_after(row.failures, _FIRST_REST, _LONGEST_REST)) if outcome.error else rest
                )
            self._record_host(session, _host(row.location), outcome, moment)

    def _record_host(self, session: Session, host: str | None, outcome: Outcome, moment: datetime) -> None:
        if host is None:
            return
        row = session.get(HostRow, host)
        if outcome.host_failed:
            failures = row.failures + 1 if row else 1
            until = moment + rest_after(failures, _FIRST_REST, _LONGEST_HOST_REST)
            session.merge(HostRow(host=host, failures=failures, until=until))
        elif row is not None:
            session.delete(row)

    def _read(self, statement: Select[Any]) -> list[SourceInfo]:
        with Session(self._engine) as session:
            return [_info(row[0], row[1]) for row in session.execute(statement)]


def _counted() -> Select[Any]:
    count = (
        select(func.count())
        .where(ArticleRow.source_pk == SourceRow.pk, ArticleRow.live_pk.is_not(None))
        .correlate(SourceRow)
    )
    return select(SourceRow, count.scalar_subquery())


def _polled() -> Select[Any]:
    return _counted().where(
        SourceRow.added_at.is_not(None), SourceRow.paused.is_(False), SourceRow.interval_seconds.is_not(None)
    )


def _host(location: str) -> str | None:
    """The host of a web address; None for files."""
    try:
        return urlsplit(location).hostname if "://" in location else None
    except ValueError:
        return None


def _info(row: SourceRow, articles: int = 0) -> SourceInfo:
    return SourceInfo(
        row.pk,
        row.scope,
        row.location,
        row.kind,
        timedelta(seconds=row.interval_seconds) if row.interval_seconds is not None else None,
        row.added_by,
        row.added_at,
        row.polled_at,
        row.next_poll_at,
        row.failures,
        row.failing_since,
        from_text(row.last_error),
        row.paused,
        articles,
    )
