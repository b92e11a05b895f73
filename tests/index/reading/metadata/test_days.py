"""The right day, or none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reading.metadata.days import plausible_change, plausible_day, read_day
from index.reading.metadata.openings import opening_day
from tests.properties import examples

LOCALES = (
    "en de fr es it pt nl da nb sv fi pl cs sk hu ro sl bg ru uk el tr lt lv et vi id he hi ja ko zh fa ca".split()
)
NOW = datetime(2026, 11, 28, tzinfo=UTC)


@settings(deadline=None, max_examples=examples(150))
@given(
    st.sampled_from(LOCALES),
    st.dates(date(1990, 1, 1), date(2026, 11, 27)),
    st.sampled_from(["long", "full", "medium"]),
)
def test_days_as_people_write_them(locale: str, day: date, length: str) -> None:
    found = read_day(format_date(day, length, locale), locale)
    assert found is None or found.date() == day
    if length == "long":
        assert found is not None


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("May 4, 2026", "2026-05-04"),
        ("4. toukokuuta 2026 klo 10.15", "2026-05-04"),
        ("Monday 4 May 2026, 6am", "2026-05-04"),
        ("May 4, 2026, 10 comments", "2026-05-04"),
        ("Nr. 12 | 4 May 2026", "2026-05-04"),
        ("4 and 5 May 2026", None),
        ("4-5 May 2026", None),
        ("Monday, May 4th, 2026 at 3:15 pm", "2026-05-04"),
        ("Mon, 04 May 2026 12:00:00 JST", "2026-05-04"),
        ("1777888800", "2026-05-04"),
        ("1777888800000", "2026-05-04"),
        ("20260504T101500Z", "2026-05-04"),
        ("2026/05/04", "2026-05-04"),
        ("05/13/2026", "2026-05-13"),
        ("13/05/2026", "2026-05-13"),
        ("2026年6月2日", "2026-06-02"),
        ("令和8年6月2日", "2026-06-02"),
        ("٢ يونيو ٢٠٢٦", "2026-06-02"),
        ("2 มิถุนายน 2569", "2026-06-02"),
        ("05/04/2026", None),
        ("03-04-2026", None),
        ("2024-02-30", None),
        ("0001-01-01T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("Fri, 01 Jan 2099 00:00:00 GMT", None),
        ("1890-05-02", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_what_feeds_and_pages_say(stated: str | None, day: str | None) -> None:
    found = plausible_day(stated, now=NOW)
    assert (found.date().isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("stated", "language", "day"),
    [
        ("05/04/2026", "vi", "2026-04-05"),
        ("05/04/2026", "pt", "2026-04-05"),
        ("05/04/2026", "en", None),  # American and British
        ("05/04/2026", "es", None),  # Spain and Puerto Rico
        ("05/04/2026", "ja", None),  # a year at the end is not its own
        ("18.11.25, 18:20", "he", "2025-11-18"),
        ("25.11.18 10:30", "ko", "2025-11-18"),
        ("18.11.25", "zh", None),  # Beijing and Hong Kong
        ("18.11.25", None, None),
        ("1.18.11.25", "he", None),
        ("วันพุธที่ 5 พฤศจิกายน พ.ศ. 2568 เวลา 08.30 น.", "th", "2025-11-05"),
        ("05/11/2568", "th", "2025-11-05"),
        ("05/11/2568", "vi", None),
        ("18-Nov-2025", "en", "2025-11-18"),
        ("18 تشرين الثاني 2025", "ar", "2025-11-18"),
        ("18 كانون الأول / ديسمبر 2024", "ar", "2024-12-18"),
        ("سه‌شنبه ۲۷ آبان ۱۴۰۴ - ۱۰:۳۰", "fa", "2025-11-18"),
        ("۱۴۰۴/۰۸/۲۷", "fa", "2025-11-18"),
        ("۱۴۰۴/۰۸/۲۷", "ar", None),
        ("1404-12-21", "fa", "2026-03-12"),
        ("2026-03-12", "fa", "2026-03-12"),
        ("12/05/98", "de", "1998-05-12"),
        ("۱ فروردین ۱۴۰۳", None, "2024-03-20"),
        ("۳۰ اسفند ۱۴۰۳", None, "2025-03-20"),
        ("ថ្ងៃទី ១៨ វិច្ឆិកា ២០២៥", "km", "2025-11-18"),
        ("18 ನವೆಂಬರ್ 2025", "kn", "2025-11-18"),
    ],
)
def test_as_the_language_writes_it(stated: str, language: str | None, day: str | None) -> None:
    found = plausible_day(stated, language, NOW)
    assert (found.date().isoformat() if found else None) == day


def test_what_is_stated_outright_stands() -> None:
    assert read_day("1890-05-02") == datetime(1890, 5, 2)
    assert read_day("2031-01-01") == datetime(2031, 1, 1)


@pytest.mark.parametrize(
    ("published", "modified", "kept"),
    [
        ("2026-05-04", "2026-05-07T09:00:00Z", "2026-05-07"),
        ("2026-05-04T12:00:00Z", "2026-05-04", "2026-05-04"),  # a day has no time: it may have been later
        ("2026-05-04T23:30:00-05:00", "2026-05-05T05:00:00Z", "2026-05-05"),
        ("2026-05-04T23:30:00-05:00", "2026-05-05T04:40:00Z", "2026-05-04"),  # minutes later, where it came out
        (None, "2026-05-07", "2026-05-07"),
        ("2026-05-04", "2026-05-03", None),
        ("1780-05-04", "1781-05-04", None),
        ("2026-05-04", "2031-05-04", None),
        ("2026-05-04", None, None),
    ],
)
def test_nothing_is_changed_before_it_comes_out_or_in_the_future(
    published: str | None, modified: str | None, kept: str | None
) -> None:
    found = plausible_change(read_day(modified), read_day(published), NOW)
    assert (found.date().isoformat() if found else None) == kept


@pytest.mark.parametrize(
    "written",
    [
        "5 mars 2026 à 6 h 30",
        "5. März 2026, 6.30 Uhr",
        "5 maart 2026 6.30 uur",
        "令和8年3月5日 6時30分",
        "2026년 3월 5일 6시 30분",
    ],
)
def test_the_time_of_day_in_words(written: str) -> None:
    assert read_day(written) == datetime(2026, 3, 5, 6, 30)


def test_a_german_preposition_is_no_morning() -> None:
    assert read_day("Artikel 5 am 12. Mai 2026") in (None, datetime(2026, 5, 12))
    assert read_day("6 am 4 May 2026") == datetime(2026, 5, 4, 6)


TOLD = "The ferry to the island was approved on Monday."


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["“We can do this, and we will.”", "Ada Roe, 31 August 2015", TOLD],
        ["Founded | 12 May 1998", "Seat | Geneva", TOLD],
        ["Seat | Geneva\nFounded | 12 May 1998", TOLD],
        ["Old Quay, Millbrook – 13 November 2015", TOLD, "The owner was sentenced on 3 March 2026."],
    ],
    ids=["epigraph", "table", "rows of one paragraph", "caption"],
)
def test_a_day_of_something_else_is_none(paragraphs: list[str]) -> None:
    assert opening_day(paragraphs) is None


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["“We can do this.”", "By Ada Roe, 4 May 2026", TOLD],
        ["Bay Post | 4 May 2026", TOLD],
        ["4 May 2026 | Bay Post", "Politics | Harbour", TOLD],
        ["Millbrook, 4 May 2026", TOLD, "The owner was sentenced on 3 March 2026."],
        ["Published: 4 May 2026", TOLD, "Updated on 5 May 2026."],
        ["Ada Roe, 4 May 2026", TOLD, "Updated on 5 May 2026."],
        ["Mon 4 May 2026, 10:00 • Edited Tue 5 May 2026, 11:00", TOLD],
    ],
)
def test_the_day_above_a_story_stands(paragraphs: list[str]) -> None:
    day = opening_day(paragraphs)
    assert day is not None
    assert day.date() == date(2026, 5, 4)


@pytest.mark.parametrize("line", ["令和8年3月5日 6時30分", "2026年3月5日(木) 6:30", "2026년 3월 5일"])
def test_a_line_that_is_no_more_than_a_day(line: str) -> None:
    day = opening_day(["見出し", line, "本文です。"])
    assert day is not None
    assert day.date() == date(2026, 3, 5)
    assert opening_day(["見出し", f"{line}に開かれる。", "本文です。"]) is None
