"""What readers say below a story, however much it is: blocks of one look, each of which can be replied to."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from index.reading.markup.tree import attached, drop, text_length
from index.reading.phrases import phrases
from index.text.sentences import ends_sentence

_LONGEST = 30


def remove_comments(root: Any) -> None:
    """Take the comments of readers out of a page, where they are surely not what it tells."""
    reply = phrases("reply", r"\W*{}\W*(?:\(?\d+\)?)?\W*")
    buttons = [one for one in root.iter("a", "button", "span") if _is_reply(one, reply)]
    around = {part for button in buttons for part in (button, *button.iterancestors())}
    found = dict.fromkeys(block for one in buttons if (block := _block(one, around)) is not None)
    half = text_length(root) / 2
    blocks = {one: size for one in found if (size := text_length(one)) <= half and not _is_headed(one)}
    if sum(blocks.values()) > half and not _tells_before(root, blocks):
        return
    for block in blocks:
        if attached(block, root):
            drop(block)


def _is_headed(block: Any) -> bool:
    return next(block.iter("h1", "h2"), None) is not None


def _tells_before(root: Any, blocks: Container[Any]) -> bool:
    """Whether there is a paragraph between the headline and the first block; else the blocks are the page."""
    below = False
    for element in root.iter():
        if element in blocks:
            return False
        below = below or element.tag == "h1"
        if below and element.tag == "p" and ends_sentence("".join(element.itertext()).strip()):
            return True
    return False


def _is_reply(element: Any, reply: re.Pattern[str]) -> bool:
    text = "".join(element.itertext()).strip()
    return 0 < len(text) <= _LONGEST and reply.fullmatch(text) is not None


def _block(button: Any, around: set[Any]) -> Any:
    """The innermost part around ``button`` that stands beside another of its look with such a button in it."""
    for part in button.iterancestors():
        if part.tag in ("body", "main", "article", "html"):
            return None
        if any(one in around and _alike(one, part) for one in (part.getprevious(), part.getnext())):
            return part
    return None


def _alike(one: Any, other: Any) -> bool:
    """Whether two parts have one look; without a class only items of a list have."""
    look = _first_class(one)
    return one.tag == other.tag and look == _first_class(other) and bool(look or one.tag == "li")


def _first_class(element: Any) -> str:
    return next(iter((element.get("class") or "").split()), "")
