"""The day of publication that only a page's scripts hold, for them to write into it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from typing import Any

from index.reading.metadata.days import plausible_day

_NAMED = re.compile(
    r"""(?<![A-Za-z\d])["']?(?P<name>publi(?:sh|shed|cation)_?(?:date|time|at|on)(?:_?time)?|date_?published"""
    r"""|pub_?(?:date|time)|create_?time|(?<=var )ct)["']?\s*(?:=|(?P<is_field>:))\s*["']?"""
    r"""(?P<value>\d{4}[-/.]\d\d?[-/.]\d\d?[^"',;}<\n]{0,20}|\d{8}(?!\d)|\d{10}(?:\d{3})?(?!\d))""",
    re.IGNORECASE,
)
_CREATED = ("ct", "createtime", "create_time")
_BRACE = re.compile(r"[{}]")
_HELD = re.compile(r"[:,\[]\s*$")
"""Before a record that is part of another, or of a list."""
_LONGEST = 500_000
_NEAR = 20
_MOST = 500
"""Days that are looked at; a page that holds more holds them of other stories."""
_CHINA = timezone(timedelta(hours=8))


def script_day(root: Any, title: str, url: str | None) -> datetime | None:
    """The one day that the page's scripts call that of publication, else of creation; None if they name several.

    A record within others counts if it has the article's ``title`` or ``url``, for others are of other stories.
    Moments in seconds are of WeChat, which counts its days in China, where that is what they are called there.
    """
    names = [
        one for name in (title, url) if name for one in (name, json.dumps(name)[1:-1], name.replace("/", r"\/"))
    ]
    out: list[datetime] = []
    created: list[datetime] = []
    for script in root.iter("script"):
        for found in _named((script.text or "")[:_LONGEST], names):
            day = plausible_day(found["value"].strip())
            if day is None:
                continue
            name = found["name"].lower()
            if name == "ct":
                day = day.astimezone(_CHINA) if day.tzinfo == UTC else None
            if day:
                (created if name in _CREATED else out).append(day)
    for days in (out, created):
        if days:
            return days[0] if len({one.date() for one in days}) == 1 else None
    return None


def _named(script: str, names: list[str]) -> Iterator[re.Match[str]]:
    """The days that ``script`` has in its variables, and in the records that are of what has these ``names``."""
    days = list(islice(_NAMED.finditer(script), _MOST))
    for one, (start, end) in zip(days, _records_around(script, days), strict=True):
        is_part = one["is_field"] and _HELD.search(script[max(0, start - _NEAR) : start])
        if not is_part or any(name in script[start:end] for name in names):
            yield one


def _records_around(script: str, places: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """Where the innermost pair of braces around each of ``places`` begins and ends; all, where there is none."""
    open_at = [0]
    around: list[int] = []
    ends: dict[int, int] = {}
    for one in sorted((*_BRACE.finditer(script), *places), key=re.Match.start) if places else ():
        if one.group() == "{":
            open_at.append(one.start())
        elif one.group() != "}":
            around.append(open_at[-1])
        elif len(open_at) > 1:
            ends[open_at.pop()] = one.end()
    return [(start, ends.get(start, len(script))) for start in around]
