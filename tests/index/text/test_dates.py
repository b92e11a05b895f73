from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index.text.dates import find_date, parse_date

DAY = datetime(2023, 5, 12)


@pytest.mark.parametrize(
    "stated",
    [
        "2023-05-12",
        "20230512",
        "12 May 2023",
        "May 12, 2023",
        "12 mei 2023",
        "12. Mai 2023",
        "12 de mayo de 2023",
        "12 mai 2023",
        "12 травня 2023 року",
        "12 мая 2023",
        "12.05.2023",
        "Friday, 12 May 2023",
        date(2023, 5, 12),
        datetime(2023, 5, 12),
    ],
)
def test_dates_in_many_forms(stated: object) -> None:
    assert parse_date(stated) == DAY


def test_a_time_and_its_zone_are_kept() -> None:
    assert parse_date("2023-05-12T10:30:00Z") == datetime(2023, 5, 12, 10, 30, tzinfo=UTC)
    two_hours_east = timezone(timedelta(hours=2))
    assert parse_date("Fri, 12 May 2023 10:30:00 +0200") == datetime(2023, 5, 12, 10, 30, tzinfo=two_hours_east)


@pytest.mark.parametrize("stated", ["0001-01-01T00:00:00Z", "9999-12-31", date(1, 1, 1), datetime.max])
def test_a_date_that_stands_for_none_is_none(stated: object) -> None:
    assert parse_date(stated) is None


@pytest.mark.parametrize(
    "stated",
    ["", "2004/2005", "2023", "May 2023", "Friday", "yesterday", "05/12/2023", "soon", 5, None, "9" * 5000],
)
def test_what_does_not_state_one_day_is_no_date(stated: object) -> None:
    assert parse_date(stated) is None


def test_a_slashed_date_that_can_be_read_one_way_only() -> None:
    assert parse_date("13/05/2023") == datetime(2023, 5, 13)


@pytest.mark.parametrize(
    "line",
    [
        "Kyiv, 12 May 2023",
        "KYIV, Ukraine, May 12, 2023 — The president spoke.",
        "Київ, 12 травня 2023 року",
        "Published: 12 May 2023",
        "Gepubliceerd op 12 mei 2023 om 10:00",
        "12 May 2023",
        "By Ada Roe | Published May 12, 2023 at 5:00 a.m.",
        "Par Ada Roé – Publié le 12 mai 2023 à 6 h 30",
        "Gößnitz, den 12. Mai 2023",
        "2023-05-12 08:12　来源：海湾晚报　字号：大 中 小",
        "12 May 2023, 08:12",
        "12 May 2023 Source: Bay Post",
        "Ada Roe\n12 May 2023",
        "Wharf Valley Mercury, Friday, May 12, 2023",
        "Газета «Сосновский вестник», 12 мая 2023 г.",
        "Il Messaggero del Golfo, venerdì 12 maggio 2023",
        "„Hohenwerder Kreisblatt“ – 12. Mai 2023",
        "By Ada Roe, 12 May 2023",
    ],
)
def test_a_dateline_near_the_top(line: str) -> None:
    assert find_date(["A headline", line, "The text."]) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "On Friday, 12 May 2023, he left the city.",
        "He was born on 12 May 2023.",
        "It was 12 May 2023 when it fell.",
        "The law, which parliament had debated since spring, was published on 12 May 2023.",
        "Concert on 12 May 2023",
        "Born in Kyiv, 12 May 2023",
        "The bridge was closed, 12 May 2023",
        "Photo: Ada Roe, 12 May 2023",
        "“It is enough”, he said, 12 May 2023",
        "Rector of the university, 12 May 2023",
        "12 May 2023 Election: Labour wins by a landslide",
    ],
)
def test_a_date_inside_a_sentence_is_not_when_it_was_published(line: str) -> None:
    assert find_date([line]) is None


def test_a_dateline_far_down_is_not_the_articles_own() -> None:
    assert find_date(["One.", "Two.", "Three.", "Four.", "Kyiv, 12 May 2023"]) is None
