"""The history: what each run did to the store, and what failed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from index.failure import Failure
from index.store.sql.listed import Counts
from index.store.sql.schema import RunRow
from index.told import to_text

RUNS_KEPT = 10_000
"""How many runs of a scope are remembered."""

_FAILURES_KEPT = 1000
# Runs that were imported are older than their keys.
_NEWEST = (RunRow.started_at.desc(), RunRow.pk.desc())


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
