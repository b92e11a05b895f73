"""Dates as sentences write them."""

from __future__ import annotations

from datetime import date

import pytest

from index.text.calendar import WrittenDate, weekday_names, without_dates, written_dates


def read(text: str, language: str | None) -> list[tuple[int | None, int, int | None]]:
    return [(one.year, one.month, one.day) for one in written_dates(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("en", "On 12 May 2023 and May 13", [(2023, 5, 12), (None, 5, 13)]),
        ("en", "the 3rd of June, Sept. 4, since March 2022", [(None, 6, 3), (None, 9, 4), (2022, 3, None)]),
        ("en", "They may march in March; 2023-05-12", [(None, 3, None), (2023, 5, 12)]),
        ("de", "am 12. Mai 2023 und im März, 01.02.2024", [(2023, 5, 12), (None, 3, None), (2024, 2, 1)]),
        ("nl", "op 3 mei, in augustus", [(None, 5, 3), (None, 8, None)]),
        ("fr", "le 1er mai 2023, en août", [(2023, 5, 1), (None, 8, None)]),
        ("es", "el 12 de mayo de 2023", [(2023, 5, 12)]),
        ("uk", "12 травня 2023 року", [(2023, 5, 12)]),
        ("pl", "12 maja", [(None, 5, 12)]),
        ("zh", "2023年5月12日和5月13日", [(2023, 5, 12), (None, 5, 13)]),
        ("hi", "१२ मई २०२३", [(2023, 5, 12)]),
        ("ar", "١٢ مايو ٢٠٢٣", [(2023, 5, 12)]),
        ("xx", "2023-05-12", [(2023, 5, 12)]),
    ],
)
def test_dates_in_many_languages(
    language: str, text: str, dates: list[tuple[int | None, int, int | None]]
) -> None:
    assert read(text, language) == dates


@pytest.mark.parametrize("text", ["05/12/2023", "31 February", "May I come in?", "room 12", "2023-13-40"])
def test_what_is_no_date(text: str) -> None:
    assert read(text, "en") == []


def test_several_days_are_one_date() -> None:
    (span,) = written_dates("from 12 to 14 May", "en")
    assert list(span.days) == [12, 13, 14]
    assert span.may_be(date(2024, 5, 13))
    assert not span.may_be(date(2024, 5, 15))


def test_dates_are_blanked_in_place() -> None:
    text = "On 12 May 2023 it cost 30 euros"
    assert without_dates(text, written_dates(text, "en")) == "On" + " " * 13 + "it cost 30 euros".rjust(16)


def test_what_both_say_must_agree() -> None:
    whole = WrittenDate(0, 1, 2023, 5, 12)
    assert whole.agrees_with(WrittenDate(0, 1, None, 5, None))
    assert whole.agrees_with(WrittenDate(0, 1, 2023, 5, 10, 14))
    assert not whole.agrees_with(WrittenDate(0, 1, 2022, 5, 12))
    assert not whole.agrees_with(WrittenDate(0, 1, 2023, 5, 13))


def test_days_of_the_week_in_many_languages() -> None:
    assert weekday_names("nl")["vrijdag"] == 4
    assert weekday_names("uk")["неділя"] == 6
    assert weekday_names("zh")["星期一"] == 0
