"""News sitemaps: what a site lists of its newest articles, for search engines and for us.

https://www.sitemaps.org/protocol.html, and the news extension
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

from index.errors import ArticleError
from index.reading.feeds import Entry, Feed, root_of
from index.text.dates import parse_date

if TYPE_CHECKING:  # slow to import
    from index.fetch import Page

_ROOTS = {"urlset", "sitemapindex"}
_LARGEST = 52_428_800
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The articles that a sitemap lists, as a feed; for an index, the addresses of its ``parts``, newest first."""

    feed: Feed
    parts: tuple[str, ...]


def unpacked(page: Page) -> Page:
    """``page`` with its body unpacked, if it is a sitemap in gzip, as the protocol allows.

    Raises ``ArticleError`` if it is damaged or larger than the protocol allows.
    """
    if not page.body.startswith(b"\x1f\x8b"):
        return page
    try:
        unpacker = zlib.decompressobj(wbits=31)
        body = unpacker.decompress(page.body, _LARGEST)
    except zlib.error as error:
        raise ArticleError(f"The compressed file can't be unpacked: {error}.") from None
    if unpacker.unconsumed_tail:
        raise ArticleError(f"Unpacked it is larger than {_LARGEST / 1e6:.0f} MB, the most that a sitemap may be.")
    return replace(page, body=body)


def is_sitemap(page: Page) -> bool:
    """Whether ``page`` is a sitemap or an index of them."""
    return root_of(page.body) in _ROOTS


def read_sitemap(page: Page) -> Sitemap:
    """The sitemap in ``page``, its articles newest first.

    Raises ``ArticleError`` if it declares XML entities (CWE-776) or can't be read.
    """
    if re.search(rb"<!ENTITY", page.body.replace(b"\0", b""), re.IGNORECASE):
        raise ArticleError("The sitemap declares XML entities, which no sitemap needs and which can do harm.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(page.body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError(f"The sitemap can't be read: {error}. Check it with a sitemap validator.") from error
    listed = [(_moment(node), node) for node in root if isinstance(node.tag, str)]
    listed.sort(key=lambda pair: pair[0], reverse=True)
    dated = [(moment, node, urljoin(page.url, text)) for moment, node in listed if (text := _text(node, "loc"))]
    if root_of(page.body) == "sitemapindex":
        return Sitemap(Feed(None, None, ()), tuple(url for _, _, url in dated))
    entries = tuple(
        Entry(url, _text(node, "title"), None, moment if moment > _OLDEST else None, "")
        for moment, node, url in dated
    )
    language = _text(dated[0][1], "language") if dated else None
    return Sitemap(Feed(_text(root, "name"), language, entries), ())


def _moment(node: Any) -> datetime:
    """When the article came out, or else when its page was changed."""
    moment = parse_date(_text(node, "publication_date")) or parse_date(_text(node, "lastmod")) or _OLDEST
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(node: Any, name: str) -> str | None:
    """The text of the first element called ``name`` in ``node``, whatever its namespace."""
    found = next(node.iter(f"{{*}}{name}"), None)
    text = " ".join((found.text or "").split()) if found is not None else ""
    return text or None
