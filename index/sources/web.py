"""Articles on the web: one page, or the newest entries of a feed or a news sitemap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from index.article import Article
from index.errors import ArticleError
from index.fetch import Fetcher, FetchError, Page
from index.parser import Parser
from index.reading.feeds.entries import Entry, Feed
from index.reading.feeds.kind import kind_of
from index.reading.metadata.addresses import canonical_address
from index.sources.entries import apart, at_page, without_fragment
from index.sources.memory import PageMemory, Remembered, RememberedFeed
from index.sources.pages import PageReader, completed
from index.sources.patience import SECONDS, Patience
from index.sources.refusals import refusal
from index.sources.source import Failure, Item, plain
from index.told import Told, tell, words_of

NEWEST = 50
"""How many entries of a feed or a sitemap are read."""

_TWICE = tell("{title} leads to an article that another entry of the feed leads to already.")
_COPY = tell("It is a copy of an article that the feed has at its own address.")
_PARTS = 3
"""How many parts of an index of sitemaps are read, the newest first."""


@dataclass(slots=True)
class WebSource:
    """The page at ``location``, or the articles that a feed or sitemap there announces: what it is, reading shows.

    It is partial: an article that leaves a feed is not gone, and neither is one whose page has vanished. Such
    a page is a ``Failure``; the article stays, marked, until somebody removes it, since what it said may be why
    the page went. ``by_itself``, when nobody asked for it, what was refused lately is let rest. ``feeds`` are
    those that a list of feeds names, once it was read.
    """

    location: str
    fetcher: Fetcher
    memory: PageMemory = field(default_factory=PageMemory)
    reader: PageReader = field(default_factory=lambda: PageReader(Parser()))
    newest: int = NEWEST
    seconds: float = SECONDS
    by_itself: bool = False
    partial: bool = True
    kind: str = "page"
    expected: int | None = None
    feeds: list[str] = field(default_factory=list)
    _patience: Patience = field(default_factory=Patience)

    @classmethod
    def at(
        cls, url: str, fetcher: Fetcher, memory: PageMemory, reader: PageReader, *, by_itself: bool = False
    ) -> WebSource:
        """The source at ``url``, of which fragment and tracking parameters don't count."""
        try:
            return cls(canonical_address(url), fetcher, memory, reader, by_itself=by_itself)
        except ValueError:
            raise ArticleError(
                tell("{url} is not a web address. Check it for typing mistakes.", url=url)
            ) from None

    def items(self) -> Iterator[Item | Failure]:
        """Read the page, or the feed and the page of each entry; each article once."""
        self._patience = Patience(self.seconds)
        try:
            known, announced = self.memory.get(self.location), self.memory.feed(self.location)
            page = self._fetch(self.location, announced or known)
            if announced and page.not_modified:
                self.kind = announced.kind
                yield from self._entries(announced.feed)
            elif known and page.not_modified:
                yield self._unchanged(self.location, known)
            else:
                yield from self._read(page)
        except ArticleError as error:
            yield self._failure(self.location, error)
        finally:
            self.memory.save()

    def _read(self, page: Page) -> Iterator[Item | Failure]:
        """What was fetched from the source's own address."""
        match kind := kind_of(page.body):
            case "sitemap":
                self.kind = kind
                yield from self._sitemap(page)
            case "feed":
                self.kind = kind
                yield from self._entries(self.reader.parser.feed(page), page)
            case "opml":
                self.kind = kind
                self.feeds, others = self.reader.parser.opml(page.body)
                for other in others:
                    yield Failure(
                        self.location, tell("{other} is no address of a feed.", other=plain(other[:200]))
                    )
            case _:
                yield self._remember(self.location, page)

    def hides(self, failure: Failure, item_id: str) -> bool:  # noqa: ARG002
        """Always: what is not listed is not gone."""
        return True

    def _sitemap(self, page: Page) -> Iterator[Item | Failure]:
        """The newest articles of a sitemap; of an index, those of its newest parts."""
        feed, parts = self.reader.parser.sitemap(page)
        if not parts:
            yield from self._entries(feed, page)
            return
        entries: list[Entry] = []
        failures: list[Failure] = []
        for url in parts[:_PARTS]:
            if len(entries) >= self.newest:
                break
            try:
                entries += self._part(url).entries
            except ArticleError as error:
                failures.append(self._failure(url, error))
        yield from failures
        if entries or not failures:
            yield from self._entries(replace(feed, entries=tuple(entries)))

    def _part(self, url: str) -> Feed:
        """What a part of an index of sitemaps lists."""
        known = self.memory.feed(url)
        page = self._fetch(url, known)
        if known and page.not_modified:
            return known.feed
        if kind_of(page.body) != "sitemap":
            raise ArticleError(tell("It is no sitemap, although an index of sitemaps names it."))
        feed = self.reader.parser.sitemap(page)[0]
        self.memory.put_feed(url, RememberedFeed("sitemap", feed, page.etag, page.last_modified))
        return feed

    def _entries(self, feed: Feed, page: Page | None = None) -> Iterator[Item | Failure]:
        """The articles of ``feed``; if it is new, ``page`` is where it stands, and it is remembered."""
        if not feed.entries:
            yield Failure(self.location, tell("The feed announces no articles. Check that it is the right one."))
        newest, renderings = apart(feed.entries[: self.newest])
        self.expected = len(newest)
        for entry in renderings:
            yield Failure(entry.url or self.location, _COPY, passed_over=True)
        shared = Counter(without_fragment(entry.url) for entry in newest if entry.url)
        newest = [one if shared[without_fragment(one.url)] > 1 else at_page(one) for one in newest]
        seen: set[str] = set()
        copies: list[tuple[Entry, Item]] = []
        needed: set[Entry] = set()
        # What was never read comes first: time may run out.
        for number, entry in sorted(enumerate(newest, start=1), key=lambda one: self._is_known(one[1])):
            alone = entry.url is None or shared[without_fragment(entry.url)] == 1
            try:
                item, told = self._entry(entry, feed, alone)
            except ArticleError as error:
                yield self._entry_failure(entry, number, error)
                continue
            if told:
                needed.add(entry)
            if item.copy:
                copies.append((entry, item))
            elif item.id in seen:
                yield Failure(entry.url or self.location, _TWICE.given(title=_named(entry, number)))
            else:
                seen.add(item.id)
                yield item
        for entry, item in copies:  # they count where the article itself is not among the entries
            if item.id in seen:
                yield Failure(entry.url or self.location, _COPY, passed_over=True)
            else:
                seen.add(item.id)
                yield item
        if page:
            kept = (entry if entry in needed else replace(entry, content="") for entry in newest)
            remembered = replace(feed, entries=tuple(kept))
            self.memory.put_feed(
                self.location, RememberedFeed(self.kind, remembered, page.etag, page.last_modified)
            )

    def _is_known(self, entry: Entry) -> bool:
        return entry.url is not None and self.memory.get(entry.url) is not None

    def _entry(self, entry: Entry, feed: Feed, alone: bool) -> tuple[Item, bool]:
        """The article that ``entry`` announces, and whether the feed itself told it.

        ``alone``: no other entry has its address. One that several have is the page of none of them.
        """
        if entry.url is None or not alone:
            return _item(self._told(entry, feed, alone)), True
        known = self.memory.get(entry.url)
        try:
            return self._asked(entry, known, feed)
        except ArticleError as error:
            if known or (isinstance(error, FetchError) and error.withdrawn):
                raise  # the page said more than the feed does, or is not to be read any more
            try:
                return _item(self._told(entry, feed, alone)), True
            except ArticleError:
                raise error from None

    def _told(self, entry: Entry, feed: Feed, alone: bool) -> Article:
        try:
            return self.reader.told(entry, feed, self.location, alone=alone)
        except ArticleError as error:
            if entry.error or (alone and entry.url):
                raise
            reason = tell("Other entries have the same link.") if entry.url else tell("The entry has no link.")
            raise ArticleError(tell("{reason} {error}", reason=reason, error=words_of(error))) from None

    def _entry_failure(self, entry: Entry, number: int, error: ArticleError) -> Failure:
        if entry.url:
            return self._failure(entry.url, error)
        return Failure(self.location, tell("{entry}: {error}", entry=_named(entry, number), error=words_of(error)))

    def _asked(self, entry: Entry, known: Remembered | None, feed: Feed) -> tuple[Item, bool]:
        """The article on the page of ``entry``, unless the page is let rest. A refusal is remembered."""
        assert entry.url is not None
        refused = self.memory.refusal(entry.url)
        if refused and self.by_itself:
            refused.check(entry)
        try:
            page = self._fetch(entry.url, known)
            if known and page.not_modified:
                item, told = self._unchanged(entry.url, known, entry, feed), False
            else:
                item, told = self._compared(entry.url, page, entry, feed)
        except ArticleError as error:
            self.memory.put_refusal(entry.url, refusal(error, entry, refused))
            raise
        self.memory.put_refusal(entry.url, None)
        return item, told

    def _failure(self, url: str, error: ArticleError) -> Failure:
        known = self.memory.get(url)
        if not isinstance(error, FetchError):
            return Failure(url, words_of(error))
        return Failure(url, words_of(error), error.gone, error.host_failed, known.article_id if known else None)

    def _fetch(self, url: str, known: Remembered | RememberedFeed | None = None) -> Page:
        self._patience.check(url)
        try:
            page = self.fetcher.get(url, known.etag, known.last_modified) if known else self.fetcher.get(url)
        except FetchError as error:
            self._patience.note(url, error)
            raise
        self._patience.note(url)
        return page

    def _compared(self, url: str, page: Page, entry: Entry, feed: Feed) -> tuple[Item, bool]:
        """The article on ``page``, or the feed's own words where those are more; and whether they are."""
        found, page = self.reader.read(page, url, self._fetch)
        article = self.reader.longer(found, entry, feed, self.location)
        return self._kept(url, page, completed(article, entry)), article is not found

    def _remember(self, url: str, page: Page) -> Item:
        article, page = self.reader.read(page, url, self._fetch)
        return self._kept(url, page, article)

    def _kept(self, url: str, page: Page, article: Article) -> Item:
        item = replace(
            _item(article), copy=canonical_address(page.url) != article.id, formerly=_formerly(url, article.id)
        )
        self.memory.put(url, Remembered(item.id, item.fingerprint, page.etag, page.last_modified, item.copy))
        return item

    def _unchanged(
        self, url: str, known: Remembered, entry: Entry | None = None, feed: Feed | None = None
    ) -> Item:
        def load() -> Article:
            article, _ = self.reader.read(self._fetch(url), url, self._fetch)
            if entry and feed:
                article = self.reader.longer(article, entry, feed, self.location)
            return completed(article, entry)

        # The text is only fetched if the store turns out not to have it.
        return Item(
            known.article_id, known.fingerprint, load, known.copy, formerly=_formerly(url, known.article_id)
        )


def _named(entry: Entry, number: int) -> Told:
    if entry.title:
        return tell("“{title}”", title=entry.title)
    return tell("Entry {number} of the feed", number=str(number))


def _formerly(url: str, article_id: str) -> str | None:
    """The address that was asked for, if that is not the article's own."""
    address = canonical_address(url)
    return address if address != article_id else None


def _item(article: Article) -> Item:
    return Item(article.id, article.fingerprint(), lambda: article)
