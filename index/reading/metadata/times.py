"""The time, and its zone, that is written beside a day. Zones are those that dateparser knows."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from dateparser.timezone_parser import pop_tz_offset_from_string

CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})(?:\s?[:h時时시]\s?|\.(?=\d\d\s?(?:uhr|uur)))(\d{2})(?!\d)"
    r"(?::(\d{2}))?(?:\.\d+)?\s?([ap])?\.?(?:m\b)?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<![\d:.,])(\d{1,2})\s?([ap])\.?m\b(?!\s\d{1,2}\.)", re.IGNORECASE)
"""Three in the afternoon; but "am 12. Mai" names the day in German."""
_POINTED = re.compile(
    r"(?:\bkl(?:o|\.)?\s?(\d{1,2})\.(\d\d)(?!\d)|(?<![\d.])(\d{1,2})\.(\d\d)(?=\s?[ap]\.?m\b))", re.IGNORECASE
)
OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+-])(\d{2}):?(\d{2})\s*$")


def plain_clock(text: str) -> str:
    """Times with a point (klo 10.15, 6.15 pm) and those of an hour only (6am) with a colon."""
    return _HOUR.sub(r"\1:00 \2m", _POINTED.sub(lambda found: ":".join(filter(None, found.groups())), text))


def timed(moment: datetime | None, text: str) -> datetime | None:
    """``moment`` at the time, and in the zone, that ``text`` names besides."""
    if moment is None or (found := CLOCK.search(text)) is None:
        return moment
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4] and hour <= 12:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    try:
        moment = moment.replace(hour=hour, minute=minute, second=second)
    except ValueError:
        return moment
    if offset := OFFSET.search(text):
        minutes = int(offset[2]) * 60 + int(offset[3])
        if minutes < 24 * 60:
            return moment.replace(tzinfo=timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)))
    zone = pop_tz_offset_from_string(text)[1]
    if zone is None or isinstance(zone, str):
        return moment
    return moment.replace(tzinfo=timezone(zone.utcoffset(moment)))
