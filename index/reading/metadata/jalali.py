"""The calendar of Iran, which its papers write their days in."""

from __future__ import annotations

from datetime import date

_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
_YEARS = range(1300, 1500)
_KNOWN = (1400, date(2021, 3, 21))
"""A year, and the day on which it began."""


def jalali_month(name: str) -> int | None:
    """The month called ``name``, with its letters composed (NFC)."""
    return _MONTHS.index(name) + 1 if name in _MONTHS else None


def from_jalali(year: int, month: int, day: int) -> date | None:
    """The same day as most of the world counts it; None if ``year`` is not of this or the last century."""
    if year not in _YEARS or not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        return None
    known, began = _KNOWN
    within = (month - 1) * 31 - max(0, month - 7) + day - 1
    return date.fromordinal(began.toordinal() + _days_before(year) - _days_before(known) + within)


def _days_before(year: int) -> int:
    """The days of the years before ``year``; eight of 33 are leap years."""
    cycles, rest = divmod(year + 1595, 33)
    return 365 * (year + 1595) + 8 * cycles + (rest + 3) // 4
