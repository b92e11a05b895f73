"""The library as JSONL, complete: sources, articles, the versions kept for old citations, and the history.

The first line names the format; each other line is a source, article, version, removal or run. Vectors are not in
it: what is imported is embedded, unless the cache has it. Files of any size are read and written line by line.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session

from index.errors import ArticleError
from index.failure import Failure
from index.passages import split_passages
from index.report import SyncProgress, SyncReport, Tally
from index.store.changes import Change
from index.store.sql.embedding_cache import EmbeddingCache
from index.store.sql.kept import VERSION_FIELDS
from index.store.sql.registry import Registry
from index.store.sql.rows import article_of
from index.store.sql.runs import Runs
from index.store.sql.schema import (
    ArticleRow,
    KeptPassageRow,
    KeptVersionRow,
    RemovalRow,
    RunRow,
    SourceRow,
    VersionRow,
)
from index.store.writer import Writer

FORMAT = 1

_BATCH = 64
_SOURCE_FIELDS = ("scope", "location", "kind", "interval_seconds", "added_by", "added_at", "paused")
_REMOVAL_FIELDS = ("scope", "location", "item_id", "removed_at")
_COUNTS = ("added", "updated", "unchanged", "removed", "gone", "embedded")
_RUN_FIELDS = ("scope", "what", "location", "started_at", "seconds", *_COUNTS, "failures")
_MOMENTS = ("added_at", "indexed_at", "ended_at", "gone_since", "removed_at", "started_at")
_UNKNOWN = "This is no export of a Newsdesk library, or one of a newer version. Make one with: newsdesk export"


def export(engine: Engine, scopes: Sequence[str], write: Callable[[str], object]) -> int:
    """Write the library of ``scopes``, a line at a time; returns how many articles it holds."""
    count = 0
    _write(write, {"newsdesk": FORMAT, "exported_at": datetime.now(UTC)})
    with Session(engine) as session:
        sources = select(SourceRow).where(SourceRow.scope.in_(scopes)).order_by(SourceRow.pk)
        for source in session.scalars(sources.execution_options(yield_per=_BATCH)):
            _write(write, {"type": "source"} | _fields(source, _SOURCE_FIELDS))
        articles = (
            select(ArticleRow, SourceRow.location, VersionRow)
            .join(SourceRow, SourceRow.pk == ArticleRow.source_pk)
            .join(VersionRow, VersionRow.pk == ArticleRow.live_pk)
            .where(ArticleRow.scope.in_(scopes))
            .order_by(ArticleRow.scope, ArticleRow.source_pk, ArticleRow.pk)
        )
        for article, location, version in session.execute(articles.execution_options(yield_per=_BATCH)):
            own = _fields(article, ("scope", "id", "item_id", "fingerprint", "gone_since"))
            _write(write, {"type": "article", "location": location} | own | _fields(version, VERSION_FIELDS))
            count += 1
        versions = select(KeptVersionRow).where(KeptVersionRow.scope.in_(scopes)).order_by(KeptVersionRow.pk)
        for kept in session.scalars(versions.execution_options(yield_per=_BATCH)):
            passages = select(KeptPassageRow).filter_by(version_pk=kept.pk).order_by(KeptPassageRow.position)
            cut = [[row.id, row.start, row.end, row.section] for row in session.scalars(passages)]
            own = _fields(kept, ("scope", "article_id", "ended_at", *VERSION_FIELDS))
            _write(write, {"type": "version", "passages": cut} | own)
        order = (RemovalRow.scope, RemovalRow.location, RemovalRow.item_id)
        for removal in session.scalars(select(RemovalRow).where(RemovalRow.scope.in_(scopes)).order_by(*order)):
            _write(write, {"type": "removal"} | _fields(removal, _REMOVAL_FIELDS))
        runs = select(RunRow).where(RunRow.scope.in_(scopes)).order_by(RunRow.pk)
        for run in session.scalars(runs.execution_options(yield_per=_BATCH)):
            _write(write, {"type": "run"} | _fields(run, _RUN_FIELDS))
    return count


def scopes_in(engine: Engine) -> list[str]:
    """Every scope of which there is something to export."""
    with Session(engine) as session:
        found = (
            session.scalars(select(row.scope).distinct())
            for row in (SourceRow, KeptVersionRow, RemovalRow, RunRow)
        )
        return sorted(set(chain.from_iterable(found)))


def _fields(row: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _write(write: Callable[[str], object], line: dict[str, Any]) -> None:
    write(json.dumps(line, ensure_ascii=False, default=datetime.isoformat) + "\n")


class Import:
    """Reads exports into a store. What is there and not in the export stays."""

    def __init__(self, registry: Registry, writer: Writer, cache: EmbeddingCache, runs: Runs) -> None:
        self._registry = registry
        self._writer = writer
        self._cache = cache
        self._runs = runs

    def run(self, lines: Iterable[str], progress: Callable[[SyncProgress], None]) -> SyncReport:
        """Store what ``lines`` hold, with ids, sources and fingerprints as they were: a sync finds it unchanged.

        A line that can't be used is a failure. Raises ``ArticleError`` if they are no export, ``StoreError``.
        """
        started, embedded = time.perf_counter(), self._cache.embedded
        tally = Tally(progress)
        with self._writer.lock:
            self._writer.recover()
            runs: dict[str, int] = {}
            for scope, source, batch in _batches(_read(lines, tally)):
                if scope not in runs:
                    runs[scope] = self._runs.begin(scope, "import", None)
                self._store(scope, source, batch, tally)
            tally.embedded = self._cache.embedded - embedded
            for run in runs.values():
                self._runs.end(run, tally.counts(), tally.failures)
        return SyncReport(
            tally.added,
            tally.updated,
            tally.unchanged,
            failures=tuple(tally.failures),
            embedded=tally.embedded,
            seconds=time.perf_counter() - started,
        )

    def _store(self, scope: str, location: str | None, batch: list[dict[str, Any]], tally: Tally) -> None:
        if location is None:
            with Session(self._registry.engine) as session, session.begin():
                for line in batch:
                    _ADD[line["type"]](session, line)
            return
        source_pk = self._registry.source_pk(scope, location)
        known = self._registry.known_elsewhere(scope, [line["id"] for line in batch], source_pk=0)
        new = []
        for line in batch:
            before = known[line["id"]][1] if line["id"] in known else None
            if before and before.content_hash == line["content_hash"]:
                tally.same()
                continue
            article = article_of(SimpleNamespace(**line), line["id"])
            new.append(
                Change(
                    line["item_id"],
                    line["fingerprint"],
                    line["content_hash"],
                    article,
                    split_passages(article, scope),
                    before,
                    line["indexed_at"],
                )
            )
        if new:
            self._writer.store(scope, source_pk, new)
            tally.stored(new)
        with Session(self._registry.engine) as session, session.begin():
            for line in batch:
                if line["gone_since"]:
                    session.execute(
                        update(ArticleRow)
                        .where(ArticleRow.scope == scope, ArticleRow.id == line["id"])
                        .values(gone_since=line["gone_since"])
                    )


def _add_source(session: Session, line: dict[str, Any]) -> None:
    row = session.scalar(select(SourceRow).filter_by(scope=line["scope"], location=line["location"]))
    if row is None:
        row = SourceRow(scope=line["scope"], location=line["location"])
        session.add(row)
    for name in _SOURCE_FIELDS:
        setattr(row, name, line[name])
    row.next_poll_at = datetime.now(UTC) if line["interval_seconds"] else None


def _add_version(session: Session, line: dict[str, Any]) -> None:
    same = {name: line[name] for name in ("scope", "article_id", "content_hash", "ended_at")}
    if session.scalar(select(KeptVersionRow.pk).filter_by(**same)) is not None:
        return
    version = KeptVersionRow(**{name: line[name] for name in VERSION_FIELDS}, **_without(same, "content_hash"))
    session.add(version)
    session.flush()
    rows = [
        {"version_pk": version.pk, "position": at, "id": key, "start": start, "end": end, "section": section}
        for at, (key, start, end, section) in enumerate(line["passages"])
    ]
    if rows:
        session.execute(insert(KeptPassageRow), rows)


def _add_removal(session: Session, line: dict[str, Any]) -> None:
    # Older exports don't say from which source: it counts for all that its scope has.
    everywhere = select(SourceRow.location).filter_by(scope=line["scope"])
    for location in [line["location"]] if "location" in line else session.scalars(everywhere).all():
        own = {name: line[name] for name in _NEEDED["removal"]}
        session.merge(RemovalRow(location=location, **own))


def _add_run(session: Session, line: dict[str, Any]) -> None:
    same = {name: line[name] for name in ("scope", "what", "location", "started_at")}
    if session.scalar(select(RunRow.pk).filter_by(**same)) is None:
        session.add(RunRow(**{name: line[name] for name in _RUN_FIELDS}))


_ADD: dict[str, Callable[[Session, dict[str, Any]], None]] = {
    "source": _add_source,
    "version": _add_version,
    "removal": _add_removal,
    "run": _add_run,
}


def _without(values: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


_NEEDED = {
    "source": _SOURCE_FIELDS,
    "article": ("scope", "location", "id", "item_id", "fingerprint", "gone_since", *VERSION_FIELDS),
    "version": ("scope", "article_id", "ended_at", "passages", *VERSION_FIELDS),
    "removal": ("scope", "item_id", "removed_at"),
    "run": _RUN_FIELDS,
}


_ADDED_SINCE = {"article": {"modified_at": None}, "version": {"modified_at": None}}
"""What older exports don't say."""


