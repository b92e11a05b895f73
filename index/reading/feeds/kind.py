"""Whether what was fetched announces articles. Its content decides, since feeds come under many content types."""

from __future__ import annotations

import zlib

from index.errors import ArticleError
from index.reading.feeds.xml import root_of
from index.told import tell, words_of

_KINDS = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "opml": "opml",
}
_GZIP = b"\x1f\x8b"
_START = 65_536
_LARGEST = 52_428_800
"""Bytes of a sitemap, by its protocol."""


def kind_of(body: bytes) -> str | None:
    """ "feed", "sitemap" or "opml"; None for anything else. Only the beginning is unpacked and looked at."""
    if body.startswith(_GZIP):
        try:
            body = zlib.decompressobj(wbits=31).decompress(body, _START)
        except zlib.error:
            return "sitemap"  # reading it says what is wrong with it
    start = body[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return "feed" if b"jsonfeed.org/version/" in body or b"jsonfeed.org\\/version" in body else None
    return _KINDS.get(root_of(body) or "")


def unpacked(body: bytes) -> bytes:
    """``body`` out of its gzip, as the protocol of sitemaps allows it.

    Raises ``ArticleError`` if it is damaged or larger than the protocol allows.
    """
    if not body.startswith(_GZIP):
        return body
    try:
        unpacker = zlib.decompressobj(wbits=31)
        content = unpacker.decompress(body, _LARGEST)
    except zlib.error as error:
        raise ArticleError(
            tell("The compressed file can't be unpacked: {error}.", error=words_of(error))
        ) from None
    if unpacker.unconsumed_tail:
        raise ArticleError(
            tell(
                "Unpacked it is larger than {largest} MB, the most that a sitemap may be.",
                largest=f"{_LARGEST / 1000000.0:.0f}",
            )
        )
    return content
