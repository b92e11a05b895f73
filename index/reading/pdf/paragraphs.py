"""Lines in reading order -> paragraphs, with what was hyphenated at the ends of lines whole again."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from index.reading.cleaning.paragraphs import join_lines
from index.reading.pdf.lines import Line
from index.text.dates import find_date

_WIDE = 1.35
"""Times the usual distance of lines: more is between paragraphs."""
_OF_A_HEADLINE = 1.35
"""Times its size: how far below each other the lines of a headline stand, larger than the lines of the text."""
_INDENT = 0.8
_SHORT = 0.8
_LARGER = 1.12
_LONGEST_HEADING = 200
_SENTENCE_END = re.compile(r"[.!?…:。！？][\"”“»’')\]」』]*$")


def to_paragraphs(columns: list[list[Line]]) -> tuple[list[str], list[str], str]:
    """The paragraphs, which of them are headings, and the largest heading of the first page.

    A paragraph goes on in the next column, or on the next page, if no sentence ended.
    """
    lines = [line for column in columns for line in column]
    if not lines:
        return [], [], ""
    sizes = sorted(size for line in lines for size in [line.size] * len(line.text))
    body = sizes[len(sizes) // 2]
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).lower()))
    paragraphs: list[str] = []
    headings: list[tuple[float, str]] = []
    for column in columns:
        for number, block in enumerate(_blocks(column, body)):
            text = join_lines([line.text for line in block], words)
            if block[0].size >= _LARGER * body and len(text) <= _LONGEST_HEADING:
                headings.append((block[0].size, text))
                paragraphs.append(text)
            elif number == 0 and paragraphs and not _is_ended(paragraphs[-1], headings) and not find_date([text]):
                paragraphs[-1] = join_lines([paragraphs[-1], text], words)
            else:
                paragraphs.append(text)
    title = max(headings, key=lambda one: one[0])[1] if headings else ""
    return paragraphs, [heading for _, heading in headings], title


def _is_ended(paragraph: str, headings: list[tuple[float, str]]) -> bool:
    is_heading = bool(headings and headings[-1][1] == paragraph)
    return is_heading or bool(_SENTENCE_END.search(paragraph)) or find_date([paragraph]) is not None


def _blocks(column: list[Line], body: float) -> list[list[Line]]:
    """The lines of each paragraph of one column."""
    gaps = [before.y - after.y for before, after in pairwise(column) if abs(before.size - after.size) < 0.5]
    usual = median(gaps) if gaps else 1.2 * body
    left = median(line.left for line in column)
    width = max(line.right for line in column) - left
    blocks: list[list[Line]] = []
    for number, line in enumerate(column):
        before = column[number - 1] if number else None
        if before is None or _begins(before, line, usual, left, width):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _begins(before: Line, line: Line, usual: float, left: float, width: float) -> bool:
    gap = before.y - line.y
    if abs(before.size - line.size) > 0.08 * line.size or gap > max(_WIDE * usual + 1, _OF_A_HEADLINE * line.size):
        return True
    if line.left - left > _INDENT * line.size and before.left - left < _INDENT * line.size:
        return bool(_SENTENCE_END.search(before.text))
    short = before.right - left < _SHORT * width
    if short and (find_date([before.text]) or find_date([line.text])):
        return True
    return short and bool(_SENTENCE_END.search(before.text)) and not line.text[:1].islower()
