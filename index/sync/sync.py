"""Makes the store equal to its sources: incremental, and safe to be killed at any moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from index.embedding.models import TellsAsides
from index.errors import EmbeddingError, ParserError, StoreError
from index.reading.kinds import KINDS
from index.report import SyncProgress, SyncReport, Tally
from index.sources.source import Failure, Item, Source
from index.store import changes
from index.store.changes import Change
from index.store.sql import removals
from index.store.sql.embedding_cache import EmbeddingCache, UnembeddableError
from index.store.sql.registry import Known, Registry
from index.store.sql.runs import Runs
from index.store.sql.sources import Outcome, Sources
from index.store.writer import Writer
from index.sync.departures import Departures
from index.sync.loading import as_cut, in_batches, is_told_elsewhere, is_unchanged, load_changes, loaded
from index.sync.moves import find_moved, has_left
from index.sync.unembedded import without
from index.told import tell, tell_count, words_of

__all__ = ["Sync", "SyncProgress", "SyncReport"]

_TELL_SECONDS = 0.5

_NOTHING_HERE = tell(
    "There are no articles here. Check the path or the pattern; what can be read are files ending in {kinds}.",
    kinds=", ".join(sorted(KINDS)),
)
_EMPTIED = tell_count(
    "There is nothing here any more, but {count} article came from it. In case a disk is not connected, it is "
    "kept. If it is to go, index it yourself: newsdesk index, or /reindex.",
    "There is nothing here any more, but {count} articles came from it. In case a disk is not connected, they "
    "are kept. If they are to go, index it yourself: newsdesk index, or /reindex.",
)


class Sync:
    """Reads sources and writes the store."""

    def __init__(
        self,
        registry: Registry,
        writer: Writer,
        cache: EmbeddingCache,
        sources: Sources,
        runs: Runs,
        asides: TellsAsides | None = None,
    ) -> None:
        self._registry = registry
        self._writer = writer
        self._cache = cache
        self._sources = sources
        self._runs = runs
        self._asides = asides
        self._departures = Departures(registry, writer)

    def run(
        self,
        sources: Sequence[Source],
        scope: str,
        progress: Callable[[SyncProgress], None] = lambda _: None,
        *,
        unattended: bool = False,
    ) -> SyncReport:
        """Make the articles of each source in ``scope`` equal to what the source offers now, one after the other.

        A source that cannot be read at all is a failure, and its articles stay as they are; so do the articles
        of items that fail. ``unattended``, when nobody asked for these very sources, keeps the articles of a
        folder in which there is nothing any more, and brings back none that somebody took out. Raises
        ``StoreError`` if the store cannot be written, ``ParserError`` if nothing can be read.
        """
        started = time.perf_counter()
        tally = Tally(progress)
        with self._writer.lock:
            self._writer.recover()
            self._writer.repair(scope)
        for number, source in enumerate(sources, 1):
            part = tally.part(number, len(sources))
            # Others may write while pages are fetched. Files are listed while nobody does: what was new or gone
            # when it was listed might be the other way round by now.
            run = self._runs.begin(scope, "index", source.location)
            items = self._list(source, scope, part) if source.partial else None
            with self._writer.lock:
                if items is None:
                    items = self._list(source, scope, part)
                self._run_source(source, items, scope, part, unattended, run)
            tally.take(source.location, part)
        if tally.added or tally.updated:
            self._registry.analyse()
        return SyncReport(
            tally.added,
            tally.updated,
            tally.unchanged,
            tally.removed,
            tuple(tally.failures),
            tally.embedded,
            time.perf_counter() - started,
            tally.gone,
            tally.by_source,
            tuple(tally.passed_over),
            tally.moved,
        )

    def _list(self, source: Source, scope: str, tally: Tally) -> list[Item | Failure]:
        """What ``source`` offers now; of a partial source, what the store lacks is loaded already."""
        items: list[Item | Failure] = []
        info = self._sources.find(scope, source.location) if source.partial else None
        known = self._registry.known_articles(info.pk) if info else {}
        told = time.monotonic()
        for item in source.items():
            if isinstance(item, Failure) and item.passed_over:
                tally.pass_over(item)
                continue
            if source.partial and isinstance(item, Item) and not is_unchanged(item, known):
                taken = self._registry.known_elsewhere(scope, [item.id], info.pk if info else 0)
                items.append(item if is_told_elsewhere(item, taken) else loaded(item))
            else:
                items.append(item)
            if time.monotonic() - told > _TELL_SECONDS:
                told = time.monotonic()
                tally.found(len(items), source.expected)
        return items

    def _run_source(
        self,
        source: Source,
        items: list[Item | Failure],
        scope: str,
        tally: Tally,
        unattended: bool,
        run: int,
    ) -> None:
        """Sync one source, and write what came of it to the history, as the end of ``run``."""
        embedded = self._cache.embedded
        tally.total = len(items)
        failures = tally.failures
        try:
            self._sync_source(source, items, scope, tally, unattended)
        except (EmbeddingError, ParserError, StoreError, SQLAlchemyError, OSError) as error:
            failures = [*failures, Failure(source.location, words_of(error))]
            raise
        finally:
            with suppress(SQLAlchemyError):  # what went wrong before says more
                tally.embedded = self._cache.embedded - embedded
                self._runs.end(run, tally.counts(), failures)

    def _sync_source(
        self, source: Source, items: list[Item | Failure], scope: str, tally: Tally, unattended: bool
    ) -> None:
        found = [item for item in items if isinstance(item, Item)]
        failed = [item for item in items if isinstance(item, Failure)]
        for failure in failed:
            tally.fail(failure)
        if not found and failed:
            self._note_failing(source, failed, scope, tally)
            return
        source_pk = self._registry.source_pk(scope, source.location)
        known = self._registry.known_articles(source_pk)
        if not items and not known and not source.feeds:
            tally.remark(source.location, _NOTHING_HERE)
        if not items and known and unattended:
            reason = _EMPTIED.given(count=len(known))
            tally.remark(source.location, reason)
            self._sources.record(source_pk, Outcome(reason))
            return
        known = self._moved(source, source_pk, found, failed, known, tally)
        taken_out = removals.noted(self._registry.engine, scope, source.location)
        if unattended:
            # What is there is no article that was taken out, but one of the same name at this source.
            found = [item for item in found if item.id in known or not taken_out & {item.id, item.formerly}]
            tally.total = len(found) + len(failed)
        new = [item.id for item in found if item.id not in known]
        taken = self._registry.known_elsewhere(scope, new, source_pk)
        if adopted := self._adopted(source_pk, found, taken, tally):
            known |= adopted
            taken = {item_id: other for item_id, other in taken.items() if item_id not in adopted}
        changed = []
        for item in found:
            if is_unchanged(item, known) or is_told_elsewhere(item, taken):
                tally.unchanged += 1
                tally.done += 1
            else:
                changed.append(item)
        tally.tell()
        loading = load_changes(self._registry, changed, known, taken, source, scope, tally, self._asides)
        for batch in in_batches(loading):
            self._store(scope, source_pk, batch, tally)
        removals.forget(self._registry.engine, scope, source.location, taken_out.intersection(new))
        self._departures.remove_moved(found, scope, tally)
        offered = {item.id for item in found}
        self._departures.mark(scope, offered, [failure for failure in failed if failure.gone], known, tally)
        if not source.partial:
            unlisted = [item_id for item_id in known if item_id not in offered]
            self._departures.remove_unlisted(source, unlisted, failed, known, scope, tally)
        self._registry.mark_synced(source_pk)
        self._sources.record(source_pk, Outcome(kind=source.kind))

    def _moved(
        self,
        source: Source,
        source_pk: int,
        found: Sequence[Item],
        failed: Sequence[Failure],
        known: dict[str, Known],
        tally: Tally,
    ) -> dict[str, Known]:
        """What is known at ``source``, under the names that things have there now."""
        if source.partial:
            return known
        moved = find_moved(source, found, failed, known, as_cut)
        now = {item_id: known[before] for item_id, before in moved.items()}
        changes.move(self._registry.engine, source_pk, {article.pk: item_id for item_id, article in now.items()})
        tally.moved += len(moved)
        gone = set(moved.values())
        return {item_id: article for item_id, article in known.items() if item_id not in gone} | now

    def _adopted(
        self, source_pk: int, found: Sequence[Item], taken: Mapping[str, tuple[str, Known]], tally: Tally
    ) -> dict[str, Known]:
        """The articles of folders that are not there any more, which stand at this source now, unchanged."""
        prints = {item.id: as_cut(item.fingerprint) for item in found if item.id in taken}
        adopted = {
            item_id: article
            for item_id, (location, article) in taken.items()
            if article.content_hash and article.fingerprint == prints.get(item_id) and has_left(location)
        }
        changes.move(self._registry.engine, source_pk, {one.pk: item_id for item_id, one in adopted.items()})
        tally.moved += len(adopted)
        return adopted

    def _store(self, scope: str, source_pk: int, batch: list[Change], tally: Tally) -> None:
        try:
            self._writer.store(scope, source_pk, batch)
        except UnembeddableError as error:
            kept, failures = without(batch, error)
            for failure in failures:
                tally.remark(failure.location, failure.reason)
            tally.done += len(batch) - len(kept)
            batch = kept
            self._writer.store(scope, source_pk, batch)
        tally.stored(batch)

    def _note_failing(self, source: Source, failed: list[Failure], scope: str, tally: Tally) -> None:
        """Note that nothing at ``source`` could be read."""
        info = self._sources.find(scope, source.location)
        if info is None:
            return
        known = self._registry.known_articles(info.pk)
        vanished = [failure for failure in failed if failure.gone]
        if source.kind == "page" and vanished:
            vanished = [replace(vanished[0], item_id=item_id) for item_id in known]
        self._departures.mark(scope, set(), vanished, known, tally)
        host_failed = any(failure.host_failed and failure.location == source.location for failure in failed)
        self._sources.record(info.pk, Outcome(failed[0].reason, host_failed))
