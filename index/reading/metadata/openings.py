"""The day that an article states near its top, where nothing else tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from index.reading.metadata.days import plausible_day
from index.reading.phrases import phrases
from index.text.dates import find_date

_NEAR_THE_TOP = 4
_FEW = 4
_LONGEST = 160
PARTS = re.compile(r"\s[•·|]\s|\n")
"""Between what a line tells of an article: its author, its day, how long it takes to read."""
_ISSUE = re.compile(r"^(?:(?:[^\W\d_]{1,12}\.?\s){1,3}\d{1,5},\s){1,2}")
"""Which one it is of a paper that is numbered: "Issue 62, 14 March 2026"."""
_HAN = re.compile(
    r"(?:[\s\d/:：()（）、,.・|｜]|令和|平成|昭和|民[國国]|[元年月日時时分秒付曜火水木金土년월일시분]|[午上下前后後]{2})+"
)
"""No more than a day and a time, as Chinese, Japanese and Korean pages write them."""


def opening_day(paragraphs: Sequence[str], language: str | None = None) -> datetime | None:
    """The day of publication that one of the first of ``paragraphs`` states and tells nothing else."""
    top = paragraphs[:_NEAR_THE_TOP]
    lines = (line for one in top for line in one[:_LONGEST].split("\n"))
    parts = [part for line in lines for part in (line, *PARTS.split(line)[:_FEW], *_ISSUE.split(line)[1:])]
    told = sorted(parts, key=_tells_of_a_change)
    found = next(filter(None, (plausible_day(find_date([part])) for part in told)), None)
    dated = (one for one in top if _HAN.fullmatch(one))
    return found or next(filter(None, (plausible_day(one, language) for one in dated)), None)


def _tells_of_a_change(part: str) -> bool:
    """Whether the day in ``part`` is that of a change, so far as its words before the day tell."""
    return phrases("changed").search(re.split(r"\d", part, maxsplit=1)[0]) is not None
