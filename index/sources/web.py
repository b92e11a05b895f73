"""Articles on the web: one page, or the newest entries of a feed or a news sitemap."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from index.article import Article
from index.errors import ArticleError
from index.fetch import Fetcher, FetchError, Page
from index.parser import Parser
from index.reading.feeds import Entry, Feed, is_feed, unpack_feed
from index.reading.sitemaps import Sitemap, is_sitemap, unpacked
from index.sources.addresses import canonical_address
from index.sources.entries import completed, told_by_feed
from index.sources.memory import PageMemory, Remembered, RememberedFeed
from index.sources.pages import read_page
from index.sources.patience import SECONDS, Patience
from index.sources.refusals import refusal
from index.sources.source import Failure, Item

NEWEST = 50
"""How many entries of a feed or a sitemap are read."""

_PARTS = 3
"""How many parts of an index of sitemaps are read, the newest first."""


@dataclass(slots=True)
class WebSource:
    """The page at ``location``, or the articles that a feed or sitemap there announces: what it is, reading shows.

    It is partial: an article that leaves a feed is not gone, and neither is one whose page has vanished. Such
    a page is a ``Failure``; the article stays, marked, until somebody removes it, since what it said may be why
    the page went. ``by_itself``, when nobody asked for it, what was refused lately is let rest.
    """

    location: str
    fetcher: Fetcher
    memory: PageMemory = field(default_factory=PageMemory)
    parser: Parser = field(default_factory=Parser)
    newest: int = NEWEST
    seconds: float = SECONDS
    by_itself: bool = False
    partial: bool = True
    kind: str = "page"
    expected: int | None = None
    _patience: Patience = field(default_factory=Patience)

    @classmethod
    def at(
        cls, url: str, fetcher: Fetcher, memory: PageMemory, parser: Parser, *, by_itself: bool = False
    ) -> WebSource:
        """The source at ``url``, of which fragment and tracking parameters don't count."""
        try:
            return cls(canonical_address(url), fetcher, memory, parser, by_itself=by_itself)
        except ValueError:
            raise ArticleError(f"{url} is not a web address. Check it for typing mistakes.") from None

    def items(self) -> Iterator[Item | Failure]:
        """Read the page, or the feed and the page of each entry; each article once."""
        self._patience = Patience(self.seconds)
        try:
            known, announced = self.memory.get(self.location), self.memory.feed(self.location)
            page = unpacked(self._fetch(self.location, announced or known))
            if announced and page.not_modified:
                self.kind = announced.kind
                yield from self._entries(announced.feed)
            elif known and page.not_modified:
                yield self._unchanged(self.location, known)
            elif is_sitemap(page):
                self.kind = "sitemap"
                yield from self._sitemap(page)
            elif is_feed(page):
                self.kind = "feed"
                yield from self._entries(unpack_feed(self.parser.feed(page)), page)
            else:
                yield self._remember(self.location, page)
        except ArticleError as error:
            yield self._failure(self.location, error)
        finally:
            self.memory.save()

    def hides(self, failure: Failure, item_id: str) -> bool:  # noqa: ARG002
        """Always: what is not listed is not gone."""
        return True

    def _sitemap(self, page: Page) -> Iterator[Item | Failure]:
        """The newest articles of a sitemap; of an index, those of its newest parts."""
        sitemap = self._read_sitemap(page)
        if not sitemap.parts:
            yield from self._entries(sitemap.feed, page)
            return
        entries: list[Entry] = []
        failures: list[Failure] = []
        for url in sitemap.parts[:_PARTS]:
            if len(entries) >= self.newest:
                break
            try:
                entries += self._part(url).entries
            except ArticleError as error:
                failures.append(self._failure(url, error))
        yield from failures
        if entries or not failures:
            yield from self._entries(replace(sitemap.feed, entries=tuple(entries)))

    def _part(self, url: str) -> Feed:
        """What a part of an index of sitemaps lists."""
        known = self.memory.feed(url)
        page = unpacked(self._fetch(url, known))
        if known and page.not_modified:
            return known.feed
        if not is_sitemap(page):
            raise ArticleError("It is no sitemap, although an index of sitemaps names it.")
        feed = self._read_sitemap(page).feed
        self.memory.put_feed(url, RememberedFeed("sitemap", feed, page.etag, page.last_modified))
        return feed

    def _read_sitemap(self, page: Page) -> Sitemap:
        read = self.parser.sitemap(page)
        return Sitemap(unpack_feed(read["feed"]), tuple(read["parts"]))

    def _entries(self, feed: Feed, page: Page | None = None) -> Iterator[Item | Failure]:
        """The articles of ``feed``; if it is new, ``page`` is where it stands, and it is remembered."""
        if not feed.entries:
            yield Failure(self.location, "The feed announces no articles. Check that it is the right one.")
        newest = _newest(feed, self.newest)
        self.expected = len(newest)
        seen: set[str] = set()
        copies: list[Item] = []
        needed: set[Entry] = set()
        # What was never read comes first: time may run out.
        for entry in sorted(newest, key=lambda entry: self.memory.get(entry.url) is not None):
            try:
                item, told = self._entry(entry, feed)
            except ArticleError as error:
                yield self._failure(entry.url, error)
                continue
            if told:
                needed.add(entry)
            if item.copy:
                copies.append(item)
            elif item.id not in seen:
                seen.add(item.id)
                yield item
        for item in copies:  # they count where the article itself is not among the entries
            if item.id not in seen:
                seen.add(item.id)
                yield item
        if page:
            kept = (entry if entry in needed else replace(entry, content="") for entry in newest)
            remembered = replace(feed, entries=tuple(kept))
            self.memory.put_feed(
                self.location, RememberedFeed(self.kind, remembered, page.etag, page.last_modified)
            )

    def _entry(self, entry: Entry, feed: Feed) -> tuple[Item, bool]:
        """The article that ``entry`` announces, and whether the feed itself told it."""
        known = self.memory.get(entry.url)
        try:
            item = self._asked(entry, known)
        except ArticleError as error:
            if known or (isinstance(error, FetchError) and error.gone):
                raise  # the page said more than the feed does
            article = told_by_feed(entry, feed, self.parser)
            if article is None:
                raise
            return _item(article), True
        return item, False

    def _asked(self, entry: Entry, known: Remembered | None) -> Item:
        """The article on the page of ``entry``, unless the page is let rest. A refusal is remembered."""
        refused = self.memory.refusal(entry.url)
        if refused and self.by_itself:
            refused.check(entry)
        try:
            page = self._fetch(entry.url, known)
            if known and page.not_modified:
                item = self._unchanged(entry.url, known, entry)
            else:
                item = self._remember(entry.url, page, entry)
        except ArticleError as error:
            self.memory.put_refusal(entry.url, refusal(error, entry, refused))
            raise
        self.memory.put_refusal(entry.url, None)
        return item

    def _failure(self, url: str, error: ArticleError) -> Failure:
        known = self.memory.get(url)
        if not isinstance(error, FetchError):
            return Failure(url, str(error))
        return Failure(url, str(error), error.gone, error.host_failed, known.article_id if known else None)

    def _fetch(self, url: str, known: Remembered | RememberedFeed | None = None) -> Page:
        self._patience.check(url)
        try:
            page = self.fetcher.get(url, known.etag, known.last_modified) if known else self.fetcher.get(url)
        except FetchError as error:
            self._patience.note(url, error)
            raise
        self._patience.note(url)
        return page

    def _remember(self, url: str, page: Page, entry: Entry | None = None) -> Item:
        article = completed(read_page(page, url, self.parser), entry)
        item = replace(
            _item(article), copy=canonical_address(page.url) != article.id, formerly=_formerly(url, article.id)
        )
        self.memory.put(url, Remembered(item.id, item.fingerprint, page.etag, page.last_modified, item.copy))
        return item

    def _unchanged(self, url: str, known: Remembered, entry: Entry | None = None) -> Item:
        # The text is only fetched if the store turns out not to have it.
        return Item(
            known.article_id,
            known.fingerprint,
            lambda: completed(read_page(self._fetch(url), url, self.parser), entry),
            known.copy,
            formerly=_formerly(url, known.article_id),
        )


def _newest(feed: Feed, count: int) -> list[Entry]:
    """The first ``count`` entries, each by its one address, which has no tracking or AMP parameters."""
    entries: dict[str, Entry] = {}
    for entry in feed.entries[:count]:
        with suppress(ValueError):  # reading it says what is wrong with it
            entry = replace(entry, url=canonical_address(entry.url))
        entries.setdefault(entry.url, entry)
    return list(entries.values())


def _formerly(url: str, article_id: str) -> str | None:
    """The address that was asked for, if that is not the article's own."""
    address = canonical_address(url)
    return address if address != article_id else None


def _item(article: Article) -> Item:
    return Item(article.id, article.content_hash(), lambda: article)
