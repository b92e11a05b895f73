"""Keeps vectors and full text equal to the registry, whatever happens to the process or to the files."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence, Set
from dataclasses import dataclass

from index.article import ArticleRef, Passage, searchable
from index.errors import StoreError
from index.store import changes
from index.store.changes import Change
from index.store.lexical import Lexical, LexicalRecord
from index.store.lock import WriteLock
from index.store.sql.embedding_cache import EmbeddingCache, UnembeddableError
from index.store.sql.registry import Registry
from index.store.sql.rows import chunks
from index.store.vectors.chroma import Vectors
from index.store.vectors.records import VectorRecord, day_number
from index.store.vectors.self_retrieval import confirm, unfound

_log = logging.getLogger(__name__)

# How many passages are mended at once.
_BATCH = 1000
# How many passages of a scope are searched for by their own vectors, to see whether its index is sound.
_PROBES = 32
# A graph search may miss single vectors; more than one in so many, and the index is damaged.
_FEW = 10


@dataclass(frozen=True, slots=True)
class Differences:
    """The passages of a scope that vectors or full text do not hold as the registry does.

    ``broken`` if the index of the vectors is: passages that it holds are not found.
    """

    scope: str
    vectors: frozenset[str]
    words: frozenset[str]
    broken: bool


class Writer:
    """Writes to registry, vectors and full text in the order that survives a kill at any moment.

    What was embedded before is never embedded again. Writers in several threads wait for each other.
    """

    def __init__(
        self,
        registry: Registry,
        vectors: Vectors,
        lexical: Lexical,
        cache: EmbeddingCache,
        lock: WriteLock,
    ) -> None:
        self._registry = registry
        self._vectors = vectors
        self._lexical = lexical
        self._cache = cache
        self.lock = lock

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

    def examine(self, *, thorough: bool) -> list[Differences]:
        """Repair the scopes in which something is missing at first sight: cheap enough for every start.

        ``thorough`` also compares those that hold as many passages as they should. Returns what was repaired.
        """
        with self.lock:
            scopes = self._registry.scopes()
            return [self.repair(scope) for scope in scopes if thorough or not self._counts_agree(scope)]

    def _counts_agree(self, scope: str) -> bool:
        count = self._registry.count_passages(scope)
        return count == self._vectors.count(scope) == len(self._lexical.ids(scope))

    def repair(self, scope: str, probes: int = _PROBES) -> Differences:
        """Rebuild from the registry what a deleted folder or a damaged file took from a scope; returns what."""
        with self.lock:
            found = self.compare(scope, probes)
            if found.broken:
                self._vectors.drop(scope)
            vectors = self._registry.passage_ids(scope) if found.broken else found.vectors
            if differ := vectors | found.words:
                _log.warning("%d passages were lost or damaged; they are rebuilt from the registry.", len(differ))
            if vectors:
                changes.doubt(self._registry.engine, scope, vectors)
                self.recover()
            self._restore_words(scope, found.words - vectors)
            return found

    def _restore_words(self, scope: str, ids: Set[str]) -> None:
        """Make the full text of passages equal to the registry; their vectors, which take longer, are sound."""
        for chunk in chunks(sorted(ids), _BATCH):
            live = self._registry.passages([scope], chunk)
            self._lexical.update([self.words(scope, *one) for one in live.values()], set(chunk) - set(live))

    def compare(self, scope: str, probes: int = _PROBES) -> Differences:
        """How vectors and full text of a scope differ from the registry.

        Ids are compared, and ``probes`` passages are searched for by their own vectors: a damaged index of
        Chroma still counts and lists them all.
        """
        live = self._registry.passage_ids(scope)
        sample = self._registry.passages([scope], random.sample(sorted(live), min(probes, len(live))))
        vectors = self._cache.embed(_texts(list(sample.values())))
        try:
            there = self._vectors.ids(scope)
            wanted = {key: vector for key, vector in zip(sample, vectors, strict=True) if key in there}
            lost = len(unfound(self._vectors, scope, wanted)) if wanted else 0
            broken = lost > len(wanted) // _FEW
        except StoreError:
            there, broken = set(), True
        return Differences(
            scope, frozenset(there ^ live), frozenset(self._lexical.ids(scope) ^ live), broken and bool(live)
        )

    def vectors(self, passages: Sequence[tuple[Passage, ArticleRef]]) -> list[VectorRecord]:
        """What the vector store keeps of passages; texts embedded before cost no call to the model.

        Passages that the model can't embed are left out, and named in the log.
        """
        try:
            vectors = self._cache.embed(_texts(passages))
        except UnembeddableError as error:
            _log.warning("%s They are found by their words only.", error)
            passages = [one for one in passages if searchable(one[1].title, one[0]) not in error.texts]
            vectors = self._cache.embed(_texts(passages))
        return [
            VectorRecord(passage.id, vector, _day(article), article.source or "")
            for (passage, article), vector in zip(passages, vectors, strict=True)
        ]

    def words(self, scope: str, passage: Passage, article: ArticleRef) -> LexicalRecord:
        """What the full text keeps of a passage."""
        text = searchable(article.title, passage)
        return LexicalRecord(passage.id, scope, text, _day(article), article.source or "", article.language)

    def _put(self, scope: str, passages: Sequence[tuple[Passage, ArticleRef]]) -> None:
        if not passages:
            return
        records = self.vectors(passages)
        self._vectors.upsert(scope, records)
        self._lexical.update([self.words(scope, passage, article) for passage, article in passages])
        if not confirm(self._vectors, scope, records):
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
    return day_number(article.published_on)
