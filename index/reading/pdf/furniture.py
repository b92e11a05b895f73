"""What stands on pages and is no part of the text: page numbers, running heads and feet, marks of scanners."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

from index.reading.metadata.openings import CLOCKED, named_day
from index.reading.pdf.lines import Line

_NUMBER = r"(?:\d{1,4}|[ivxlc]{1,7})"
_PAGE_NUMBER = re.compile(
    r"(?:page |seite |pagina |página |p\. ?|стор\. ?|с\. ?|第 ?)?[-–—·| ]*"
    rf"{_NUMBER}(?: ?(?:/|of|van|von|de|sur|из|з) ?{_NUMBER})?"
    r"[-–—·| ]*(?:頁|页|ページ)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?: \d{1,3}/\d{1,3})?")
_STAMP = re.compile(
    r"https?://|\bwww\.|@|\b(?:approved for release|declassified|downloaded|printed|retrieved|accessed)\b",
    re.IGNORECASE,
)
"""What archives and readers put on a page says when they had it."""
_PAGE = re.compile(r"^\d{1,4}\b(?!\.)\W*|(?<=\d{4})(?:\W+(?:\d{1,4}|[^\W\d_a-z]\w+)){1,3}$")
"""The number of a page and the name of its section, beside a head."""
_SAME_HEIGHT = 3.0
_SHARE = 1 / 3
_EDGE_ROWS = 3


def without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """The lines of each page without what stands at the same height on others, digits apart, and page numbers."""
    times: Counter[tuple[str, int]] = Counter()
    for page in pages:
        times.update({key for line in page for key in _keys(line)})
    least = max(2, _SHARE * len(pages))
    kept = []
    for page in pages:
        heights = sorted({line.y for line in page})
        told = {line.y for line in page if not _is_edge(line.text)}  # numbers beside words may be those of a table
        edges = {*heights[:_EDGE_ROWS], *heights[-_EDGE_ROWS:]} - told
        kept.append(
            [
                line
                for line in page
                if not (len(pages) > 1 and max(times[key] for key in _keys(line)) >= least)
                and not (line.y in edges and _is_edge(line.text))
                and any(map(str.isalnum, line.text))
            ]
        )
    return kept


def running_day(pages: list[list[Line]], kept: list[list[Line]], language: str | None) -> datetime | None:
    """The one day that heads or feet of ``pages`` name, which are not ``kept``: that of the issue.

    Browsers print when they printed, which they tell to the minute; archives, when they gave it away.
    """
    others = [line.text for page, text in zip(pages, kept, strict=True) for line in set(page).difference(text)]
    beside = [line for line in others if not CLOCKED.search(line) and not _STAMP.search(line)]
    lines = {_PAGE.sub("", line) for line in beside} | set(beside)
    days = {day for line in lines if (day := named_day(line, language))}
    return days.pop() if len(days) == 1 else None


def _is_edge(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text.strip()) or _ADDRESS.fullmatch(text.strip()))


def _keys(line: Line) -> tuple[tuple[str, int], tuple[str, int]]:
    """What ``line`` is counted by: its words without digits, at its height and the next below."""
    words = re.sub(r"\d+", "#", " ".join(line.text.split()))
    place = int(line.y // _SAME_HEIGHT)
    return (words, place), (words, place + 1)
