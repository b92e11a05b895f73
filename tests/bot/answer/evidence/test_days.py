"""Relative dates read on the day an article came out."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer.evidence.days import relative_days, resolve_days
from bot.spelled_days import ENGLISH, in_words

PUBLISHED = date(2023, 5, 13)  # a Saturday


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The town fell on Friday.", "en", ["12 May 2023"]),
        ("Fighting went on yesterday and today.", "en", ["12 May 2023", "13 May 2023"]),
        ("Three bridges were hit this week.", "en", ["8–14 May 2023"]),
        ("Exports fell last month.", "en", ["April 2023"]),
        ("A vote is planned for next year.", "en", ["2024"]),
        ("De brug ging vorige week dicht.", "nl", ["1–7 May 2023"]),
        ("Die Brücke wurde gestern gesperrt.", "de", ["12 May 2023"]),
        ("On 3 May 2023 the bridge opened.", "en", []),
        ("On Wednesday 3 May the bridge opened.", "en", []),
        ("Nobody gave a day.", "en", []),
        ("The ministry on Thursday announced that it would pay.", "en", ["11 May 2023"]),
        ("He sent out invites on Wednesday to a show where a car is expected.", "en", ["10 May 2023"]),
        ("31 men had plans to riot at an event Friday.", "en", []),
        ("A court set the trial to start Friday.", "en", ["19 May 2023"]),
        ("The museum will open on Friday.", "en", ["19 May 2023"]),
    ],
)
def test_relative_dates_are_read_on_the_day_of_publication(text: str, language: str, expected: list[str]) -> None:
    found = relative_days(text, PUBLISHED, language)
    assert [in_words(day.first, day.last, ENGLISH) for day in found] == expected


@pytest.mark.parametrize("text", ["In March 0000 it began.", "It ends in December 9999.", "On 31 December 9999."])
def test_years_at_the_ends_of_the_calendar_are_read_without_harm(text: str) -> None:
    assert all(day.first.year == 9999 for day in resolve_days(text, date(2024, 5, 1), "en"))
