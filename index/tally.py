"""What a sync does and did: progress, counts, failures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from index.sources.source import Failure
from index.store.changes import Change
from index.store.runs import Counts


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a sync has come. ``total`` is None until the sources are listed."""

    done: int
    total: int | None
    failed: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did: numbers of articles, what failed and why, texts embedded, seconds.

    ``gone`` are pages found to have vanished since the last time; their articles are kept.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failures: tuple[Failure, ...] = ()
    embedded: int = 0
    seconds: float = 0.0
    gone: int = 0


@dataclass(slots=True)
class Tally:
    """What a run has done so far, told to ``report`` as it goes."""

    report: Callable[[SyncProgress], None]
    total: int | None = None
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    gone: int = 0
    done: int = 0
    failures: list[Failure] = field(default_factory=list)
    failed_before: int = 0

    def take(self, part: Tally) -> None:
        """Add what was done for one source, whose ``done`` went on from this one's."""
        self.added += part.added
        self.updated += part.updated
        self.unchanged += part.unchanged
        self.removed += part.removed
        self.gone += part.gone
        self.done = part.done
        self.failures += part.failures

    def counts(self, embedded: int) -> Counts:
        return Counts(self.added, self.updated, self.unchanged, self.removed, self.gone, embedded)

    def fail(self, failure: Failure) -> None:
        self.failures.append(failure)
        self.done += 1
        self.tell()

    def remark(self, location: str, reason: str) -> None:
        """A failure of the source as a whole, which is none of the ``total``."""
        self.failures.append(Failure(location, reason))
        self.tell()

    def stored(self, batch: Sequence[Change]) -> None:
        updated = sum(1 for change in batch if change.known and change.known.content_hash)
        self.updated += updated
        self.added += len(batch) - updated
        self.done += len(batch)
        self.tell()

    def same(self) -> None:
        self.unchanged += 1
        self.done += 1
        self.tell()

    def tell(self) -> None:
        self.report(SyncProgress(self.done, self.total, self.failed_before + len(self.failures)))
