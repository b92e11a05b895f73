"""A page as it was fetched, and what its feed says of it -> Article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from index.article import Article, digest
from index.errors import ArticleError
from index.fetch import Page
from index.parser import Parser
from index.reading.feeds.entries import Entry, Feed
from index.reading.metadata.addresses import canonical_address
from index.reading.metadata.days import plausible_change
from index.reading.metadata.outlets import outlet_of, same_site
from index.sources.following import follow
from index.told import from_text

_LONGER = 1.15
"""Times as long: the feed then has the whole where the page has only the beginning."""


@dataclass(frozen=True, slots=True)
class PageReader:
    """Reads pages with ``parser``; ``outlets`` are the operator's names for sites."""

    parser: Parser
    outlets: Mapping[str, str] = field(default_factory=dict)

    def read(self, page: Page, asked: str, fetch: Callable[[str], Page]) -> tuple[Article, Page]:
        """The article on ``page``, which the URL ``asked`` led to, and the page that it begins on.

        Its id and its URL are its canonical address. Its other pages, or the page that it moved to, are read with
        ``fetch``. Raises ``ArticleError`` with what the page is if it is no article.
        """
        return follow(page, lambda one: self.parser.page(one, asked, self.outlets), fetch)

    def told(self, entry: Entry, feed: Feed, place: str, *, alone: bool = True) -> Article:
        """The article of ``entry`` as ``feed``, which stands at ``place``, tells it.

        It is credited to the site of the feed, and has the entry's address only if that is of the same site and,
        as ``alone`` says, no other entry has it. Raises ``ArticleError`` if the feed holds only a beginning.
        """
        if entry.error:
            raise ArticleError(from_text(entry.error) or "")
        address = _address(entry.url)
        own = address is not None and same_site(address, place)
        identity = digest(entry.id or "", entry.title or "", "" if entry.id else entry.content)[:12]
        article_id = address if address and own and alone else f"{place}#{identity}"
        url = entry.url if address and own and not alone else address if own else place
        return self.parser.entry(entry, feed, article_id, url, outlet_of(place, feed.title, self.outlets))

    def longer(self, article: Article, entry: Entry, feed: Feed, place: str) -> Article:
        """``article``, which stands on the page of ``entry``, with the feed's text if that is clearly longer.

        Only a feed of the same site knows better than the page.
        """
        if not entry.content or not article.url or not same_site(article.url, place):
            return article
        if len(entry.content) < _LONGER * len(article.text):
            return article
        try:
            told = self.told(entry, feed, place)
        except ArticleError:
            return article
        if len(told.text) < _LONGER * len(article.text):
            return article
        return replace(article, text=told.text, sections=told.sections, credits=told.credits)


def completed(article: Article, entry: Entry | None) -> Article:
    """``article`` with what only the feed says about it."""
    if entry is None:
        return article
    published = article.published_at or entry.published_at
    return replace(
        article,
        author=article.author or entry.author,
        published_at=published,
        modified_at=plausible_change(article.modified_at or entry.modified_at, published),
    )


def _address(url: str | None) -> str | None:
    try:
        address = canonical_address(url) if url else None
    except ValueError:
        return None
    return address if address and address.startswith(("http://", "https://")) else None
