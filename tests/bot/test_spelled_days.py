"""Days in words."""

from __future__ import annotations

from datetime import date

from bot.answer.answer import ResolvedDay
from bot.spelled_days import ENGLISH, in_words, meanings


def test_a_week_over_the_end_of_a_year_is_written_with_both_years() -> None:
    assert in_words(date(2025, 12, 29), date(2026, 1, 4), ENGLISH) == "29 Dec 2025\u2009–\u20094 Jan 2026"


def test_a_weekday_is_not_written_twice() -> None:
    friday, month = date(2023, 5, 12), date(2023, 4, 1)
    given = [
        ResolvedDay("Friday", friday, friday),
        ResolvedDay("yesterday", friday, friday),
        ResolvedDay("last month", month, date(2023, 4, 30)),
    ]
    told = "Friday: 12 May 2023; yesterday: Friday, 12 May 2023; last month: April 2023"
    assert meanings(given, ENGLISH) == told
