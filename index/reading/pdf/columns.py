"""The order in which a page is read: one column after the other, below a headline that stands across them.

A simple form of the recursive XY cut (Nagy and Seth, 1984), which allows for lines across the gutter.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby
from statistics import median

from index.reading.pdf.lines import Line

_FEWEST = 4
"""Lines on each side of a gutter."""
_NARROWEST = 0.6
"""Of the size of the letters: the width of a gutter."""
_CROSSING = 0.25
"""The share of lines that may stand across the gutter: headlines, captions, notes."""


def in_order(lines: list[Line]) -> list[list[Line]]:
    """The columns of a page, each from the top down; pieces of one row of a column are one line again."""
    return [_joined(column) for column in _columns(lines)]


def _columns(lines: list[Line]) -> Iterator[list[Line]]:
    gutter = _gutter(lines)
    if gutter is None:
        if lines:
            yield lines
        return
    across = sorted((line for line in lines if line.left < gutter < line.right), key=lambda line: -line.y)
    rest = [line for line in lines if not line.left < gutter < line.right]
    headline: list[Line] = []
    for line in [*across, None]:
        bottom = line.y if line else float("-inf")
        band = [one for one in rest if one.y > bottom]
        rest = [one for one in rest if one.y <= bottom]
        if headline and (band or line is None):
            yield headline
            headline = []
        yield from _columns([one for one in band if one.right <= gutter])
        yield from _columns([one for one in band if one.left >= gutter])
        headline += [line] if line else []


def _gutter(lines: list[Line]) -> float | None:
    """Where a gutter runs from top to bottom, crossed by few lines only; the widest of several."""
    if len(lines) < 2 * _FEWEST:
        return None
    size = median(line.size for line in lines)
    found: list[tuple[int, float, float]] = []
    lefts = sorted(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    for edge in sorted(set(rights)):
        ended = bisect_right(rights, edge)
        place = bisect_left(lefts, edge)
        if ended < _FEWEST or len(lines) - place < _FEWEST:
            continue
        width, crossing = lefts[place] - edge, place - ended
        if width >= _NARROWEST * size and crossing <= _CROSSING * len(lines) and _side_by_side(lines, edge):
            found.append((-crossing, width, edge + width / 2))
    return max(found)[2] if found else None


def _side_by_side(lines: list[Line], edge: float) -> bool:
    """Whether the two sides stand beside, not below each other, and are text rather than numbers in a table."""
    left = [line for line in lines if line.right <= edge]
    right = [line for line in lines if line.left >= edge]
    overlap = min(max(line.y for line in left), max(line.y for line in right)) - max(
        min(line.y for line in left), min(line.y for line in right)
    )
    return overlap > 0 and all(median(len(line.text) for line in side) >= 12 for side in (left, right))


def _joined(column: list[Line]) -> list[Line]:
    rows: list[Line] = []
    for _, group in groupby(
        sorted(column, key=lambda line: (-round(line.y), line.left)), key=lambda one: round(one.y)
    ):
        pieces = list(group)
        rows.append(
            Line(
                " ".join(piece.text for piece in pieces),
                pieces[0].left,
                max(piece.right for piece in pieces),
                pieces[0].y,
                pieces[0].size,
            )
        )
    return rows
