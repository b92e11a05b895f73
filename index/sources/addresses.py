"""The one address of an article among the several that lead to it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from tld import get_fld

# Parameters that say where a reader came from, or which rendering is wanted; they never say which article.
_NOISE = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|amp)(?:=.*)?|outputtype=amp", re.IGNORECASE
)
_PORTS = {"http": 80, "https": 443}
_LINK = re.compile(rb"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"""\brel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s>]+))""", re.IGNORECASE)
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
            if target.scheme in _PORTS and target.hostname and _same_site(url, target) and not front_page:
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


def _same_site(url: str, other: SplitResult) -> bool:
    if urlsplit(url).hostname == other.hostname:
        return True
    site = get_fld(url, fail_silently=True)
    return site is not None and site == get_fld(urlunsplit(other), fail_silently=True)


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
