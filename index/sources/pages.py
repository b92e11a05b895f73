"""A page as it was fetched -> Article."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from index.article import Article
from index.errors import ArticleError
from index.fetch import Page
from index.parser import Parser
from index.reading.clean import clean
from index.reading.html_pages import as_utf8
from index.reading.walls import SHORTEST_ARTICLE
from index.sources.addresses import canonical_address

_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|article|meta|title|div|p)[\s>]", re.IGNORECASE)


def read_page(page: Page, asked: str, parser: Parser) -> Article:
    """The article on ``page``, which the URL ``asked`` led to. Its id and its URL are its canonical address.

    What the content is decides how it is read; the content type only where the content doesn't tell. Raises
    ``ArticleError`` with what the page is if it is no article.
    """
    address = canonical_address(page.url)
    if page.body.lstrip()[:5] == b"%PDF-":
        extracted = parser.extract(page.body, ".pdf")
    elif _is_html(page):
        extracted, address = parser.page(page.body, page.url, page.charset, asked)
    elif page.content_type.startswith("text/") or page.content_type in ("", "application/octet-stream"):
        markdown = page.content_type == "text/markdown" or urlsplit(page.url).path.endswith(".md")
        extracted = parser.extract(as_utf8(page.body, page.charset), ".md" if markdown else ".txt")
    else:
        raise ArticleError(f"It is {page.content_type}, no article. Web pages, PDF files and texts can be read.")
    if len(extracted.text.strip()) < SHORTEST_ARTICLE:
        raise ArticleError("There is almost no text in it: nothing to search or quote.")
    source = extracted.source or (urlsplit(address).hostname or "").removeprefix("www.")
    return clean(replace(extracted, url=address, source=source), address)


def _is_html(page: Page) -> bool:
    start = page.body[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        return bool(_MARKUP.search(start)) or "html" in page.content_type
    return "html" in page.content_type
