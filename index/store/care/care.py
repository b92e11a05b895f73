"""Looks after the store as a whole: examines it, repairs it, rebuilds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from index.article import digest, searchable
from index.errors import EmbeddingError
from index.report import SyncProgress
from index.store import changes
from index.store.care.health import Finding
from index.store.care.watch import Watched
from index.store.home import WAY_OUT
from index.store.lexical import Lexical, LexicalRecord
from index.store.sql import kept
from index.store.sql.database import damage
from index.store.sql.embedding_cache import EmbeddingCache
from index.store.sql.listed import Counts
from index.store.sql.registry import Registry
from index.store.sql.rows import chunks
from index.store.sql.runs import Runs
from index.store.vectors.chroma import Vectors
from index.store.vectors.records import VectorRecord
from index.store.writer import Differences, Writer

EMBEDDING_KEY = "embedding"
"""Where the registry notes which embedding model the vectors are of."""

_PRUNED_KEY = "vectors pruned"
# Looking for vectors that nothing uses takes some seconds in a large library.
_PRUNED_EVERY = timedelta(days=1)
_BATCH = 1000
# How many passages of a scope are searched for by their own vectors when the store is examined.
_PROBES = 1000


class Care:
    """Examines, repairs and rebuilds vectors and full text from the registry."""

    def __init__(
        self,
        registry: Registry,
        vectors: Vectors,
        lexical: Lexical,
        cache: EmbeddingCache,
        writer: Writer,
        runs: Runs,
        watch: Watched | None = None,
    ) -> None:
        """``watch`` knows whether an embedding model behind an API still is the one that the vectors are of."""
        self._registry = registry
        self._vectors = vectors
        self._lexical = lexical
        self._cache = cache
        self._writer = writer
        self._runs = runs
        self._watch = watch

    def scopes(self) -> list[str]:
        """Every scope that the registry or the vectors know."""
        return sorted({*self._registry.scopes(), *self._vectors.scopes()})

    def disagreements(self) -> set[str]:
        """The passages that registry, vectors and full text do not all hold."""
        in_vectors = {key for scope in self.scopes() for key in self._vectors.ids(scope)}
        in_registry = {key for scope in self.scopes() for key in self._registry.passage_ids(scope)}
        return (in_vectors ^ in_registry) | (self._lexical.ids() ^ in_registry)

    def examine(self) -> list[Finding]:
        """What is wrong with registry, vectors and full text; nothing is changed. Raises ``StoreError``."""
        with self._writer.lock:
            findings = [*self._examine_registry(), *self._waiting(repaired=False)]
            for scope in self.scopes():
                findings += findings_of(self._writer.compare(scope, _PROBES))
        return findings

    def repair(self) -> list[Finding]:
        """Rebuild from the registry what ``examine`` would find; returns it. Raises ``StoreError``.

        A damaged registry can't be repaired: that finding says so.
        """
        with self._writer.lock:
            findings = [*self._examine_registry(), *self._waiting(repaired=True)]
            self._writer.recover()
            for scope in self.scopes():
                findings += findings_of(self._writer.repair(scope, _PROBES), repaired=True)
        return findings

    def model_problem(self) -> str | None:
        """What is wrong with the embedding model behind an API, if anything is, and what to do."""
        try:
            problem = self._watch.changed() if self._watch else None
        except EmbeddingError as error:
            return str(error)
        return str(problem) if problem else None

    def model_address(self) -> str | None:
        """Where the embedding model's server answers, if that is not what was set; known once it was asked."""
        return self._watch.answers_at if self._watch else None

    def prune(self, before: datetime, now: datetime) -> int:
        """Forget the versions that ended ``before`` then; returns how many.

        Once a day the vectors go that neither a live passage nor a kept one has any more, unless another process
        is writing.
        """
        pruned = kept.prune(self._registry.engine, before)
        with self._writer.lock.unless_busy() as alone:
            last = self._registry.get_meta(_PRUNED_KEY)
            if alone and (last is None or datetime.fromisoformat(last) <= now - _PRUNED_EVERY):
                self._cache.prune(self._used())
                self._registry.set_meta(_PRUNED_KEY, now.isoformat())
        return pruned

    def rebuild(self, progress: Callable[[SyncProgress], None]) -> int:
        """Build vectors and full text anew beside the old ones, take them into use; returns texts embedded.

        Every vector comes out of the cache, unless the embedding model is another one than the store's. What
        the cache holds for texts that are neither live nor kept is forgotten. Raises ``StoreError``.
        """
        before = self._cache.embedded
        with self._writer.lock:
            if self._watch and self._watch.changed():
                self._cache.forget()
            self._writer.recover()
            scopes = self._registry.scopes()
            runs = [self._runs.begin(scope, "rebuild", None) for scope in scopes]
            told = _Told(progress, sum(map(self._registry.count_passages, scopes)))
            for scope in scopes:
                batches = chunks(self._registry.all_passages(scope), _BATCH)
                self._vectors.rebuild(scope, told.each(self._writer.vectors(batch) for batch in batches))
            words = (self._words(scope) for scope in scopes)
            self._lexical.rebuild(chain.from_iterable(words))
            self._registry.set_meta(EMBEDDING_KEY, self._cache.model)
            if self._watch:
                self._watch.accept()
            self._vectors.swap()
            self._cache.prune(self._used())
            for run, scope in zip(runs, scopes, strict=True):
                self._runs.end(run, Counts(unchanged=self._registry.count([scope])))
        return self._cache.embedded - before

    def _words(self, scope: str) -> Iterator[LexicalRecord]:
        for passage, article in self._registry.all_passages(scope):
            yield self._writer.words(scope, passage, article)

    def _used(self) -> set[str]:
        live = (
            searchable(article.title, passage)
            for scope in self._registry.scopes()
            for passage, article in self._registry.all_passages(scope)
        )
        old = (searchable(title, passage) for title, passage in kept.passages(self._registry.engine))
        return {digest(words) for words in chain(live, old)}

    def _examine_registry(self) -> list[Finding]:
        if wrong := damage(self._registry.engine):
            return [Finding("registry", None, f"Its file is damaged ({'; '.join(wrong)}). {WAY_OUT}")]
        if not self._registry.scopes() and (self._lexical.ids() or any(map(self._vectors.count, self.scopes()))):
            lost = "It holds no articles, but vectors and full text do: its file was lost or replaced."
            return [Finding("registry", None, f"{lost} {WAY_OUT}")]
        return []

    def _waiting(self, *, repaired: bool) -> list[Finding]:
        waiting = sum(map(len, changes.unsettled(self._registry.engine).values()))
        says = f"{waiting} passages wait for a run that was cut short to be finished."
        return [Finding("registry", None, says, repaired)] if waiting else []


@dataclass(slots=True)
class _Told:
    """Tells how far a rebuild has come, batch by batch."""

    report: Callable[[SyncProgress], None]
    total: int
    done: int = 0

    def each(self, batches: Iterable[list[VectorRecord]]) -> Iterator[list[VectorRecord]]:
        for batch in batches:
            yield batch
            self.done += len(batch)
            self.report(SyncProgress(self.done, self.total, 0))


def findings_of(differences: Differences, *, repaired: bool = False) -> list[Finding]:
    """What ``differences`` are, for people."""
    scope = differences.scope
    says = []
    if differences.broken:
        says.append(("vectors", "The index is damaged: passages do not find themselves."))
    if differences.vectors:
        says.append(("vectors", f"{len(differences.vectors)} passages differ from the registry."))
    if differences.words:
        says.append(("full text", f"{len(differences.words)} passages differ from the registry."))
    return [Finding(part, scope, sentence, repaired) for part, sentence in says]
