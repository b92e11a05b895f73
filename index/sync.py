"""Makes the store equal to its sources: incremental, and safe to be killed at any moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from index.article import ArticleRef, Passage, digest
from index.errors import ArticleError, StoreError
from index.passages import split_passages
from index.search import searchable
from index.sources.source import Failure, Item, Source
from index.store import changes
from index.store.changes import Change
from index.store.embedding_cache import EmbeddingCache, Vector
from index.store.lexical import Lexical, LexicalRecord
from index.store.registry import Known, Registry
from index.store.vectors import VectorRecord, Vectors, day_number

# A batch is one round of commits: large enough that commits cost little, small enough to lose little.
_BATCH_PASSAGES = 128
_BATCH_ARTICLES = 64

_NOTHING_HERE = "There are no articles here."
_KEPT = (
    "{count} articles are no longer listed here, but part of the source could not be read, so they were kept. "
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
    failures: list[Failure] = field(default_factory=list)

    def fail(self, failure: Failure) -> None:
        self.failures.append(failure)
        self.tell()

    def tell(self) -> None:
        done = self.added + self.updated + self.unchanged + len(self.failures)
        self.report(SyncProgress(done, self.total, len(self.failures)))


class Sync:
    """Reads sources and writes the store."""

    def __init__(self, registry: Registry, vectors: Vectors, lexical: Lexical, cache: EmbeddingCache) -> None:
        self._registry = registry
        self._vectors = vectors
        self._lexical = lexical
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
            tally.fail(Failure(source.location, _NOTHING_HERE))
        changed = []
        for item in found:
            before = known.get(item.id)
            if before and before.content_hash and before.fingerprint == item.fingerprint:
                tally.unchanged += 1
            else:
                changed.append(item)
        tally.tell()
        taken = changes.taken_ids(
            self._registry.engine, scope, [item.id for item in changed if item.id not in known], source_pk
        )
        for batch in _batches(self._load(changed, known, taken, source, scope, tally)):
            self._store(scope, source_pk, batch, tally)
        offered = {item.id for item in found}
        gone = [article.pk for item_id, article in known.items() if item_id not in offered]
        if source.partial:
            gone = []
        if gone and failed:
            tally.fail(Failure(source.location, _KEPT.format(count=len(gone))))
        elif gone:
            self.remove(scope, gone)
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
            if before and before.content_hash == article.content_hash():
                same[before.pk] = item.fingerprint
                tally.unchanged += 1
                tally.tell()
                continue
            yield Change(item.id, item.fingerprint, article, split_passages(article, scope), before)
        changes.touch(self._registry.engine, same)

    def _store(self, scope: str, source_pk: int, batch: Sequence[Change], tally: _Tally) -> None:
        passages = [(passage, change.article.ref) for change in batch for passage in change.passages]
        vectors = self._cache.embed([searchable(ref.title, passage) for passage, ref in passages])
        engine = self._registry.engine
        staged = changes.stage(engine, scope, source_pk, batch)
        self._write(scope, passages, vectors)
        changes.publish(engine, staged, batch)
        self._vectors.delete(scope, staged.obsolete)
        self._lexical.update([], staged.obsolete)
        changes.settle(engine, scope)
        for change in batch:
            if change.known and change.known.content_hash:
                tally.updated += 1
            else:
                tally.added += 1
        tally.tell()

    def _write(
        self, scope: str, passages: Sequence[tuple[Passage, ArticleRef]], vectors: Sequence[Vector]
    ) -> None:
        records = [
            VectorRecord(passage.id, vector, _day(ref), ref.source or "")
            for (passage, ref), vector in zip(passages, vectors, strict=True)
        ]
        self._vectors.upsert(scope, records)
        self._lexical.update(
            [
                LexicalRecord(passage.id, scope, searchable(ref.title, passage), _day(ref), ref.source or "")
                for passage, ref in passages
            ]
        )
        if not self._vectors.present(scope, {record.id: record.vector for record in records}):
            raise StoreError(
                "Vectors that were just written cannot be found again, so nothing of this batch was published. "
                "Run the command again; if it happens again, the disk or the store is damaged."
            )

    def remove(self, scope: str, article_pks: Sequence[int]) -> None:
        """Take articles out of the store."""
        if not article_pks:
            return
        gone = changes.remove(self._registry.engine, scope, article_pks)
        self._vectors.delete(scope, gone)
        self._lexical.update([], gone)
        changes.settle(self._registry.engine, scope)

    def recover(self) -> None:
        """Finish what a killed run left: afterwards vectors and full text agree with the registry."""
        changes.drop_unpublished(self._registry.engine)
        for scope, ids in changes.unsettled(self._registry.engine).items():
            live = self._registry.passages([scope], sorted(ids))
            gone = ids - set(live)
            self._vectors.delete(scope, gone)
            self._lexical.update([], gone)
            passages = list(live.values())
            texts = [searchable(ref.title, passage) for passage, ref in passages]
            if passages:
                self._write(scope, passages, self._cache.embed(texts))
            changes.settle(self._registry.engine, scope)


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


def _free_id(item_id: str, source: Source, taken: set[str]) -> str:
    """``item_id``, told apart by its source where an article of another source has that id."""
    if item_id not in taken:
        return item_id
    return f"{PurePosixPath(source.location).name}-{digest(source.location)[:6]}/{item_id}"


def _day(ref: ArticleRef) -> int:
    return day_number(ref.published_at.date() if ref.published_at else None)
