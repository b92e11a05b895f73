"""News sitemaps: what a site lists of its newest articles, for search engines and for us.

https://www.sitemaps.org/protocol.html, and the news extension
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

from index.errors import ArticleError
from index.reading.feeds.entries import Entry, Feed
from index.reading.feeds.xml import declares_entities, root_of
from index.reading.metadata.days import plausible_day
from index.told import tell, words_of

_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The articles that a sitemap lists, as a feed; for an index, the addresses of its ``parts``, newest first."""

    feed: Feed
    parts: tuple[str, ...]


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """The sitemap in ``body``, which stands at ``url``, its articles newest first.

    Raises ``ArticleError`` if it declares XML entities (CWE-776) or can't be read.
    """
    if declares_entities(body):
        raise ArticleError(
            tell("The sitemap declares XML entities, which no sitemap needs and which can do harm.")
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError(
            tell("The sitemap can't be read: {error}. Check it with a sitemap validator.", error=words_of(error))
        ) from error
    listed = sorted((node for node in root if isinstance(node.tag, str)), key=_moment, reverse=True)
    places = [(node, urljoin(url, text)) for node in listed if (text := _text(node, "loc"))]
    if root_of(body) == "sitemapindex":
        return Sitemap(Feed(None, None, ()), tuple(place for _, place in places))
    entries = tuple(
        Entry(place, _text(node, "title"), published_at=plausible_day(_text(node, "publication_date")))
        for node, place in places
    )
    language = _text(places[0][0], "language") if places else None
    return Sitemap(Feed(_text(root, "name"), language, entries), ())


def _moment(node: Any) -> datetime:
    """When the article came out, or else when its page was changed: the order, not the day of the article."""
    moment = plausible_day(_text(node, "publication_date")) or plausible_day(_text(node, "lastmod")) or _OLDEST
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(node: Any, name: str) -> str | None:
    """The text of the first element called ``name`` in ``node``, whatever its namespace."""
    found = next(node.iter(f"{{*}}{name}"), None)
    text = " ".join((found.text or "").split()) if found is not None else ""
    return text or None
