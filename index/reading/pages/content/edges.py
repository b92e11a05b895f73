"""What stands around and amid a story's text in the part of the page that is its own, and is no part of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from index.reading.markup.tree import drop, is_links, line_of, text_length
from index.reading.metadata.stamps import stamps
from index.reading.pages.content.block import block_of
from index.reading.pages.content.entries import has_cards, has_entries
from index.reading.pages.content.told import HEADINGS, is_long, is_sentence, leads_on, look_of, tells_beside_links
from index.reading.pages.headline import headline_of

_LISTS = ("table", "ul", "ol", "dl")
_PLAIN = frozenset((*_LISTS, "blockquote", "figure", "pre"))
_BOXES = frozenset(("div", "section", "center", "details", "span"))
_TICKED = ("checkbox", "radio", "hidden", "button")
_LONGEST_BOX = 600
_MOST_LED_ON = 0.4
"""Of the text; where more of it is headlines that lead on, the story is a list of them."""


def drop_boxes(story: Any) -> None:
    """Take out of ``story`` boxes amid its text that lead to other stories, and those in which readers write."""
    block = block_of(story)
    if block is None:
        return
    for part in [one for one in (*block, *_behind(block, story)) if _asks(one)]:
        drop(part)
    looks = _looks(block)
    leading = [one for one in block if _leads_on(one, looks)]
    if sum(map(text_length, leading)) <= _MOST_LED_ON * text_length(block):
        for part in leading:
            drop(part)


def drop_edges(story: Any, writer: str | None, published: datetime | None) -> None:
    """Take out of ``story`` what stands around its text and is no part of what it tells.

    Above the text that is what says no more than where it is filed; behind it what tells nothing, what is told of
    the ``writer``, and what readers said since it was ``published``.
    """
    block = block_of(story)
    if block is None:
        return
    for part in list(_above(block, headline_of(story))):
        if (part.tag in _BOXES or part.tag in ("ul", "ol")) and not _says_something(part):
            drop(part)
    behind = list(_behind(block, story))
    told = [_tells(one) and not _is_about(one, writer) and not has_entries(one, published) for one in behind]
    last = max((place for place, tells in enumerate(told) if tells), default=-1)
    for place, part in enumerate(behind):
        if not told[place] and (place > last or not _is_neutral(part)):
            drop(part)


def _looks(block: Any) -> set[tuple[str, str]]:
    """How what tells looks in ``block``."""
    return {look_of(one) for one in block if is_sentence(one)}


def _above(block: Any, headline: Any) -> Iterator[Any]:
    """The parts between ``headline`` and what ``block`` tells."""
    if headline is None:
        return
    around = [block, *block.iterancestors()]
    first = headline
    while first.getparent() is not None and first.getparent() not in around:
        yield from first.itersiblings()
        first = first.getparent()
    shared = first.getparent()
    for one in first.itersiblings():
        if one in around or is_sentence(one):
            break
        yield one
    for holder in around[: around.index(shared)] if shared in around else ():
        if holder.getparent() is not shared:
            yield from holder.itersiblings(preceding=True)


def _behind(block: Any, story: Any) -> Iterator[Any]:
    """The parts behind ``block`` in ``story``."""
    while block is not story:
        yield from [one for one in block.itersiblings() if isinstance(one.tag, str)]
        block = block.getparent()


def _says_something(part: Any) -> bool:
    if next(part.iter("table", "dl"), None) is not None or _is_headed_list(part):
        return True
    return is_long(part) and not stamps(line_of(part))


def _is_headed_list(part: Any) -> bool:
    """Whether ``part`` is a list under a heading, as ingredients are, none of whose items is a link."""
    items = list(part.iter("li"))
    return bool(items) and next(part.iter(*HEADINGS), None) is not None and not any(map(is_links, items))


def _leads_on(part: Any, looks: set[tuple[str, str]]) -> bool:
    """Whether ``part`` of a text leads to other stories: it is links and has not the look of what tells."""
    if part.tag in _BOXES:
        return leads_on(part) or has_cards(part)
    return part.tag == "p" and bool(part.get("class")) and look_of(part) not in looks and is_links(part)


def _asks(part: Any) -> bool:
    """Whether ``part`` is a short box in which readers write something: an address, a comment."""
    if part.tag not in _BOXES:
        return False
    fields = (one for one in part.iter("form", "textarea", "input") if one.get("type") not in _TICKED)
    return next(fields, None) is not None and text_length(part) <= _LONGEST_BOX


def _tells(part: Any) -> bool:
    """Whether ``part`` says something: in sentences, in a list, or as the heading of what follows."""
    if part.tag in HEADINGS:
        following = part.getnext()
        return following is not None and following.tag not in HEADINGS
    if not text_length(part) or leads_on(part) or has_cards(part):
        return False
    above = part.getprevious()
    if part.tag == "p" or tells_beside_links(part) or (above is not None and above.tag in HEADINGS):
        return True
    if part.tag in _PLAIN:
        return not any(map(is_links, part.iter("li", "dt", "dd")))
    headed = next(part.iter(*HEADINGS, "table", "strong", "b"), None) is not None
    return headed and (any(not is_links(one) for one in part.iter(*_LISTS)) or any(map(is_long, part.iter("p"))))


def _is_neutral(part: Any) -> bool:
    """Whether ``part``, which does not tell by itself, may belong to what is told before and behind it."""
    return not is_links(part) and not has_cards(part) and next(part.iter(*_LISTS), None) is not None


def _is_about(part: Any, writer: str | None) -> bool:
    """Whether ``part`` has the ``writer``'s name above what it says, as what tells of her has it."""
    if not writer or not line_of(part).startswith(writer):
        return False
    return any(line_of(one) == writer for one in part.iterdescendants("*"))
