"""Takes articles and sources out of the store, and writes that to the history."""

from __future__ import annotations

from dataclasses import dataclass

from index.store.sql import removals
from index.store.sql.listed import Counts
from index.store.sql.registry import Registry
from index.store.sql.runs import Runs
from index.store.sql.sources import Sources
from index.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Removal:
    """Removes for whoever holds the writer's lock. Raises ``StoreError``."""

    registry: Registry
    writer: Writer
    sources: Sources
    runs: Runs

    def article(self, scope: str, article_id: str) -> bool:
        """Take an article out, and note that it was; False if there is none of that id."""
        pk = self.registry.article_pk(scope, article_id)
        if pk is None:
            return False
        run = self.runs.begin(scope, "remove", article_id)
        removals.note(self.registry.engine, pk)
        self.writer.remove(scope, [pk])
        self.runs.end(run, Counts(removed=1))
        return True

    def source(self, scope: str, location: str, *, articles: bool) -> int | None:
        """Forget a source, with ``articles`` also what came from it: how many; None if there is no such source."""
        source = self.sources.find(scope, location)
        if source is None:
            return None
        if not articles:
            self.sources.forget(source.pk)
            return 0
        run = self.runs.begin(scope, "remove", source.location)
        removed = self._all_of(scope, source.pk)
        self.runs.end(run, Counts(removed=removed))
        return removed

    def everything(self, scope: str) -> int:
        """Take all out of a scope; returns how many articles."""
        removed = sum(self._all_of(scope, one.pk) for one in self.sources.listed([scope], on_demand=True))
        removals.forget_scope(self.registry.engine, scope)
        return removed

    def _all_of(self, scope: str, source_pk: int) -> int:
        pks = [known.pk for known in self.registry.known_articles(source_pk).values()]
        self.writer.remove(scope, pks)
        self.sources.delete(source_pk)
        return len(pks)
