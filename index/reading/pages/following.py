"""Where a page says the reader is to go on: to the next page of the same story, or to where it moved."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from index.errors import ArticleError
from index.reading.metadata.outlets import same_site
from index.reading.pages.stated import stated_base

_REFRESH = re.compile(r"""\s*\d{1,3}(?:\.\d*)?\s*[;,]\s*url\s*=\s*["']?([^"'\s]+)""", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?P<stem>.*?)(?:[-_,/.](?:(?:page|seite|pagina|pag|side|sida|sivu|strona|str|p)[-_/.]?)?(?P<number>\d{1,2}))?"
    r"(?P<kind>\.[A-Za-z]{2,5})?/?",
    re.IGNORECASE,
)
_PARAMETERS = {"page", "seite", "pagina", "pag", "p", "pg", "paged", "side", "sida", "sivu", "strona", "str"}


class MovedError(ArticleError):
    """There is no article on a page, but the ``address`` at which it sends its readers on."""

    def __init__(self, address: str, reason: object) -> None:
        super().__init__(reason)
        self.address = address


def moved_to(root: Any, url: str) -> str | None:
    """Where ``<meta http-equiv=refresh>`` of the page at ``url`` leads, if that is another page of its site."""
    start = _start(root, url)
    for tag in root.iter("meta"):
        if (tag.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        if found := _REFRESH.match(tag.get("content") or ""):
            return _on_site(found[1], start, url)
    return None


def next_page(root: Any, url: str) -> str | None:
    """The address of the next page of the story that the page at ``url`` begins or goes on with.

    It differs from ``url`` in nothing but the number of the page, which is one more.
    """
    own, start = _numbered(url), _start(root, url)
    for link in root.iter("link", "a"):
        relation = (link.get("rel") or "").lower().split()
        if "next" not in relation and not (link.tag == "a" and "".join(link.itertext()).strip().isdigit()):
            continue
        address = _on_site((link.get("href") or "").strip(), start, url)
        if address and own and (there := _numbered(address)) and there == (*own[:-1], own[-1] + 1):
            return address
    return None


def page_number(url: str) -> int:
    """Which page of a story ``url`` is the address of, so far as that tells."""
    numbered = _numbered(url)
    return numbered[-1] if numbered else 1


def _start(root: Any, url: str) -> str:
    """What relative addresses on the page at ``url`` begin with."""
    try:
        return str(urljoin(url, stated_base(root)))
    except ValueError:
        return url


def _on_site(address: str, start: str, url: str) -> str | None:
    """``address`` as it is meant behind ``start``, if it is another page of the site of ``url``."""
    try:
        target = urljoin(start, address).partition("#")[0]
        parts = urlsplit(target)
        known = parts.scheme in ("http", "https") and same_site(target, url)
    except ValueError:
        return None
    return target if address and known and target != url.partition("#")[0] else None


def _numbered(url: str) -> tuple[str, str, str, int] | None:
    """What ``url`` is besides the number of its page, and that number: 1 if it has none."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    numbers = [value for name, value in query if name.lower() in _PARAMETERS]
    rest = urlencode([(name, value) for name, value in query if name.lower() not in _PARAMETERS])
    path = _NUMBERED.fullmatch(parts.path)
    if path is None or len(numbers) > 1 or (numbers and not re.fullmatch(r"\d{1,2}", numbers[0])):
        return None
    if numbers:
        return parts.netloc, parts.path.rstrip("/"), rest, int(numbers[0])
    return parts.netloc, path["stem"] + (path["kind"] or ""), rest, int(path["number"] or 1)
