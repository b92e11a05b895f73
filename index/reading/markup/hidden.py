"""What a page holds but does not show: it is no part of what the page says, and may be put there to mislead."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from index.reading.markup.sheets import hidden_by_rules
from index.reading.markup.styles import OTHERWISE, hides_by
from index.reading.markup.tree import drop

_FOR_READERS_ALOUD = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|screenreader(?:-only)?|a11y-hidden|offscreen|off-screen)(?:\s|$)",
    re.IGNORECASE,
)
_MOST_OF_IT = 0.5
"""A part with more of the page's text than this is shown by a script sooner or later: it is the page."""


def remove_hidden(root: Any) -> None:
    """Take out of a tree what its browser would not show, as far as attributes and its own style sheets tell.

    What is transparent together may be the page, too: sites let its parts appear as one scrolls down to them.
    """
    hidden: dict[str, list[Any]] = defaultdict(list)
    for element, name in (*_stated(root), *hidden_by_rules(root)):
        hidden[name].append(element)
    if "opacity" in hidden and _told(hidden["opacity"]) > _MOST_OF_IT * _told([root]):
        del hidden["opacity"]
    whole = _length(root)
    for element in (one for elements in hidden.values() for one in elements):
        if element.getparent() is None or element.tag in ("html", "body", "head"):
            continue
        if _length(element) <= _MOST_OF_IT * whole:
            drop(element)


def _length(element: Any) -> int:
    """How much ``element`` says to readers, not to browsers."""
    return _written(element) - sum(map(_written, element.iter("script", "style")))


def _written(element: Any) -> int:
    return sum(len(text) for text in element.itertext() if not text.isspace())


def _told(elements: Sequence[Any]) -> int:
    """How much ``elements`` say besides links, what is inside of others counted once."""
    among = set(elements)
    outer = [one for one in elements if among.isdisjoint(one.iterancestors())]
    return sum(_length(one) - sum(map(_length, one.iter("a"))) for one in outer)


def _stated(root: Any) -> Iterator[tuple[Any, str]]:
    """Elements that are hidden by an attribute of their own, and the property by which, if it is one of style."""
    for one in root.iter("template", "noscript"):
        yield one, OTHERWISE
    for one in root.iterfind(".//*[@hidden]"):
        if (one.get("hidden") or "").lower() != "until-found":
            yield one, OTHERWISE
    for one in root.iterfind(".//*[@aria-hidden]"):
        if (one.get("aria-hidden") or "").lower() == "true":
            yield one, OTHERWISE
    for one in root.iterfind(".//*[@style]"):
        for name in hides_by(one.get("style") or ""):
            yield one, name
    for one in root.iterfind(".//*[@class]"):
        if _FOR_READERS_ALOUD.search(one.get("class") or ""):
            yield one, OTHERWISE
