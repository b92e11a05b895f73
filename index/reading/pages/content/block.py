"""Where on a page its story stands: the part that holds most of its running text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

import lxml.etree  # type: ignore[import-untyped]

from index.reading.markup.tree import weight

_BLOCKS = frozenset(
    "article blockquote body center dd details div dl dt h1 h2 h3 h4 h5 h6 header html li main ol p pre section "
    "table tbody td th tr ul".split()
)
_NOT_TOLD = frozenset(
    "a aside button figure footer form iframe nav noscript script select style svg template textarea".split()
)
_PARAGRAPH = 40
_SHORTEST = 200
_LEAST, _MOST, _NEARLY_ALL = 0.25, 0.5, 0.75
"""Of the running text; a part with less of it is one of several that a story is told in."""


def holder(body: Any, headline: Any) -> Any:
    """The smallest part of a page with its ``headline`` and most of what is told; None if that is all of it."""
    told = _told(body)
    block = _block(body, told, _NEARLY_ALL)
    if block is None:
        return None
    around = {headline, *headline.iterancestors()}
    found = next((one for one in (block, *block.iterancestors()) if one in around), body)
    return None if found.tag in ("body", "html") else found


def tells_some(part: Any, body: Any, others: Collection[Any]) -> bool:
    """Whether ``part`` holds more than a little of what ``body`` tells besides ``others``, if it does."""
    apart = set(others)
    told = {one: length for one, length in _told(body).items() if apart.isdisjoint((one, *one.iterancestors()))}
    inside = sum(length for one, length in told.items() if part is one or part in one.iterancestors())
    return inside >= _LEAST * sum(told.values())


def block_of(story: Any) -> Any:
    """The smallest part of ``story`` that holds most of what is told in it; None if there is hardly anything."""
    return _block(story, _told(story), _MOST)


def _block(story: Any, told: Mapping[Any, int], share: float) -> Any:
    whole = sum(told.values())
    if whole < _SHORTEST:
        return None
    held: dict[Any, int] = defaultdict(int)
    own: dict[Any, int] = defaultdict(int)
    for element, length in told.items():
        own[element if element is story else _container(element, story)] += length
        for part in (element, *element.iterancestors()):
            held[part] += length
            if part is story:
                break
    block = max(own, key=own.__getitem__)
    while held[block] < share * whole and block is not story:
        block = block.getparent()
    return block


def _container(paragraph: Any, story: Any) -> Any:
    """What holds ``paragraph`` beside others; one that is parted by line ends holds its own."""
    if paragraph.tag in ("td", "th", "body") or sum(1 for _ in paragraph.iter("br")) > 1:
        return paragraph
    parent = paragraph.getparent()
    return parent.getparent() if paragraph.tag == "li" and parent is not story else parent


def _told(story: Any) -> dict[Any, int]:
    """The elements of ``story`` that say something outside of links, as paragraphs do, and how much."""
    found: dict[Any, int] = defaultdict(int)
    blocks = [story]
    walk = lxml.etree.iterwalk(story, events=("start", "end"), tag="*")
    for event, element in walk:
        if event == "start":
            if element.tag in _NOT_TOLD:
                walk.skip_subtree()
                continue
            if element.tag in _BLOCKS and element is not story:
                blocks.append(element)
            found[blocks[-1]] += _weight(element.text)
            continue
        if element is blocks[-1] and element is not story:
            blocks.pop()
        if element is not story:
            found[blocks[-1]] += _weight(element.tail)
    return {one: length for one, length in found.items() if length >= _PARAGRAPH}


def _weight(text: str | None) -> int:
    return weight(text.strip()) if text else 0
