"""What was fetched -> the article in it, its address and its outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from index.errors import ArticleError
from index.reading.encoding.decode import decode
from index.reading.extracted import Extracted, Refused
from index.reading.markup.tree import weight
from index.reading.metadata.addresses import canonical_address
from index.reading.metadata.outlets import outlet_of
from index.reading.pages.html import read_html
from index.reading.pages.walls import SHORTEST_ARTICLE
from index.reading.read import read
from index.told import tell

_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|article|meta|title|div|p)[\s>]", re.IGNORECASE)
_BY_TYPE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
}


def read_page(
    data: bytes, url: str, asked: str, content_type: str, charset: str | None, outlets: Mapping[str, str]
) -> tuple[Extracted, str]:
    """The article that ``url`` gave, to which the URL ``asked`` led, and its one address.

    What the content is decides how it is read; the content type only where the content doesn't tell. Raises
    ``ArticleError`` with what it is if it is no article.
    """
    address = canonical_address(url)
    suffix = _BY_TYPE.get(content_type)
    if data.lstrip()[:5] == b"%PDF-":
        suffix = ".pdf"
    if suffix:
        found = _first(part for _, part in read(data, f"page{suffix}"))
    elif _is_html(data, content_type):
        found = read_html(data, url, charset, asked)
        address = canonical_address(url, found.url)
    elif content_type.startswith("text/") or content_type in ("", "application/octet-stream"):
        markdown = content_type == "text/markdown" or urlsplit(url).path.endswith(".md")
        text = decode(data, [charset]).encode()
        found = _first(part for _, part in read(text, "page.md" if markdown else "page.txt"))
    else:
        raise ArticleError(
            tell(
                "It is {content_type}, no article. Web pages, PDF files and texts can be read.",
                content_type=content_type,
            )
        )
    if weight(found.text.strip()) < SHORTEST_ARTICLE:
        raise ArticleError(tell("There is almost no text in it: nothing to search or quote."))
    return replace(found, url=address, source=outlet_of(address, found.source, outlets)), address


def _first(parts: Iterator[Extracted | Refused]) -> Extracted:
    part = next(parts)
    if isinstance(part, Refused):
        raise ArticleError(part.reason)
    return part


def _is_html(data: bytes, content_type: str) -> bool:
    start = data[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        return bool(_MARKUP.search(start)) or "html" in content_type
    return "html" in content_type