def _read(lines: Iterable[str], tally: Tally) -> Iterator[dict[str, Any]]:
    """The lines that can be used; the others become failures."""
    for number, text in enumerate(lines, start=1):
        try:
            line = json.loads(text)
            if number == 1:
                if line.get("newsdesk") != FORMAT:
                    raise ArticleError(_UNKNOWN)
                continue
            line = _ADDED_SINCE.get(line["type"], {}) | line
            if missing := [name for name in _NEEDED[line["type"]] if name not in line]:
                raise ValueError(f"{', '.join(missing)} missing")
            for name in _MOMENTS:
                if line.get(name):
                    line[name] = datetime.fromisoformat(line[name])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if number == 1:
                raise ArticleError(_UNKNOWN) from None
            tally.fail(Failure(f"line {number}", f"It can't be used: {error}."))
            continue
        yield line


def _batches(lines: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str | None, list[dict[str, Any]]]]:
    """Lines that follow each other and are of one scope and source; what is no article has no source here."""
    batch: list[dict[str, Any]] = []
    key: tuple[str, str | None] = ("", None)
    for line in lines:
        own = (line["scope"], line["location"] if line["type"] == "article" else None)
        if batch and (own != key or len(batch) >= _BATCH):
            yield (*key, batch)
            batch = []
        key = own
        batch.append(line)
    if batch:
        yield (*key, batch)
