"""A page as it was fetched -> Article."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

from index.article import Article
from index.clean import clean
from index.errors import ArticleError
from index.extract import Extracted, extract, read_html
from index.fetch import Page
from index.sources.addresses import canonical_address
from index.sources.walls import SHORTEST_ARTICLE, why_no_article

_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|article|meta|title|div|p)[\s>]", re.IGNORECASE)


def read_page(page: Page, asked: str) -> Article:
    """The article on ``page``, which the URL ``asked`` led to. Its id and its URL are its canonical address.

    What the content is decides how it is read; the content type only where the content doesn't tell. Raises
    ``ArticleError`` with what the page is if it is no article.
    """
    address = canonical_address(page.url)
    if page.body.lstrip()[:5] == b"%PDF-":
        extracted = extract(page.body, ".pdf")
    elif _is_html(page):
        extracted, address = _read_html(page, asked)
    elif page.content_type.startswith("text/") or page.content_type in ("", "application/octet-stream"):
        markdown = page.content_type == "text/markdown" or urlsplit(page.url).path.endswith(".md")
        extracted = extract(_as_utf8(page), ".md" if markdown else ".txt")
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


def _read_html(page: Page, asked: str) -> tuple[Extracted, str]:
    markup = _as_utf8(page)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        tree = lxml.html.document_fromstring(markup, parser=parser)
    except lxml.etree.LxmlError:
        raise ArticleError("There is nothing in this page. Check the address.") from None
    declared = tree.xpath("string(//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href)")
    found: Extracted | None = None
    reason = ""
    try:
        found = read_html(page.body, page.url, page.charset)
    except ArticleError as error:
        reason = str(error)
    if found and len(found.text) >= SHORTEST_ARTICLE:
        title, text = found.title, found.text
    else:
        title, text = " ".join(tree.xpath("string(//title)").split()), _visible_text(tree)
    wall = why_no_article(asked, page.url, markup.decode(errors="replace"), title, text)
    if wall or found is None:
        raise ArticleError(wall or reason)
    return found, canonical_address(page.url, declared)


def _visible_text(tree: lxml.html.HtmlElement) -> str:
    texts = tree.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
    return "\n".join(line for text in texts if (line := " ".join(text.split())))


def _as_utf8(page: Page) -> bytes:
    """The body in UTF-8: as it is, or out of the encoding that the server named, as far as either fits."""
    for encoding in ("utf-8", page.charset, "utf-16" if page.body[:2] in (b"\xff\xfe", b"\xfe\xff") else None):
        try:
            if encoding:
                return page.body.decode(encoding).encode()
        except (UnicodeError, LookupError):
            continue
    return page.body
