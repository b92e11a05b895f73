"""What a sync does and did: progress, counts, failures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from index.sources.source import Failure
from index.store.changes import Change
from index.store.sql.listed import Counts
from index.told import Told


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a sync has come with one source, the one in place ``source`` of ``sources``.

    ``finding``: its articles are only looked for, and fetched if they are on the web; then ``total`` is None
    unless the source tells how many there are. ``failed`` counts over all sources.
    """

    done: int
    total: int | None
    failed: int
    finding: bool = False
    source: int = 1
    sources: int = 1


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did: numbers of articles, what failed and why, texts embedded, seconds.

    ``gone`` are pages found to have vanished since the last time; their articles are kept. ``by_source`` has the
    counts of each source by its location. ``passed_over`` is what nobody would take for an
    article, with the reason. ``moved`` are articles, unchanged ones too, whose files stand elsewhere now.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failures: tuple[Failure, ...] = ()
    embedded: int = 0
    seconds: float = 0.0
    gone: int = 0
    by_source: Mapping[str, Counts] = field(default_factory=dict)
    passed_over: tuple[Failure, ...] = ()
    moved: int = 0

    def followed_by(self, other: SyncReport) -> SyncReport:
        """This report and that of a run after it, as one."""
        return SyncReport(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
            self.failures + other.failures,
            self.embedded + other.embedded,
            self.seconds + other.seconds,
            self.gone + other.gone,
            {**self.by_source, **other.by_source},
            self.passed_over + other.passed_over,
            self.moved + other.moved,
        )


@dataclass(slots=True)
class Tally:
    """What a run has done so far, told to ``report`` as it goes.

    One run has a tally as a whole, and one for each source, told as that in place ``source`` of ``sources``.
    """

    report: Callable[[SyncProgress], None]
    total: int | None = None
    source: int = 1
    sources: int = 1
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    gone: int = 0
    moved: int = 0
    done: int = 0
    embedded: int = 0
    failures: list[Failure] = field(default_factory=list)
    passed_over: list[Failure] = field(default_factory=list)
    failed_before: int = 0
    by_source: dict[str, Counts] = field(default_factory=dict)

    def part(self, source: int, sources: int) -> Tally:
        """The tally of one source."""
        return Tally(self.report, None, source, sources, failed_before=len(self.failures))

    def take(self, location: str, part: Tally) -> None:
        """Add what was done for the source at ``location``."""
        self.by_source[location] = part.counts()
        self.added += part.added
        self.updated += part.updated
        self.unchanged += part.unchanged
        self.removed += part.removed
        self.gone += part.gone
        self.moved += part.moved
        self.embedded += part.embedded
        self.failures += part.failures
        self.passed_over += part.passed_over

    def counts(self) -> Counts:
        return Counts(self.added, self.updated, self.unchanged, self.removed, self.gone, self.embedded, self.moved)

    def found(self, items: int, expected: int | None) -> None:
        """So many items were listed so far."""
        failed = self.failed_before + len(self.failures)
        self.report(SyncProgress(items, expected, failed, True, self.source, self.sources))

    def fail(self, failure: Failure) -> None:
        self.failures.append(failure)
        self.done += 1
        self.tell()

    def pass_over(self, what: Failure) -> None:
        """Note what is no article, and was not meant to be one."""
        self.passed_over.append(what)

    def remark(self, location: str, reason: Told | str) -> None:
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

    def redated(self) -> None:
        """An article says the same, but tells another day of its last change."""
        self.updated += 1
        self.done += 1
        self.tell()

    def tell(self) -> None:
        failed = self.failed_before + len(self.failures)
        self.report(SyncProgress(self.done, self.total, failed, False, self.source, self.sources))
