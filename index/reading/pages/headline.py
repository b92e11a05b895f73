"""The headline of a page: the h1 of its story, or what such pages have in its place that mark none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from index.reading.markup.tree import line_of, text_length, weight
from index.reading.markup.words import block_text
from index.reading.metadata.stamps import stamps
from index.reading.pages.content.block import block_of
from index.text.sentences import ends_sentence

_TAGS = ("b", "strong", "font", "h2", "h3", "div", "p", "span", "center", "big")
_BESIDE = frozenset(("nav", "aside", "footer"))
_SHORTEST, _LONGEST = 12, 200
_FEWEST_WORDS = 3
_FIRST_LINES = 8


def headline_of(body: Any) -> Any:
    """The first h1 that is not the site's own name above everything."""
    found = [one for one in body.iter("h1") if text_length(one)]
    inside = [one for one in found if _BESIDE.isdisjoint(parent.tag for parent in one.iterancestors())]
    for one in inside:
        above = next((parent for parent in one.iterancestors("header")), None)
        if above is None or any(parent.tag in ("article", "main") for parent in above.iterancestors()):
            return one
        if len(inside) == 1:
            return one
    return inside[0] if inside else None


def mark_headline(root: Any, page_title: str) -> None:
    """Make an h1 of the headline where a page has no h1, or none but the name of its site.

    That is what the page's title begins or ends with, in a heading if it stands in one, else the longest; or the
    line above that of the author and the day.
    """
    body = root.find("body")
    if body is None:
        return
    marked = [one for one in body.iter("h1") if text_length(one)]
    if not all(_leads_home(one) for one in marked):
        return
    found = _as_titled(body, page_title)
    if found is None and not marked:
        found = _above_the_day(body)
    if found is None:
        return
    for one in marked:
        one.tag = "div"
    while found.getparent().tag in _TAGS and text_length(found.getparent()) == text_length(found):
        found = found.getparent()
    found.tag = "h1"


def _leads_home(heading: Any) -> bool:
    """Whether all that ``heading`` says is a link to the site's first page."""
    link = next(heading.iter("a"), None)
    if link is None or text_length(link) < text_length(heading):
        return False
    try:
        return urlsplit(link.get("href") or "/index").path in ("", "/")
    except ValueError:
        return False


def _as_titled(body: Any, page_title: str) -> Any:
    title = " ".join(page_title.split())
    headings = [one for one in body.iter("h2", "h3") if _is_part(line_of(one), title) and _is_told(one)]
    if headings:
        return max(headings, key=text_length)
    found = [one for one in _leaves(body) if _is_part(_line(one), title) and _is_headline(_line(one))]
    return max(found, key=text_length, default=None)


def _is_part(line: str, title: str) -> bool:
    """Whether ``line`` is what ``title`` begins or ends with, up to the end of a word."""
    if not line or len(line) > len(title):
        return False
    if title.startswith(line):
        return not title[len(line) : len(line) + 1].isalnum()
    return title.endswith(line) and not title[-len(line) - 1].isalnum()


def _above_the_day(body: Any) -> Any:
    block = block_of(body)
    if block is None:
        return None
    lines = [one for one in block_text(block)[0].split("\n") if one][:_FIRST_LINES]
    above = [one for one, following in pairwise(lines) if stamps(following)]
    named = [one for one in above if _is_headline(one) and not ends_sentence(one) and not stamps(one)]
    return next((one for one in _leaves(block) if named and _line(one) == named[0]), None)


def _leaves(body: Any) -> Iterator[Any]:
    return (one for one in body.iter(*_TAGS) if len(one) == 0 and one.text and _is_told(one))


def _is_headline(line: str) -> bool:
    """Whether ``line`` has the length of one; scripts without spaces have a word a letter."""
    wide = (weight(line) - len(line)) // 2
    return weight(line) >= _SHORTEST and len(line.split()) + wide >= _FEWEST_WORDS and len(line) <= _LONGEST


def _line(element: Any) -> str:
    return " ".join((element.text or "").split())


def _is_told(element: Any) -> bool:
    return (
        _BESIDE.isdisjoint(one.tag for one in element.iterancestors())
        and next((one for one in element.iterancestors("a")), None) is None
    )
