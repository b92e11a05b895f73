"""Which lines of an article stand beside what it tells: notes, the site's own words, headings."""

from __future__ import annotations

import re

from index.reading.cleaning.boilerplate import is_boilerplate, is_note
from index.text.sentences import ends_sentence

_LONGEST = 400
_LONGEST_HEADING = 120
_ITEM = re.compile(r"\W*\d|[-–—•*·▪]")


def asides(text: str) -> set[int]:
    """The numbers of the lines that are notes, boilerplate, or headings (between two that end like sentences)."""
    lines = [line.rstrip() for line in text.split("\n")]
    told = [number for number, line in enumerate(lines) if line]
    found = {n for n in told if len(lines[n]) <= _LONGEST and (is_boilerplate(lines[n]) or is_note(lines[n]))}
    for before, number, behind in zip(told, told[1:], told[2:], strict=False):
        if _is_heading(lines[number]) and ends_sentence(lines[before]) and ends_sentence(lines[behind]):
            found.add(number)
    return found


def _is_heading(line: str) -> bool:
    """Whether a line may be a heading: short, without a sentence's end, and no item of a list."""
    return len(line) <= _LONGEST_HEADING and not (ends_sentence(line) or _ITEM.match(line))
