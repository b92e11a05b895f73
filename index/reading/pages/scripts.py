"""The day of publication that only a page's scripts hold, for them to write into it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from index.reading.metadata.days import plausible_day

_NAMED = re.compile(
    r"""(?<![A-Za-z\d])["']?(?P<name>publi(?:sh|shed|cation)_?(?:date|time|at|on)(?:_?time)?|date_?published"""
    r"""|pub_?(?:date|time)|create_?time|(?<=var )ct)["']?\s*[:=]\s*["']?"""
    r"""(?P<value>\d{4}[-/.]\d\d?[-/.]\d\d?[^"',;}<\n]{0,20}|\d{8}(?!\d)|\d{10}(?:\d{3})?(?!\d))""",
    re.IGNORECASE,
)
_CREATED = ("ct", "createtime", "create_time")
_LONGEST = 500_000
_CHINA = timezone(timedelta(hours=8))


def script_day(root: Any) -> datetime | None:
    """The one day that the page's scripts call that of publication, else of creation; None if they name several.

    Moments in seconds are of WeChat, which counts its days in China, where that is what they are called there.
    """
    out: list[datetime] = []
    created: list[datetime] = []
    for script in root.iter("script"):
        for found in _NAMED.finditer((script.text or "")[:_LONGEST]):
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
