"""A page saved in one file with all that it shows: MHTML (RFC 2557) by most browsers, as a plist by Safari."""

from __future__ import annotations

import email
import email.policy
import plistlib
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from xml.parsers.expat import ExpatError

from index.errors import ArticleError
from index.reading.extracted import Extracted
from index.reading.metadata.addresses import canonical_address
from index.reading.metadata.fields import web_address
from index.reading.metadata.outlets import outlet_of
from index.reading.pages.html import read_html
from index.told import tell

_NO_PAGE = tell("No article was found in this page. Save the article's own page, or its text.")


def read_mhtml(data: bytes) -> Iterator[Extracted]:
    """The article on the page, not what its frames show. Raises ``ArticleError`` if there is none."""
    archive = email.message_from_bytes(data, policy=email.policy.default)
    root = _root(archive)
    if root is None:
        raise ArticleError(_NO_PAGE)
    page = root.get_payload(decode=True)
    address = archive.get("Snapshot-Content-Location") or root.get("Content-Location")
    yield _article(page if isinstance(page, bytes) else b"", root.get_content_charset(), str(address or ""))


def read_safari_archive(data: bytes) -> Iterator[Extracted]:
    """The article on the page. Raises ``ArticleError`` if there is none."""
    try:
        page = plistlib.loads(data)["WebMainResource"]
        content, encoding = page["WebResourceData"], page.get("WebResourceTextEncodingName")
        address = str(page.get("WebResourceURL", ""))
    except (plistlib.InvalidFileException, ExpatError, LookupError, TypeError, AttributeError, ValueError):
        raise ArticleError(_NO_PAGE) from None
    if not isinstance(content, bytes):
        raise ArticleError(_NO_PAGE)
    yield _article(content, encoding if isinstance(encoding, str) else None, address)


def _root(archive: EmailMessage) -> EmailMessage | None:
    """The part that the others belong to: the first page, unless another is named as the one to start with."""
    pages = [part for part in archive.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = archive.get_param("start")
    return next((page for page in pages if start and page.get("Content-ID") == start), next(iter(pages), None))


def _article(page: bytes, charset: str | None, stated: str) -> Extracted:
    location = web_address(stated)
    found = read_html(page, location, charset)
    address = canonical_address(location, found.url) if location else web_address(found.url)
    return replace(found, url=address, source=outlet_of(address, found.source) if address else found.source)
