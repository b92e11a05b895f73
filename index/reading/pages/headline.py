"""The headline of a page that marks none, as pages of old are: what stands there as its title has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.reading.markup.tree import text_length

_TAGS = ("b", "strong", "font", "h2", "h3", "div", "p", "span", "center", "big")
_SHORTEST = 12
_FEWEST_WORDS = 3


def mark_headline(root: Any, title_parts: Sequence[str]) -> None:
    """Make an h1 of what the longest of ``title_parts`` (of the page's title) is written in, if there is no h1."""
    parts = [" ".join(part.split()) for part in title_parts]
    longest = max(parts, key=len, default="")
    wide = sum(character >= "\u2e80" for character in longest)
    if len(longest) + wide < _SHORTEST or len(longest.split()) + wide < _FEWEST_WORDS:
        return
    body = root.find("body")
    if body is None or any("".join(one.itertext()).strip() for one in body.iter("h1")):
        return
    if any(_key(one) in parts and _key(one) != longest for one in body.iter("h2", "h3")):
        return  # the page marks its headline, and the longest part is the site's name
    for element in body.iter(*_TAGS):
        if len(element) == 0 and _key(element) == longest and not _is_link(element):
            while element.getparent().tag in _TAGS and text_length(element.getparent()) == text_length(element):
                element = element.getparent()
            element.tag = "h1"
            return


def _key(element: Any) -> str:
    return " ".join((element.text or "").split())


def _is_link(element: Any) -> bool:
    return any(parent.tag in ("a", "nav", "aside", "footer") for parent in element.iterancestors())
