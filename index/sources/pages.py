"""A page as it was fetched -> Article."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]
from tld import get_fld

from index.article import Article
from index.clean import clean
from index.errors import ArticleError
from index.extract import Extracted, extract, read_html
from index.fetch import Page
from index.sources.walls import SHORTEST_ARTICLE, why_no_article

_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|article|meta|title|div|p)[\s>]", re.IGNORECASE)
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid)(?:=|$)", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


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


def canonical_address(url: str, declared: str | None = None) -> str:
    """The one address of the page at ``url``: without fragment, default port and tracking parameters.

    ``declared`` is what the page calls its canonical URL. It counts if it is of the same site (registrable
    domain), so that no page can pass for another site's, and unless it is the front page, which careless
    sites declare for every article.
    """
    if declared:
        try:
            target = urlsplit(urljoin(url, declared.strip()))
            front_page = target.path in ("", "/") and not target.query
            if target.scheme in _PORTS and target.hostname and _same_site(url, target) and not front_page:
                return _plain_address(target)
        except ValueError:
            pass  # not a URL at all
    return _plain_address(urlsplit(url))


def _plain_address(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    query = "&".join(pair for pair in parts.query.split("&") if not _TRACKING.match(pair))
    return urlunsplit((parts.scheme, host + port, parts.path or "/", query, ""))


def _same_site(url: str, other: SplitResult) -> bool:
    if urlsplit(url).hostname == other.hostname:
        return True
    site = get_fld(url, fail_silently=True)
    return site is not None and site == get_fld(urlunsplit(other), fail_silently=True)


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
