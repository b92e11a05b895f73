"""Makes the store equal to its sources: incremental, and safe to be killed at any moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from index.article import CHUNKER_VERSION, digest
from index.errors import ArticleError
from index.passages import split_passages
from index.sources.source import Failure, Item, Source
from index.store import changes
from index.store.changes import Change
from index.store.embedding_cache import EmbeddingCache
from index.store.registry import Known, Registry
from index.store.writer import Writer

# A batch is one round of commits: large enough that commits cost little, small enough to lose little.
_BATCH_PASSAGES = 128
_BATCH_ARTICLES = 64

_NOTHING_HERE = (
    "There are no articles here. Check the path or the pattern; what can be read is Markdown, plain text, HTML, "
    "PDF and JSON (.md, .txt, .html, .htm, .pdf, .json, .jsonl)."
)
_KEPT = (
    "{articles} no longer listed here, but part of the source could not be read, so {they} kept. "
    "Mend what failed and index again."
)


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a sync has come. ``total`` is None until the sources are listed."""

    done: int
    total: int | None
    failed: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did: numbers of articles, what failed and why, texts embedded, seconds."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failures: tuple[Failure, ...] = ()
    embedded: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Tally:
    report: Callable[[SyncProgress], None]
    total: int | None = None
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    done: int = 0
    failures: list[Failure] = field(default_factory=list)

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

    def tell(self) -> None:
        self.report(SyncProgress(self.done, self.total, len(self.failures)))


class Sync:
    """Reads sources and writes the store."""

    def __init__(self, registry: Registry, writer: Writer, cache: EmbeddingCache) -> None:
        self._registry = registry
        self._writer = writer
        self._cache = cache

    def run(
        self,
        sources: Sequence[Source],
        scope: str,
        progress: Callable[[SyncProgress], None] = lambda _: None,
    ) -> SyncReport:
        """Make the articles of each source in ``scope`` equal to what the source offers now.

        A source that cannot be read at all is a failure, and its articles stay as they are; so do the articles
        of items that fail. Raises ``StoreError`` if the store cannot be written.
        """
        started, embedded = time.perf_counter(), self._cache.embedded
        tally = _Tally(progress)
        listed = [(source, list(source.items())) for source in sources]
        tally.total = sum(len(items) for _, items in listed)
        with self._writer.lock:
            self._writer.recover()
            self._writer.repair(scope)
            for source, items in listed:
                self._sync_source(source, items, scope, tally)
        return SyncReport(
            tally.added,
            tally.updated,
            tally.unchanged,
            tally.removed,
            tuple(tally.failures),
            self._cache.embedded - embedded,
            time.perf_counter() - started,
        )

    def _sync_source(self, source: Source, items: list[Item | Failure], scope: str, tally: _Tally) -> None:
        found = [item for item in items if isinstance(item, Item)]
        failed = [item for item in items if isinstance(item, Failure)]
        for failure in failed:
            tally.fail(failure)
        if not found and failed:
            return
        source_pk = self._registry.source_pk(scope, source.location)
        known = self._registry.known_articles(source_pk)
        if not items and not known:
            tally.remark(source.location, _NOTHING_HERE)
        changed = []
        for item in found:
            before = known.get(item.id)
            if before and before.content_hash and before.fingerprint == _as_cut(item.fingerprint):
                tally.unchanged += 1
                tally.done += 1
            else:
                changed.append(item)
        tally.tell()
        taken = changes.taken_ids(
            self._registry.engine, scope, [item.id for item in changed if item.id not in known], source_pk
        )
        for batch in _batches(self._load(changed, known, taken, source, scope, tally)):
            self._writer.store(scope, source_pk, batch)
            tally.stored(batch)
        offered = {item.id for item in found}
        gone = [article.pk for item_id, article in known.items() if item_id not in offered]
        if source.partial:
            gone = []
        if gone and failed and not source.partial:
            one = len(gone) == 1
            articles = "1 article is" if one else f"{len(gone)} articles are"
            tally.remark(source.location, _KEPT.format(articles=articles, they="it was" if one else "they were"))
        elif gone:
            self._writer.remove(scope, gone)
            tally.removed += len(gone)
        self._registry.mark_synced(source_pk)

    def _load(
        self,
        items: Iterable[Item],
        known: dict[str, Known],
        taken: set[str],
        source: Source,
        scope: str,
        tally: _Tally,
    ) -> Iterator[Change]:
        same: dict[int, str] = {}
        for item in items:
            try:
                article = item.load()
            except ArticleError as error:
                tally.fail(Failure(item.id, str(error)))
                continue
            before = known.get(item.id)
            article = replace(article, id=before.id if before else _free_id(item.id, source, taken))
            fingerprint, content_hash = _as_cut(item.fingerprint), _as_cut(article.content_hash())
            if before and before.content_hash == content_hash:
                same[before.pk] = fingerprint
                tally.unchanged += 1
                tally.done += 1
                tally.tell()
                continue
            yield Change(item.id, fingerprint, content_hash, article, split_passages(article, scope), before)
        changes.touch(self._registry.engine, same)


def _batches(stream: Iterable[Change]) -> Iterator[list[Change]]:
    batch: list[Change] = []
    size = 0
    for change in stream:
        batch.append(change)
        size += len(change.passages)
        if size >= _BATCH_PASSAGES or len(batch) >= _BATCH_ARTICLES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _as_cut(fingerprint: str) -> str:
    """A fingerprint that also changes when articles are cut into passages in another way."""
    return digest(fingerprint, str(CHUNKER_VERSION))


def _free_id(item_id: str, source: Source, taken: set[str]) -> str:
    """``item_id``, told apart by its source where an article of another source has that id."""
    if item_id not in taken:
        return item_id
    return f"{PurePosixPath(source.location).name}-{digest(source.location)[:6]}/{item_id}"
