"""What stands beside a story and between its paragraphs: asides, captions, boxes of links, forms, its byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.reading.markup.tree import attached, drop, text_length
from index.reading.phrases import phrases

_MOST_OF_IT = 0.5
_TOKEN = r"(?:^|[\s_-]){}(?:$|[\s_-])"
_TAGS = ("aside", "figcaption", "nav", "footer", "form", "dialog")
_ROLES = ("complementary", "navigation", "dialog", "alert", "banner", "search")
_NAMED_BY = ("class", "id", "data-hook", "data-testid", "data-component")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OF_A_PARAGRAPH = re.compile(_TOKEN.format("(?:caption|credit|read-?more|copyright)"), re.IGNORECASE)
_WHOLE_PARTS = frozenset(("html", "body", "main", "h1"))
_FEWEST_LINKS = 2
_MARKS = re.compile(r"[\[\]|·•/]*")
_SAME_PAGE = re.compile(r"#[\w-]")
_TEXTS = frozenset(("p", "li", "td", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"))
_IN_A_LINE = frozenset(("b", "em", "font", "i", "small", "span", "strong", "u"))
_WORD = re.compile(r"\w")


def remove_beside(story: Any) -> None:
    """Take out what is not told in ``story``, unless that would be most of it; its day and author are known."""
    whole = text_length(story)
    for element in list(_beside(story)):
        if element is not story and attached(element, story) and text_length(element) <= _MOST_OF_IT * whole:
            drop(element)


def _beside(story: Any) -> Iterator[Any]:
    beside, byline = phrases("beside", _TOKEN), phrases("byline", _TOKEN)
    for element in story.iter():
        if not isinstance(element.tag, str) or element.tag in _WHOLE_PARTS:
            continue
        marks = _CAMEL.sub("-", " ".join(element.get(name) or "" for name in _NAMED_BY))
        if (
            (element.tag in _TAGS and not _tells_who_said(element))
            or (element.get("role") or "") in _ROLES
            or (element.tag == "a" and _SAME_PAGE.match(element.get("href") or "") and _leads_in(element))
            or (_OF_A_PARAGRAPH if element.tag == "p" else beside).search(marks)
            or _is_row_of_links(element)
            or (byline.search(marks) and not any(parent.tag == "p" for parent in element.iterancestors()))
        ):
            yield element


def _is_row_of_links(element: Any) -> bool:
    """Whether ``element`` is links and marks between them: [ print | tell a friend ]."""
    if len(element) < _FEWEST_LINKS or any(one.tag != "a" for one in element):
        return False
    between = [(element.text or "").strip(), *((one.tail or "").strip() for one in element)]
    return any(between) and all(_MARKS.fullmatch(one) for one in between)


def _leads_in(link: Any) -> bool:
    """Whether ``link`` leads to a part of its page, and stands in no text itself."""
    if any(parent.tag in _TEXTS for parent in link.iterancestors()):
        return False
    for parent in link.iterancestors():
        if any(_WORD.search(text or "") for text in (parent.text, *(one.tail for one in parent))):
            return False
        if parent.tag not in _IN_A_LINE:
            break
    return True


def _tells_who_said(element: Any) -> bool:
    """Whether ``element`` is the foot of a quotation."""
    return element.tag == "footer" and any(parent.tag == "blockquote" for parent in element.iterancestors())
