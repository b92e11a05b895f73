"""Round-ups, such as "Five things to know": unrelated items under headings, each told by how it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.answer.evidence.citations import CitationBook
from bot.summary.quoting import Point
from bot.summary.summary import Summary
from index.library import Library
from index.reading.cleaning.boilerplate import is_boilerplate
from index.search import Hit
from index.text.datelines import is_dateline
from index.told import tell

IS_A_ROUND_UP = tell(
    "The article is a round-up of {items} items: the headings of {shown} are told, and how their texts begin."
)

_FEWEST = 4
_MOSTLY = 0.7
"""The share of an article's text that stands below headings, where it is a round-up."""
_LONGEST_HEADING = 60
_SHORTEST_TEXT = 100
_COMPARED = 12
_APART = 1.1
"""How alike items of a round-up are at most, in the median, on the scale ``Calibration.apart``: sections of a
story have more. Found on 598 articles of the news, of which about 35 are round-ups."""
_NUMBERED = re.compile(r"\W{0,2}\d{1,2}[.):]\s?\S")
_ENDS = re.compile(r"[.!?…:,;][\"”“»’')\]]*$")


@dataclass(frozen=True, slots=True)
class _Item:
    heading: str
    start: int
    end: int


def round_up(library: Library, summary: Summary, text: str, hits: Sequence[Hit], count: int) -> Summary | None:
    """``summary`` of a round-up, the first ``count`` items by their headings; None for any other article.

    ``text`` is the article's.
    """
    items = list(_items(text))
    below = sum(item.end - item.start for item in items)
    if len(items) < _FEWEST or below < _MOSTLY * len(text):
        return None
    begins = _beginnings(items, statements(hits))
    if len(begins) < _FEWEST or not _unrelated(library, begins):
        return None
    numbered = [line for line in text.splitlines() if _NUMBERED.match(line) and _may_head(line.strip())]
    if len(numbered) >= _FEWEST:  # what stands behind the numbered ones are other matters
        begins = [(item, point) for item, point in begins if _NUMBERED.match(item.heading)] or begins
    book = CitationBook(hits)
    points = tuple(
        replace(sentence, part=item.heading)
        for item, point in begins[:count]
        if (sentence := book.quote(point.draft))
    )
    note = IS_A_ROUND_UP.given(items=max(len(begins), len(numbered)), shown=len(points))
    return replace(summary, points=points, citations=book.citations, notes=(note,))


def _items(text: str) -> Iterator[_Item]:
    """The headings of ``text``, and where what stands below each begins and ends."""
    lines = [(found.start(), found[0].strip()) for found in re.finditer(r"[^\n]*\S[^\n]*", text)]
    heads = [
        number
        for number, ((_, line), (_, below)) in enumerate(pairwise(lines))
        if _may_head(line) and len(below) >= _SHORTEST_TEXT
    ]
    ends = [*(lines[number][0] for number in heads[1:]), len(text)]
    for number, end in zip(heads, ends, strict=False):
        yield _Item(lines[number][1], lines[number + 1][0], end)


def _may_head(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and not (_ENDS.search(line) or is_dateline(line) or is_boilerplate(line))


def _beginnings(items: Sequence[_Item], own: Sequence[ArticleSentence]) -> list[tuple[_Item, Point]]:
    """Each item with the first statement below its heading, those left out that have none."""
    placed = [(one.hit.passage.start + one.start, one) for one in own]
    firsts = ((item, [one for place, one in placed if item.start <= place < item.end]) for item in items)
    return [(item, Point(told[0])) for item, told in firsts if told]


def _unrelated(library: Library, begins: Sequence[tuple[_Item, Point]]) -> bool:
    told = [f"{item.heading}. {point.statement.text}" for item, point in begins[:_COMPARED]]
    vectors = library.vectors(told)
    alike = library.calibration().apart.standards(vectors @ vectors.T)
    return float(np.median(alike[np.triu_indices(len(told), 1)])) <= _APART
