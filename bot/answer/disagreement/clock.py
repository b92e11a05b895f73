"""Times of day: in digits ("4.10 a.m.", "19:30") and in words ("half past five", "ten in the evening")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer.evidence.facts import caseless
from bot.answer.evidence.lexicon import NUMBER_WORDS

_MINUTES = 20
"""How far apart two times of day are that may be the same."""
_HALF_DAY = 12 * 60

_HOURS = {word: hour for words in NUMBER_WORDS.values() for word, hour in words.items() if 1 <= hour <= 12}
_HOUR = "(?P<{0}>" + "|".join(sorted(_HOURS, key=len, reverse=True)) + r"|1[0-2]|[1-9])"
_PART = (
    r"(?:(?:o['’]clock )?(?:in the|this|yesterday) (?P<{0}>morning|afternoon|evening)"
    r"|(?P<{0}_night>at night|in the night)|(?:(?:uur|Uhr) )?(?:'s |’s |am )?"
    r"(?P<{0}_nl>ochtends|middags|avonds|nachts|morgens|nachmittags|abends|Morgen|Abend)"
    r"|de la (?P<{0}_es>mañana|tarde|noche))"
)
CLOCK = re.compile(
    r"(?<![\d.,])(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\d.,])(?P<hour24>[01]?\d|2[0-3])(?::(?P<minute24>[0-5]\d)(?!\d)"
    r"|\.(?P<minute_dot>[0-5]\d)(?= (?:uur|Uhr|h|in the)\b))"
    r"|\bat (?P<hour_at>[01]?\d|2[0-3])\.(?P<minute_at>[0-5]\d)\b(?! ?(?:per|%|million|billion|k?m|kg)\b)"
    r"|\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"\b(?P<step>half past|(?:a )?quarter past|(?:a )?quarter to|halb|half|y media) {_HOUR.format('hour')}\b"
    rf"(?: {_PART.format('part')}\b)?"
    rf"|\b{_HOUR.format('whole')} (?:{_PART.format('said')}\b|o['’]clock|uur\b|Uhr\b)",
    re.IGNORECASE,
)
_STEPS = {"half past": 30, "quarter past": 15, "quarter to": -15, "halb": -30, "half": -30}
"""Minutes; "half vijf" and "halb fünf" are half an hour before."""


_LATE = frozenset("afternoon evening middags avonds nachmittags abends abend tarde noche".split())
_EARLIEST = 6
"""Up to this hour, "at two in the night" is early."""


def other_hour(one: str, other: str) -> bool:
    """Whether both texts give times of day, and no two are the same."""
    ours, theirs = hours(one), hours(other)
    return bool(ours and theirs) and other_hours(ours, theirs)


def other_hours(ours: Sequence[tuple[int, bool]], theirs: Sequence[tuple[int, bool]]) -> bool:
    """Whether no two of these times, as ``hours`` gives them, are the same."""
    return not any(_same(first, second) for first in ours for second in theirs)


def hours(text: str) -> list[tuple[int, bool]]:
    """The times of day in ``text``, in minutes since midnight, and whether the half of the day is left open."""
    found: list[tuple[int, bool]] = []
    for match in CLOCK.finditer(text):
        if match["noon"]:
            found.append((_HALF_DAY, False))
        elif match["midnight"]:
            found.append((0, False))
        elif match["half"]:
            hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
            found.append((hour * 60 + int(match["minute"] or 0), False))
        elif match["hour_at"]:
            found.append((int(match["hour_at"]) * 60 + int(match["minute_at"]), int(match["hour_at"]) < 10))
        else:
            found.append((int(match["hour24"]) * 60 + int(match["minute24"] or match["minute_dot"]), False))
    return found + [_spoken(match) for match in _SPOKEN.finditer(CLOCK.sub(" ", text))]


def _spoken(match: re.Match[str]) -> tuple[int, bool]:
    written = caseless(match["hour"] or match["whole"])
    hour = int(written) if written.isdigit() else _HOURS[written]
    step = caseless(match["step"] or "").removeprefix("a ")
    part = next(
        (text for name, text in match.groupdict().items() if text and name not in ("hour", "whole", "step")), ""
    )
    late = part.casefold() in _LATE or ("night" in part and hour > _EARLIEST)
    return (hour % 12 + (12 if late else 0)) * 60 + _STEPS.get(step, 0), not part


def _same(one: tuple[int, bool], other: tuple[int, bool]) -> bool:
    apart = abs(one[0] - other[0])
    if one[1] or other[1]:
        apart %= _HALF_DAY
        apart = min(apart, _HALF_DAY - apart)
    return apart <= _MINUTES
