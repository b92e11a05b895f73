"""What readers say below a story, however much it is: blocks of one look, each of which can be replied to."""

from __future__ import annotations

import re
from typing import Any

from index.reading.markup.tree import attached, drop
from index.reading.phrases import phrases

_LONGEST = 30


def remove_comments(root: Any) -> None:
    """Take the comments of readers out of a page."""
    reply = phrases("reply", r"\W*{}\W*(?:\(?\d+\)?)?\W*")
    buttons = [one for one in root.iter("a", "button", "span") if _is_reply(one, reply)]
    around = {part for button in buttons for part in (button, *button.iterancestors())}
    blocks = dict.fromkeys(block for one in buttons if (block := _block(one, around)) is not None)
    for block in blocks:
        if attached(block, root):
            drop(block)


def _is_reply(element: Any, reply: re.Pattern[str]) -> bool:
    text = "".join(element.itertext()).strip()
    return 0 < len(text) <= _LONGEST and reply.fullmatch(text) is not None


def _block(button: Any, around: set[Any]) -> Any:
    """The innermost part around ``button`` that stands beside another of its look with such a button in it."""
    for part in button.iterancestors():
        if part.tag in ("body", "main", "article", "html"):
            return None
        if any(one in around and _look(one) == _look(part) for one in (part.getprevious(), part.getnext())):
            return part
    return None


def _look(element: Any) -> tuple[Any, str]:
    return element.tag, (element.get("class") or "").partition(" ")[0]
