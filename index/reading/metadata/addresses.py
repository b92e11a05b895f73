"""The one address of an article among the several that lead to it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from index.reading.metadata.outlets import same_site

# Parameters that say where a reader came from, or which rendering is wanted; they never say which article.
_NOISE = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|amp)(?:=.*)?|outputtype=amp", re.IGNORECASE
)
_PORTS = {"http": 80, "https": 443}
_LINK = re.compile(rb"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"""\brel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s>]+))""", re.IGNORECASE)
_HEADER = re.compile(
    rb"""^[ ]{0,2}["']?(?:url|link|permalink|canonical(?:_?url)?|source)["']?[ ]{0,4}[:=]:?[ ]{0,4}["']?"""
    rb"""(https?://[^\s"',\x00-\x1f\x7f]{1,2000})["']?,?[ \t\r]*$""",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_BYTES = 16_384
# Pages say in their head what they are; nothing further down is looked at.
_HEAD = 262_144


def canonical_address(url: str, declared: str | None = None) -> str:
    """The one address of the page at ``url``: without fragment, default port, tracking and AMP parameters.

    ``declared`` is what the page calls its canonical URL. It counts if it is of the same site (registrable
    domain), so that no page can pass for another site's, and unless it is the front page, which careless
    sites declare for every article.
    """
    if declared:
        try:
            target = urlsplit(urljoin(url, declared.strip()))
            front_page = target.path in ("", "/") and not target.query
            if (
                target.scheme in _PORTS
                and target.hostname
                and same_site(url, urlunsplit(target))
                and not front_page
            ):
                return _plain_address(target)
        except ValueError:
            pass  # not a URL at all
    return _plain_address(urlsplit(url))


def _plain_address(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower().removesuffix(".")
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    query = "&".join(pair for pair in parts.query.split("&") if not _NOISE.fullmatch(pair))
    return urlunsplit((parts.scheme, host + port, parts.path or "/", query, ""))


def header_address(start: bytes) -> str | None:
    """The URL that the header of a note or a text states on a line of its own; ``start`` is the file's beginning.

    It serves to tell articles apart before any is parsed.
    """
    if not start.lstrip(b"\xef\xbb\xbf\r\n").startswith(
        (b"---", b"+++", b"{", b"url", b"URL", b"Url", b"title", b"Title")
    ):
        return None
    found = _HEADER.search(start[:_HEADER_BYTES])
    return found[1].decode("utf-8", "replace") if found else None


def stated_address(markup: bytes) -> str | None:
    """The canonical URL that an HTML file states, if it is an article's: absolute, and no front page."""
    for link in _LINK.findall(markup[:_HEAD]):
        target = _HREF.search(link)
        if target and _CANONICAL.search(link):
            url = unescape((target[1] or target[2] or target[3]).decode("utf-8", "replace").strip())
            try:
                parts = urlsplit(url)
                if parts.scheme in _PORTS and parts.hostname and (parts.path not in ("", "/") or parts.query):
                    return _plain_address(parts)
            except ValueError:
                return None
    return None
