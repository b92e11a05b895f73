"""A web page's HTML -> the article on it, or why there is none."""

from __future__ import annotations

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

from index.errors import ArticleError
from index.reading.extract import Extracted, read_html
from index.reading.walls import SHORTEST_ARTICLE, why_no_article
from index.sources.addresses import canonical_address


def read_html_page(data: bytes, url: str, charset: str | None, asked: str) -> tuple[Extracted, str]:
    """The article on the page at ``url``, to which the URL ``asked`` led, and its canonical address.

    ``charset`` is what the server said that ``data`` is in. Raises ``ArticleError`` with what the page is if it
    is no article.
    """
    markup = as_utf8(data, charset)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        tree = lxml.html.document_fromstring(markup, parser=parser)
    except lxml.etree.LxmlError:
        raise ArticleError("There is nothing in this page. Check the address.") from None
    declared = tree.xpath("string(//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href)")
    found: Extracted | None = None
    reason = ""
    try:
        found = read_html(data, url, charset)
    except ArticleError as error:
        reason = str(error)
    if found and len(found.text) >= SHORTEST_ARTICLE:
        title, text = found.title, found.text
    else:
        title, text = " ".join(tree.xpath("string(//title)").split()), _visible_text(tree)
    wall = why_no_article(asked, url, markup.decode(errors="replace"), title, text)
    if wall or found is None:
        raise ArticleError(wall or reason)
    return found, canonical_address(url, declared)


def as_utf8(data: bytes, charset: str | None) -> bytes:
    """``data`` in UTF-8: as it is, or out of the encoding that the server named, as far as either fits."""
    for encoding in ("utf-8", charset, "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else None):
        try:
            if encoding:
                return data.decode(encoding).encode()
        except (UnicodeError, LookupError):
            continue
    return data


def _visible_text(tree: lxml.html.HtmlElement) -> str:
    texts = tree.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
    return "\n".join(line for text in texts if (line := " ".join(text.split())))
