"""The letters of a page, wherever and in whatever order they were drawn -> pieces of lines."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

_ROW = 0.35
"""Of the size of the letters; baselines closer than this are one row."""
_SPACE, _WIDEST_SPACE = 0.1, 0.6
_BLANK_MISSING = 0.25
_COLUMN_GAP = 1.4
_SAME_PLACE = 0.1
_LIGHT = 190
"""Of 255; text lighter than this on all three colours is a watermark, or hidden."""
_UNKNOWN = 0xFFFD
_MOST_LETTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A character with its baseline's beginning, its right end and its size, in points from the lower left."""

    character: str
    x: float
    y: float
    right: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a row without a wide gap in it."""

    text: str
    left: float
    right: float
    y: float
    size: float


def read_lines(page: Any) -> list[Line]:
    """The pieces of lines on ``page``, from the top down and from the left."""
    letters = list(_once(_upright(_letters(page))))
    return [line for row in _rows(letters) for line in _pieces(row)]


def _letters(page: Any) -> Iterator[tuple[Letter, float, bool]]:
    """Each character that was drawn, with its angle and whether it is too light to be meant for reading."""
    text = page.get_textpage()
    handle = text.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    colour = [ctypes.c_uint() for _ in range(4)]
    for number in range(min(text.count_chars(), _MOST_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(handle, number)
        if code < 32 or pdfium.FPDFText_IsGenerated(handle, number) == 1 or 0xD800 <= code <= 0xDFFF:
            if pdfium.FPDFText_IsHyphen(handle, number) == 1:
                code = 0x2D
            elif code == 0 and _has_ink(handle, number):
                code = _UNKNOWN
            else:
                continue
        pdfium.FPDFText_GetCharOrigin(handle, number, x, y)
        pdfium.FPDFText_GetLooseCharBox(handle, number, box)
        size = abs(box.top - box.bottom) or pdfium.FPDFText_GetFontSize(handle, number) or 1.0
        pdfium.FPDFText_GetFillColor(handle, number, *colour)
        red, green, blue, alpha = (one.value for one in colour)
        light = min(red, green, blue) >= _LIGHT or alpha < 90
        yield (
            Letter(chr(code), x.value, y.value, box.right, size),
            pdfium.FPDFText_GetCharAngle(handle, number),
            light,
        )


def _has_ink(handle: Any, number: int) -> bool:
    """Whether something is drawn for a character, of which the file does not say which it is."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(handle, number, left, right, bottom, top)
    return right.value > left.value and top.value > bottom.value


def _upright(letters: Iterable[tuple[Letter, float, bool]]) -> Iterator[Letter]:
    """Without what is written across the page, or too lightly to be read, unless all of it is."""
    found = list(letters)
    turned = sum(abs(angle) > 0.05 for _, angle, _ in found) > len(found) / 2
    faint = sum(light for _, _, light in found) > len(found) / 2
    for letter, angle, light in found:
        if (turned or abs(angle) <= 0.05) and (faint or not light):
            yield letter


def _once(letters: Iterable[Letter]) -> Iterator[Letter]:
    """Without the second drawing of a letter that makes it look bold.

    The letters of a ligature follow each other at the very same place, and stay.
    """
    seen: dict[tuple[str, int, int], list[Letter]] = {}
    before: Letter | None = None
    for letter in letters:
        near = _SAME_PLACE * letter.size
        cell = (letter.character, round(letter.x), round(letter.y))
        around = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((cell[0], cell[1] + dx, cell[2] + dy), ())
        )
        there = any(abs(other.x - letter.x) < near and abs(other.y - letter.y) < near for other in around)
        if there and (before is None or (before.x, before.y) != (letter.x, letter.y)):
            continue
        seen.setdefault(cell, []).append(letter)
        before = letter
        yield letter


def _rows(letters: list[Letter]) -> Iterator[list[Letter]]:
    """The letters of each baseline, from the left."""
    row: list[Letter] = []
    for letter in sorted(letters, key=lambda one: -one.y):
        if row and row[0].y - letter.y > _ROW * min(row[0].size, letter.size):
            yield sorted(row, key=lambda one: one.x)
            row = []
        row.append(letter)
    if row:
        yield sorted(row, key=lambda one: one.x)


def _pieces(row: list[Letter]) -> Iterator[Line]:
    """A row, parted where a gap is wide enough to lie between columns; spaces put where letters stand apart."""
    drawn = [letter for letter in row if not letter.character.isspace()]
    if not drawn:
        return
    blanks = sorted(letter.x for letter in row if letter.character.isspace())
    least = _BLANK_MISSING * drawn[0].size if blanks else _between_words(drawn)
    piece = [drawn[0]]
    words = [drawn[0].character]
    for before, after in pairwise(drawn):
        gap = after.x - before.right
        size = min(before.size, after.size)
        if gap > _COLUMN_GAP * size:
            yield _line(piece, words)
            piece, words = [], []
        elif gap > least or _any_between(blanks, before.x, after.x):
            words.append(" ")
        piece.append(after)
        words.append(after.character)
    yield _line(piece, words)


def _between_words(row: list[Letter]) -> float:
    """The gap above which a new word begins, in a row without blanks: where the gaps fall into small and large."""
    size = row[0].size
    gaps = sorted(after.x - before.right for before, after in pairwise(row))
    jumps = [
        (larger - smaller, (larger + smaller) / 2)
        for smaller, larger in pairwise(gaps)
        if _SPACE * size <= (larger + smaller) / 2 <= _WIDEST_SPACE * size
    ]
    jump, middle = max(jumps, default=(0.0, 0.0))
    return middle if jump >= _SPACE * size else _BLANK_MISSING * size


def _any_between(blanks: list[float], left: float, right: float) -> bool:
    place = bisect_right(blanks, left)
    return place < len(blanks) and blanks[place] < right


def _line(piece: list[Letter], words: list[str]) -> Line:
    size = Counter(round(letter.size, 1) for letter in piece).most_common(1)[0][0]
    return Line("".join(words), piece[0].x, piece[-1].right, median(letter.y for letter in piece), size)
