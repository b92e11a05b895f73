"""Articles that are no text from beginning to end: lists are told as lists, live blogs from the newest post on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answer.engines.engine import Claim, Draft
from bot.answer.evidence.citations import CitationBook
from bot.summary.live import live_drafts
from bot.summary.summary import Summary
from index.library import Library
from index.reading.cleaning.boilerplate import is_boilerplate
from index.search import Hit

IS_A_LIST = "The article is a list (results, fixtures or figures): its first lines are told as they stand."

_LINES = 12
"""The lines of a list that are told: they are shorter than sentences."""
_FEWEST = 3
_MOSTLY = 0.5
"""The share of an article's lines that are items of a list, where it is one."""
_LONGEST_ITEM = 120
_LONGEST_LIST = 2000
_ENDS = re.compile(r"[.!?…][\"”“»’')\]]*$")
_PLACE = re.compile(r"\W*\d{1,3}[.)]\s")
_PAIR = re.compile(r"\s[-–—:/]\s")


def laid_out(
    library: Library, summary: Summary, text: str, hits: Sequence[Hit], count: int, length: int | None
) -> Summary | None:
    """``summary`` of a list (results, fixtures, a table) or of a live blog; None for any other article.

    ``text`` is the article's. ``length``: how many points were asked for, if it was said; else ``count``, and of
    a list more.
    """
    listed = list_drafts(hits)
    drafts = listed[: length or _LINES] or live_drafts(library, text, hits, count)
    book = CitationBook(hits)
    points = tuple(sentence for draft in drafts if (sentence := book.quote(draft)))
    if not points:
        return None
    return replace(summary, points=points, citations=book.citations, notes=(IS_A_LIST,) if listed else ())


def list_drafts(hits: Sequence[Hit]) -> list[Draft]:
    """The items of an article that is a list, word for word in their order; empty if it is none."""
    lines = [
        (hit, line)
        for hit in hits
        for line in map(str.strip, hit.passage.text.split("\n"))
        if line and not is_boilerplate(line)
    ]
    items = [line for _, line in lines if _is_item(line)]
    if len(items) < _FEWEST or len(items) < _MOSTLY * len(lines):
        return []
    return [Draft(line, (_claim(hit, line, items),)) for hit, line in lines if _is_item(line)]


def _claim(hit: Hit, line: str, items: Sequence[str]) -> Claim:
    """The evidence of an item: its whole list, for a line alone may be taken for a heading."""
    text = hit.passage.text
    first = min(text.index(item) for item in items if item in text)
    last = max(text.rindex(item) + len(item) for item in items if item in text)
    return Claim(hit.passage.id, text[first:last] if last - first <= _LONGEST_LIST else line)


def _is_item(line: str) -> bool:
    """Whether a line has numbers, or two sides of a pair, and no sentence's end."""
    numbered = any(map(str.isdigit, line)) or bool(_PAIR.search(line))
    return numbered and len(line) <= _LONGEST_ITEM and (not _ENDS.search(line) or bool(_PLACE.match(line)))
