"""The library: a store of articles that can be synced, listed and searched. The front door of ``index``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from langchain_core.embeddings import Embeddings
from sqlalchemy.exc import SQLAlchemyError

from index.article import is_web
from index.contents import Contents
from index.embedding.models import TellsAsides
from index.errors import ArticleError, EmbeddingError, ParserError, StoppedError
from index.search import Filters, Hit
from index.sources.opener import SourceOpener
from index.sources.source import Source
from index.sources.watch import Watch
from index.store import archive
from index.store.archive import Import
from index.store.care.health import Finding
from index.store.care.opening import open_store
from index.store.home import writing
from index.store.removal import Removal
from index.store.sql.sources import Outcome, SourceInfo
from index.store.vectors.collections import VectorsGoneError
from index.sync.sync import Sync, SyncProgress, SyncReport
from index.told import tell, words_of

_NOT_READ = tell("Reading it failed inside Newsdesk, whose log says why.")


class Library(Contents):
    """The articles in one home folder, owned by this process until ``close`` (unless vectors are on a server)."""

    def __init__(
        self,
        home: Path,
        model: str,
        embeddings: Embeddings,
        *,
        max_bytes: int,
        allow_hosts: Sequence[str] = (),
        outlets: Mapping[str, str] | None = None,
        keep_days: int = 30,
        chroma_url: str | None = None,
        database_url: str | None = None,
        careful: bool = False,
        change_model: bool = False,
        take_over: bool = False,
    ) -> None:
        """Open (or make) the store in ``home``.

        ``model`` names ``embeddings``: vectors of two models can't be compared, so a store belongs to one.
        ``max_bytes`` is the size of the largest article that is read; ``allow_hosts`` may be fetched from
        although they are private; ``outlets`` are names for sites, by host. What an article said before it changed
        or was removed is kept for ``keep_days``.

        With ``chroma_url``, the address of a Chroma server, several processes may have the store open; the
        registry is then in ``home``, too, or at the SQLAlchemy address ``database_url`` (PostgreSQL).
        ``careful`` looks for damaged files first, as is always done after a process that did not end well.
        ``change_model`` opens a store of another model, for ``rebuild`` only. A database belongs to the home that
        used it first; ``take_over`` gives it to this one.

        Raises ``StoreLockedError`` if another process has the store open, ``ConfigurationError`` if it was made
        with another model, ``StoreError`` if it can't be opened.
        """
        self._keep_days = keep_days
        self._watch = Watch()
        with ExitStack() as opened:
            store = opened.enter_context(
                open_store(
                    home,
                    model,
                    embeddings,
                    chroma_url=chroma_url,
                    database_url=database_url,
                    careful=careful,
                    change_model=change_model,
                    take_over=take_over,
                )
            )
            super().__init__(store, store.embeddings)
            self.mended = store.mended
            self.earlier_vectors = store.earlier
            self._vectors = store.vectors
            self._writer = store.writer
            self._care = store.care
            self._ahead = store.ahead
            asides = store.background if isinstance(store.background, TellsAsides) else None
            self._sync = Sync(store.registry, store.writer, store.cache, self.sources, store.runs, asides)
            self._removal = Removal(store.registry, store.writer, self.sources, store.runs)
            self._import = Import(store.registry, store.writer, store.cache, store.runs)
            self._opener = opened.enter_context(closing(SourceOpener(home, max_bytes, allow_hosts, outlets)))
            self.prune()
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close the store, and let other processes have it."""
        self._opened.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def search(self, question: str, scopes: Sequence[str], k: int = 10, filters: Filters = Filters()) -> list[Hit]:
        """See ``Contents.search``. Vectors that vanished from a server meanwhile are made anew first."""
        try:
            return super().search(question, scopes, k, filters)
        except VectorsGoneError:
            for scope in scopes:
                self._writer.repair(scope)
            return super().search(question, scopes, k, filters)

    def embedding_problem(self) -> str | None:
        """Why an embedding model behind an API gives no vectors, or others than those stored; else None."""
        return self._care.model_problem()

    def embedding_address(self) -> str | None:
        """Where the embedding model's server answers, if that is not what was set; known once it was asked."""
        return self._care.model_address()

    def sync(
        self,
        locations: Sequence[str],
        scope: str,
        progress: Callable[[SyncProgress], None] = lambda _: None,
        *,
        unattended: bool = False,
    ) -> SyncReport:
        """Make the articles in ``scope`` equal to the sources at ``locations``; other sources are left alone.

        The feeds that a list of feeds (OPML) names become sources, too, and are read after it.

        ``unattended``, when nobody asked for these very sources, keeps the articles of a folder that is empty, and
        brings back none that was removed. Raises ``ArticleError`` for a location that no source reads,
        ``ParserError`` if no article can be read, ``StoreError`` if the store can't be written.
        """
        sources = {source.location: source for source in map(self._opener.open, locations)}
        report = self._read(list(sources.values()), scope, progress, unattended)
        named = {feed: None for source in sources.values() for feed in source.feeds if feed not in sources}
        if not named:
            return report
        feeds = {source.location: source for source in map(self._opener.open, named)}
        return report.followed_by(self._read(list(feeds.values()), scope, progress, unattended))

    def poll(self, source: SourceInfo, progress: Callable[[SyncProgress], None] = lambda _: None) -> SyncReport:
        """Read a source without anybody having asked for it. Raises as ``sync`` does.

        Entries of a feed that gave no article lately are not asked for again until some time has passed.
        Whatever is raised is noted with the source, which rests like any other that fails: it would be the one
        that has waited longest for ever, and no other had its turn.
        """
        state = self._watch.last_look(source.location)  # others may look while it is read
        try:
            opened = self._opener.open(source.location, by_itself=True)
            report = self._read([opened], source.scope, progress, unattended=True)
        except StoppedError:
            raise
        except Exception as error:
            reason = words_of(error) if isinstance(error, (ArticleError, ParserError)) else _NOT_READ
            with suppress(SQLAlchemyError):  # if it can't be noted, no other source can be read either
                self.sources.record(source.pk, Outcome(reason))
            raise
        self._watch.note_read(source.location, state)
        return report

    def _read(
        self, sources: Sequence[Source], scope: str, progress: Callable[[SyncProgress], None], unattended: bool
    ) -> SyncReport:
        try:
            with writing():
                report = self._sync.run(sources, scope, progress, unattended=unattended)
                self.prune()
                self._calibrate()
                return report
        finally:
            self._opener.rest()

    def changed_files(self) -> list[SourceInfo]:
        """The sources of files with an interval that changed since they were polled, and keep still meanwhile.

        Call it every few seconds. Those that were not polled since the library was opened are among them. Raises
        ``StoreError``.
        """
        with writing():
            watched = [one for one in self.sources.polled() if not is_web(one.location)]
        return [one for one in watched if self._watch.changed(self._opener.files(one.location))]

    def add_source(
        self,
        scope: str,
        location: str,
        *,
        kind: str | None = None,
        interval: timedelta | None = None,
        added_by: str | None = None,
    ) -> SourceInfo:
        """Add a source to ``scope``: with an ``interval`` it is due at once, else read on demand.

        Nothing is read yet. Raises ``ArticleError`` for a location that no source reads, ``StoreError``.
        """
        known_as = self.canonical(location)
        with writing():
            return self.sources.add(scope, known_as, kind=kind, interval=interval, added_by=added_by)

    def remove_source(self, scope: str, location: str, *, articles: bool) -> int | None:
        """Poll a source no more, and with ``articles`` take out what came from it.

        Returns how many articles that were; None if ``scope`` has no such source. Raises ``ArticleError`` for a
        location that no source reads, ``StoreError``.
        """
        with writing(), self._writer.lock:
            removed = self._removal.source(scope, self.canonical(location), articles=articles)
            if removed:
                self.prune()
            return removed

    def clear(self, scope: str) -> int:
        """Take all out of ``scope``, sources, kept versions and history included; returns how many articles.

        Raises ``StoreError``.
        """
        with writing(), self._writer.lock:
            return self._removal.everything(scope)

    def canonical(self, location: str) -> str:
        """``location`` as its source is known by. Raises ``ArticleError`` for one that no source reads."""
        return self._opener.open(location).location

    def remove(self, scope: str, article_id: str) -> bool:
        """Take an article out of ``scope``; False if there was none of that id. Raises ``StoreError``.

        It comes back when its source is read because somebody asked for that, not by itself.
        """
        with writing(), self._writer.lock:
            removed = self._removal.article(scope, article_id)
            if removed:
                self.prune()
            return removed

    def disagreements(self) -> set[str]:
        """The passages that registry, vectors and full text do not all hold; empty in a sound store."""
        return self._care.disagreements()

    def examine(self) -> list[Finding]:
        """What is wrong with the store: ids are compared, and passages searched for by their own vectors.

        Nothing is changed; what opening the store mended is in ``mended``. Raises ``StoreError``.
        """
        with writing():
            return self._care.examine()

    def repair(self) -> list[Finding]:
        """Rebuild from the registry what ``examine`` finds; returns it. Raises ``StoreError``."""
        with writing():
            return self._care.repair()

    def rebuild(self, progress: Callable[[SyncProgress], None] = lambda _: None) -> int:
        """Build vectors and full text anew beside the old ones, and take them into use when they are whole.

        Returns how many texts were embedded: none, unless the embedding model was changed. Searches go on
        meanwhile. Raises ``StoreError``.
        """
        with writing():
            embedded = self._care.rebuild(progress)
            self._calibrate(anew=True)
            return embedded

    def embed_ahead(self) -> bool:
        """Embed some more of what answers compare with questions; whether there was any left to be embedded.

        Nothing is done while somebody writes, or with a model behind an API, where each text costs. Raises
        ``StoreError``.
        """
        if self._ahead is None:
            return False
        with writing(), self._writer.lock.unless_busy() as alone:
            return alone and self._ahead.step()

    def _calibrate(self, *, anew: bool = False) -> None:
        with suppress(EmbeddingError):  # the articles are indexed; it is made when the first question is asked
            self._calibrations.renew(anew=anew)

    def export(self, write: Callable[[str], object], scopes: Sequence[str] | None = None) -> int:
        """Write the library of ``scopes`` (all if None) as JSONL, a line at a time; returns how many articles.

        It holds everything but the vectors: sources, articles, versions kept for old citations, the history.
        """
        engine = self.registry.engine
        return archive.export(engine, archive.scopes_in(engine) if scopes is None else scopes, write)

    def import_(
        self, lines: Iterable[str], progress: Callable[[SyncProgress], None] = lambda _: None
    ) -> SyncReport:
        """Add what ``export`` wrote: articles with their ids, sources, kept versions, the history.

        Texts that were never embedded here are embedded. Raises ``ArticleError`` if ``lines`` are no export,
        ``StoreError``.
        """
        with writing():
            report = self._import.run(lines, progress)
            self.prune()
            self._calibrate()
            return report

    def prune(self, now: datetime | None = None) -> int:
        """Forget versions that ended more than ``keep_days`` ago; returns how many.

        Once a day, vectors of passages that are no longer kept go too. Raises ``StoreError``.
        """
        moment = now or datetime.now(UTC)
        with writing():
            return self._care.prune(moment - timedelta(days=self._keep_days), moment)
