"""The history: what each run did to the store, and what failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from index.failure import Failure
from index.store.sql.schema import RunRow
from index.told import from_text, to_text

RUNS_KEPT = 10_000
"""How many runs of a scope are remembered."""

_FAILURES_KEPT = 1000
# Runs that were imported are older than their keys.
_NEWEST = (RunRow.started_at.desc(), RunRow.pk.desc())


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of articles, and of texts embedded.

    ``gone`` are pages that were found to have vanished, ``moved`` articles whose files stand elsewhere now.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    gone: int = 0
    embedded: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A run over one source, or another change.

    ``what`` is index, remove, import or rebuild; ``location`` is a source, or the article that was removed.
    ``seconds`` is None for a run that is not over, or was killed.
    """

    scope: str
    what: str
    location: str | None
    started_at: datetime
    seconds: float | None
    counts: Counts
    failures: tuple[Failure, ...]


class Runs:
    """The runs of all scopes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, scope: str, what: str, location: str | None) -> int:
        """Note that a run begins; returns its key."""
        with Session(self._engine) as session, session.begin():
            row = RunRow(scope=scope, what=what, location=location, started_at=datetime.now(UTC), failures=[])
            session.add(row)
            session.flush()
            return row.pk

    def end(self, pk: int, counts: Counts, failures: Sequence[Failure] = ()) -> None:
        """Note what a run did; runs of long ago are forgotten."""
        with Session(self._engine) as session, session.begin():
            row = session.get(RunRow, pk)
            if row is None:
                return
            row.seconds = (datetime.now(UTC) - row.started_at).total_seconds()
            row.added, row.updated, row.unchanged = counts.added, counts.updated, counts.unchanged
            row.removed, row.gone, row.embedded = counts.removed, counts.gone, counts.embedded
            row.moved = counts.moved
            kept = failures[:_FAILURES_KEPT]
            row.failures = [(failure.location, to_text(failure.reason) or "") for failure in kept]
            newest = select(RunRow.pk).where(RunRow.scope == row.scope).order_by(*_NEWEST)
            session.execute(delete(RunRow).where(RunRow.pk.in_(newest.offset(RUNS_KEPT))))

    def newest(self, scopes: Sequence[str], limit: int = 20, location: str | None = None) -> list[Run]:
        """The newest runs first; with a ``location``, those of that source only."""
        statement = select(RunRow).where(RunRow.scope.in_(scopes)).order_by(*_NEWEST).limit(limit)
        if location is not None:
            statement = statement.where(RunRow.location == location)
        with Session(self._engine) as session:
            return [_run(row) for row in session.scalars(statement)]


def _run(row: RunRow) -> Run:
    counts = Counts(row.added, row.updated, row.unchanged, row.removed, row.gone, row.embedded, row.moved)
    failures = tuple(Failure(location, from_text(reason) or "") for location, reason in row.failures)
    return Run(row.scope, row.what, row.location, row.started_at, row.seconds, counts, failures)
