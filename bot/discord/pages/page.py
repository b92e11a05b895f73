"""What one Discord message shows, before it becomes Discord components. Knows the limits of a message.

A message of Components V2 holds 4,000 characters over all its texts and 40 components
(https://docs.discord.com/developers/components/reference).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.discord.pages.markdown import escape_within, one_line
from bot.discord.words import readings
from index.article import ArticleRef

PAGE_LIMIT = 3900
"""Characters on a page: Discord's 4,000, less some to spare."""

_STEPS = ("·", "· ·", "· · ·")
"""What stands at the end of a line that goes on, one after the other."""

MAX_ITEMS = 10
"""Items of a list that are named; the others are counted."""


class Mood(Enum):
    """What the colour at a message's edge says."""

    WORKING = 0x5865F2
    DONE = 0x2D7D46
    DISPUTED = 0xD9822B
    ABSTAINED = 0xB5A642
    FAILED = 0xC0392B


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens ``url``."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """Some Discord markdown, and perhaps a link beside it; ``apart``: with a line between it and what is above."""

    text: str
    link: Link | None = None
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One message: blocks from top to bottom.

    ``cut`` tells that not everything found room. ``choices``: articles whose main points are offered.
    ``going_on``: the line that says what the bot is doing, if it is.
    """

    mood: Mood
    blocks: tuple[Block, ...]
    cut: bool = False
    choices: tuple[ArticleRef, ...] = ()
    going_on: str = ""

    @property
    def length(self) -> int:
        """Characters of all texts, as Discord counts them."""
        return sum(len(block.text) for block in self.blocks)


def notice(text: str, mood: Mood) -> Page:
    """A page of one block; ``text`` is Discord markdown from ``words``."""
    return Page(mood, (Block(text),))


def moved(page: Page, step: int) -> Page:
    """``page`` so many steps later: whoever waits sees that something goes on."""
    if not step or not page.going_on:
        return page
    line = f"{page.going_on} {_STEPS[step % len(_STEPS) - 1]}"
    blocks = tuple(replace(block, text=block.text.replace(page.going_on, line)) for block in page.blocks)
    return replace(page, blocks=blocks)


def failure(text: str) -> Page:
    """The reason why something was not done. ``text`` is plain: it may repeat what somebody wrote."""
    return Page(Mood.FAILED, (Block(escape_within(text, PAGE_LIMIT)),))


def list_page(text: str, failed: Sequence[str], done: Sequence[str] = ()) -> Page:
    """``text`` (markdown), and below it the first ten of each of two lists of plain items."""
    blocks = [Block(_list(items, room)) for items, room in ((failed, 240), (done, 110)) if items]
    return Page(Mood.FAILED if failed else Mood.DONE, (Block(text), *blocks))


def _list(items: Sequence[str], room: int) -> str:
    lines = ["- " + escape_within(one_line(item), room) for item in items[:MAX_ITEMS]]
    if len(items) > MAX_ITEMS:
        lines.append(readings.MORE(count=len(items) - MAX_ITEMS))
    return "\n".join(lines)
