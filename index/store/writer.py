"""Keeps vectors and full text equal to the registry, whatever happens to the process or to the files."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Sequence

from index.article import ArticleRef, Passage
from index.errors import StoreError
from index.search import searchable
from index.store import changes
from index.store.changes import Change
from index.store.embedding_cache import EmbeddingCache
from index.store.lexical import Lexical, LexicalRecord
from index.store.registry import Registry, chunks
from index.store.vectors import VectorRecord, Vectors, day_number

_log = logging.getLogger(__name__)

# How many passages are mended at once.
_BATCH = 1000
# How many passages of a scope are searched for by their own vectors, to see whether its index is sound.
_PROBES = 32


class Writer:
    """Writes to registry, vectors and full text in the order that survives a kill at any moment.

    What was embedded before is never embedded again. Writers in several threads wait for each other.
    """

    def __init__(self, registry: Registry, vectors: Vectors, lexical: Lexical, cache: EmbeddingCache) -> None:
        self._registry = registry
        self._vectors = vectors
        self._lexical = lexical
        self._cache = cache
        self.lock = threading.RLock()

    def store(self, scope: str, source_pk: int, batch: Sequence[Change]) -> None:
        """Make new versions of articles live, all of ``batch`` or none. Raises ``StoreError``."""
        passages = [(passage, change.article.ref) for change in batch for passage in change.passages]
        engine = self._registry.engine
        with self.lock:
            self._cache.embed(_texts(passages))  # the long part comes before anything is written
            staged = changes.stage(engine, scope, source_pk, batch)
            self._put(scope, passages)
            changes.publish(engine, staged, batch)
            self._drop(scope, staged.obsolete)
            changes.settle(engine, scope, staged.touched)

    def remove(self, scope: str, article_pks: Sequence[int]) -> None:
        """Take articles out of the store. Raises ``StoreError``."""
        with self.lock:
            gone = changes.remove(self._registry.engine, scope, article_pks)
            self._drop(scope, gone)
            changes.settle(self._registry.engine, scope, gone)

    def recover(self) -> None:
        """Finish what a killed run left: afterwards vectors and full text agree with the registry."""
        with self.lock:
            changes.drop_unpublished(self._registry.engine)
            for scope, ids in changes.unsettled(self._registry.engine).items():
                for chunk in chunks(sorted(ids), _BATCH):
                    live = self._registry.passages([scope], chunk)
                    self._drop(scope, set(chunk) - set(live))
                    self._put(scope, list(live.values()))
                    changes.settle(self._registry.engine, scope, chunk)

    def examine(self) -> None:
        """Repair the scopes in which something is missing at first sight: cheap enough for every start."""
        with self.lock:
            for scope in self._registry.scopes():
                count = self._registry.count_passages(scope)
                if not count == self._vectors.count(scope) == len(self._lexical.ids(scope)):
                    self.repair(scope)

    def repair(self, scope: str) -> None:
        """Rebuild from the registry what a deleted folder or a damaged file took from a scope.

        Ids are compared, and a sample of passages is searched for by their own vectors: a damaged index of
        Chroma still counts and lists them all.
        """
        with self.lock:
            live = self._registry.passage_ids(scope)
            sample = self._registry.passages([scope], random.sample(sorted(live), min(_PROBES, len(live))))
            vectors = self._cache.embed(_texts(list(sample.values())))
            if len(self._vectors.unfound(scope, dict(zip(sample, vectors, strict=True)))) > len(sample) // 2:
                self._vectors.drop(scope)
            differ = (self._vectors.ids(scope) ^ live) | (self._lexical.ids(scope) ^ live)
            if differ:
                _log.warning("%d passages were damaged; they are rebuilt from the registry.", len(differ))
                changes.doubt(self._registry.engine, scope, differ)
                self.recover()

    def _put(self, scope: str, passages: Sequence[tuple[Passage, ArticleRef]]) -> None:
        if not passages:
            return
        texts = _texts(passages)
        records = [
            VectorRecord(passage.id, vector, _day(article), article.source or "")
            for (passage, article), vector in zip(passages, self._cache.embed(texts), strict=True)
        ]
        self._vectors.upsert(scope, records)
        self._lexical.update(
            [
                LexicalRecord(record.id, scope, text, record.day, record.source)
                for record, text in zip(records, texts, strict=True)
            ]
        )
        if not self._vectors.confirm(scope, records):
            raise StoreError(
                "Vectors that were just written cannot be found again, so nothing of this batch was published. "
                "Run the command again; if it happens again, the disk or the store is damaged."
            )

    def _drop(self, scope: str, ids: frozenset[str] | set[str]) -> None:
        if ids:
            self._vectors.delete(scope, ids)
            self._lexical.update([], ids)


def _texts(passages: Sequence[tuple[Passage, ArticleRef]]) -> list[str]:
    return [searchable(article.title, passage) for passage, article in passages]


def _day(article: ArticleRef) -> int:
    return day_number(article.published_at.date() if article.published_at else None)
