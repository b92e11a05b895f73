"""Articles that are no text from beginning to end: lists, live blogs (from the newest post on), round-ups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import groupby, islice

from bot.answer.engines.engine import Claim, Draft
from bot.answer.evidence.citations import CitationBook
from bot.summary.live import live_drafts
from bot.summary.roundup import round_up
from bot.summary.summary import Summary
from index.library import Library
from index.reading.cleaning.boilerplate import is_boilerplate
from index.search import Hit
from index.text.names import names_in
from index.told import tell

IS_A_LIST = tell("The article is a list (results, fixtures or figures): its first lines are told as they stand.")

_LINES = 12
"""The lines of a list that are told: they are shorter than sentences."""
_SENTENCES = 2
"""What a list says besides in sentences, and is told with it: "The match is played without spectators." """
_FEWEST = 3
_MOSTLY = 0.5
"""The share of an article's text that items of a list are, where it is one."""
_LONGEST_ITEM = 120
_LONGEST_SHAPE = 9
_LONGEST_LIST = 2000
_ENDS = re.compile(r"[.!?…][\"”“»’')\]]*$")
_PLACE = re.compile(r"\W*\d{1,3}[.)]\s")
_PAIR = re.compile(r"\s[-–—:/]\s")
_BETWEEN = re.compile(r"(?<=[;|•])\s+|(?<=[^\W\d]{2}[.,])\s+|(?<=\d[.,])\s+(?=[^\W\d])")
"""Where items of a list that runs on in one line part."""
_TOKEN = re.compile(r"(?P<number>\d[\d.,:/-]*)|(?P<word>[^\W\d][\w.'’-]*(?: [^\W\d][\w.'’-]*)*)|(?P<mark>[^\w\s])")


def laid_out(
    library: Library, summary: Summary, text: str, hits: Sequence[Hit], count: int, length: int | None
) -> Summary | None:
    """``summary`` of a list (results, fixtures, a table), a live blog or a round-up; None for any other article.

    ``text`` is the article's. ``length``: how many points were asked for, if it was said; else ``count``, and of
    a list more.
    """
    listed = list_drafts(hits, length or _LINES)
    drafts = listed or live_drafts(library, text, hits, count)
    book = CitationBook(hits)
    points = tuple(sentence for draft in drafts if (sentence := book.quote(draft)))
    if not points:
        return round_up(library, summary, text, hits, count)
    return replace(summary, points=points, citations=book.citations, notes=(IS_A_LIST,) if listed else ())


def list_drafts(hits: Sequence[Hit], count: int = _LINES) -> list[Draft]:
    """``count`` lines of an article that is a list, word for word in their order; empty if it is none.

    A list is told by its shape, whatever its words are: most of it are short lines with numbers or two sides, or
    of the same pattern of words and numbers.
    """
    lines = [
        (hit, part)
        for hit in hits
        for line in map(str.strip, hit.passage.text.split("\n"))
        if line and not is_boilerplate(line)
        for part in _parts(line)
    ]
    shapes = Counter(_shape(line) for _, line in lines)
    items = [line for _, line in lines if _is_item(line, shapes)]
    size = sum(len(line) for _, line in lines)
    if len(items) < _FEWEST or sum(map(len, items)) < _MOSTLY * size:
        return []
    listed = set(items)
    named = set(names_in("\n".join(items)))
    sentences = (
        line for _, line in lines if line not in listed and _ENDS.search(line) and _goes_with(line, named)
    )
    told = list(islice(sentences, min(_SENTENCES, count // 2)))
    told += items[: count - len(told)]
    return [
        Draft(line, (_claim(hit, line, items) if line in listed else Claim(hit.passage.id, line),))
        for hit, line in lines
        if line in told
    ]


def _goes_with(sentence: str, named: AbstractSet[str]) -> bool:
    """Whether a sentence beside a list gives a number, or names what the list does: no "Download our app." """
    return any(map(str.isdigit, sentence)) or bool(named & set(names_in(sentence)))


def _parts(line: str) -> list[str]:
    """A line, or the items of the list that runs on in it."""
    parts = _BETWEEN.split(line)
    shapes = Counter(map(_shape, parts))
    return parts if any(_repeats(part, shapes) for part in parts) and len(line) > _LONGEST_ITEM else [line]


def _claim(hit: Hit, line: str, items: Sequence[str]) -> Claim:
    """The evidence of an item: its whole list, for a line alone may be taken for a heading."""
    text = hit.passage.text
    first = min(text.index(item) for item in items if item in text)
    last = max(text.rindex(item) + len(item) for item in items if item in text)
    return Claim(hit.passage.id, text[first:last] if last - first <= _LONGEST_LIST else line)


def _is_item(line: str, shapes: Mapping[tuple[str, ...], int]) -> bool:
    """Whether a line has numbers, or two sides of a pair, and no sentence's end; or the shape of others."""
    if len(line) > _LONGEST_ITEM:
        return False
    numbered = any(map(str.isdigit, line)) or bool(_PAIR.search(line))
    return (numbered and (not _ENDS.search(line) or bool(_PLACE.match(line)))) or _repeats(line, shapes)


def _repeats(line: str, shapes: Mapping[tuple[str, ...], int]) -> bool:
    """Whether a line has a number, or two sides, in a pattern that others have, too."""
    shape = _shape(line)
    return (
        1 < len(shape) <= _LONGEST_SHAPE
        and bool({"number", "–", "-", ":"} & set(shape))
        and shapes[shape] >= _FEWEST
    )


def _shape(line: str) -> tuple[str, ...]:
    """The pattern of a line: "Saltby 0, Merrow 2." is word, number, comma, word, number."""
    kinds = [
        found[0] if found["mark"] else str(found.lastgroup) for found in _TOKEN.finditer(line.rstrip(".;,|• "))
    ]
    return tuple(kind for kind, _ in groupby(kinds))
