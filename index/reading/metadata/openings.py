"""The day that an article states near its top, where nothing else tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from index.reading.metadata.days import plausible_day
from index.reading.phrases import phrases
from index.text.dates import find_date, names_later_day

_NEAR_THE_TOP = 4
_FEW = 4
_LONGEST = 160
PARTS = re.compile(r"\s[•·|]\s|\n")
"""Between what a line tells of an article: its author, its day, how long it takes to read."""
_ISSUE = re.compile(r"^(?:(?:[^\W\d_]{1,12}\.?\s){1,3}\d{1,5},\s){1,2}")
"""Which one it is of a paper that is numbered: "Issue 62, 14 March 2026"."""
_ROW = " | "
_SAID = re.compile(r"^[\"“„«‘].*[.!?…]\W?$|[.!?…][\"”“»’]$")
_HAN = re.compile(
    r"(?:[\s\d/:：()（）、,.・|｜]|令和|平成|昭和|民[國国]|[元年月日時时分秒付曜火水木金土년월일시분]|[午上下前后後]{2})+"
)
"""No more than a day and a time, as Chinese, Japanese and Korean pages write them."""


def opening_day(paragraphs: Sequence[str], language: str | None = None) -> datetime | None:
    """The day of publication that one of the first of ``paragraphs`` states and tells nothing else."""
    top = paragraphs[:_NEAR_THE_TOP]
    lines = [line for one in top for line in one[:_LONGEST].split("\n")]
    around = zip(["", *lines], lines, [*lines[1:], *paragraphs[_NEAR_THE_TOP:][:1], ""], strict=False)
    kept = [line for before, line, behind in around if _says(line) or not _is_of_a_part(before, line, behind)]
    parts = [(part, line) for line in kept for part in (line, *PARTS.split(line)[:_FEW], *_ISSUE.split(line)[1:])]
    for part, line in sorted(parts, key=lambda one: _tells_of_a_change(one[0])):
        day = plausible_day(find_date([part]))
        others = [one for one in paragraphs if line not in one and not _tells_of_a_change(one)]
        if day and (_says(line) or not names_later_day(others, day)):
            return day
    dated = (one for one in top if _HAN.fullmatch(one))
    return next(filter(None, (plausible_day(one, language) for one in dated)), None)


def _says(line: str) -> bool:
    """Whether ``line`` begins with its day, or says that something came out then."""
    return line[:1].isdigit() or phrases("published").search(line) is not None


def _is_of_a_part(before: str, line: str, behind: str) -> bool:
    """Whether ``line`` is a row of a table, or tells who said what stands above it."""
    return (_ROW in line and (_ROW in before or _ROW in behind)) or is_who_said(before, line)


def is_who_said(before: str, line: str) -> bool:
    """Whether ``line`` tells who spoke the words in quotation marks ``before`` it, and when."""
    return _SAID.search(before) is not None and phrases("teller").match(line) is None


def _tells_of_a_change(part: str) -> bool:
    """Whether the day in ``part`` is that of a change, so far as its words before the day tell."""
    return phrases("changed").search(re.split(r"\d", part, maxsplit=1)[0]) is not None
