"""When things happened, by what the sentences say."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer.evidence.days import event_days, resolve_days

WEDNESDAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "The bridge fell on 3 March.", [("3 March", date(2026, 3, 3), date(2026, 3, 3))]),
        ("en", "The vote is on 2 January 2027.", [("2 January 2027", date(2027, 1, 2), date(2027, 1, 2))]),
        ("en", "Files were copied between 2 and 6 June.", [("2 and 6 June", date(2026, 6, 2), date(2026, 6, 6))]),
        ("de", "Die Messe läuft vom 3. bis 9. Mai.", [("3. bis 9. Mai", date(2026, 5, 3), date(2026, 5, 9))]),
        ("de", "Er wird im April 2026 gewählt.", [("April 2026", date(2026, 4, 1), date(2026, 4, 30))]),
        ("en", "It burned down on Monday.", [("Monday", date(2026, 3, 9), date(2026, 3, 9))]),
        (
            "nl",
            "De fabriek brandde zaterdagochtend af.",
            [("zaterdagochtend", date(2026, 3, 7), date(2026, 3, 7))],
        ),
        ("en", "The court will sit on Friday.", [("Friday", date(2026, 3, 13), date(2026, 3, 13))]),
        ("en", "A recount begins on Monday.", [("Monday", date(2026, 3, 16), date(2026, 3, 16))]),
        ("en", "It opened yesterday.", [("yesterday", date(2026, 3, 10), date(2026, 3, 10))]),
        (
            "es",
            "La huelga empezó el lunes 23 de febrero.",
            [("23 de febrero", date(2026, 2, 23), date(2026, 2, 23))],
        ),
        (
            "en",
            "They will not pay, the director said on Monday.",
            [("Monday", date(2026, 3, 9), date(2026, 3, 9))],
        ),
        ("en", "A ship was built on 31 June.", []),
        ("en", "Nothing is dated here.", []),
    ],
)
def test_the_days_that_a_sentence_gives(language: str, text: str, days: list[tuple[str, date, date]]) -> None:
    found = resolve_days(text, WEDNESDAY, language)
    assert [(day.written, day.first, day.last) for day in found] == days


def test_a_date_without_its_year_is_the_nearest() -> None:
    (day,) = resolve_days("The roof gave way on 28 December.", date(2026, 1, 4), "en")
    assert day.first == date(2025, 12, 28)


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "The firm will end its contract on 30 September.", [date(2026, 9, 30)]),
        ("en", "The firm ended its contract on 30 September.", [date(2025, 9, 30)]),
        ("de", "Das Werk soll am 30. September schließen.", [date(2026, 9, 30)]),
        ("fr", "Le contrat prendra fin le 30 septembre.", [date(2026, 9, 30)]),
        ("en", "Details: 30 September, in the hall.", []),
    ],
)
def test_a_date_months_away_is_in_the_year_of_its_tense(language: str, text: str, days: list[date]) -> None:
    assert [day.first for day in resolve_days(text, date(2026, 3, 24), language)] == days


def test_an_event_is_not_on_the_day_on_which_somebody_tells_of_it() -> None:
    text = "Police said on Tuesday that the safe was emptied on 3 March."
    assert [day.first for day in event_days(text, WEDNESDAY, "en")] == [date(2026, 3, 3)]


def test_the_day_of_the_telling_alone_dates_no_event() -> None:
    text = "Two more people have died, the hospital said on Tuesday."
    assert event_days(text, WEDNESDAY, "en") == []
