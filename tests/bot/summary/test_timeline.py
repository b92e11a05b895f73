"""When things happened, by what the sentences say."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer.evidence.days import event_days, resolve_days
from bot.summary.topic.main_day import main_day, went_on_with

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
        ("en", "Each of doses 2 and 3 may be a smaller one.", []),
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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He spent his youth in the 19th of April Movement."),
        ("en", "Reyes has narrated the Jan. 6 hearings as their vice chair."),
        ("en", "The January 6 committee obtained letters that Reyes sent."),
        ("en", "A year later she was censured for serving on the House January 6, 2026, committee."),
        ("en", "Reyes has opposed him since the 6 January 2026 attack on the building."),
        ("en", "Ott ordered flags to be flown at half staff in memory of Abe until March 15."),
        ("en", "They walked the picket line even though their store isn't having a vote until March 16."),
        ("en", "The announcement comes a day after Ott won her first match on Monday in Toronto."),
        ("en", "The session, which began on March 2, lasted long."),
        ("en", "She was named a starter last week, with the game scheduled to take place on March 15."),
        ("en", "The roof fell on 2 March and the walls on 3 March."),
        ("de", "Der Ausschuss untersuchte den Sturm vom 6. Januar."),
        ("de", "Das Dorf wurde geräumt, nachdem der Damm am 3. März gebrochen war."),
        ("es", "La comisión investigó el asalto del 6 de enero."),
        ("fr", "La commission a enquêté sur l'attaque du 6 janvier."),
        ("nl", "De stad werd ontruimd nadat de dijk op 3 maart brak."),
        ("uk", "Місто евакуювали, коли 3 березня прорвало дамбу."),
    ],
)
def test_a_day_that_is_not_that_of_what_is_mainly_told_dates_nothing(language: str, text: str) -> None:
    assert event_days(text, WEDNESDAY, language)
    assert main_day(text, WEDNESDAY, language) is None


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "On March 3 workers went on strike.", date(2026, 3, 3)),
        ("en", "Griner, a player who lives abroad, was arrested February 17.", date(2026, 2, 17)),
        ("en", "The museum will open on Friday, the mayor said.", date(2026, 3, 13)),
        ("en", "The mayor said on Monday that the museum will open on Friday.", date(2026, 3, 13)),
        ("de", "Am 3. März brach der Damm, nachdem es lange geregnet hatte.", date(2026, 3, 3)),
        ("es", "La huelga empezó el 23 de febrero.", date(2026, 2, 23)),
        ("fr", "Le pont a cédé le 3 mars.", date(2026, 3, 3)),
        ("nl", "De fabriek brandde op 3 maart af.", date(2026, 3, 3)),
        ("uk", "Міст упав 3 березня.", date(2026, 3, 3)),
    ],
)
def test_the_day_of_what_is_mainly_told(language: str, text: str, day: date) -> None:
    told = main_day(text, WEDNESDAY, language)
    assert told is not None
    assert told.first == day


def test_a_page_that_tells_of_the_next_day_was_gone_on_with() -> None:
    told = "Protesters stormed the office on Thursday."
    assert [day.first for day in went_on_with(told, WEDNESDAY, "en")] == [date(2026, 3, 12)]
    assert went_on_with("Protesters stormed the office on Monday.", WEDNESDAY, "en") == []
    assert went_on_with("The court will sit on Thursday.", WEDNESDAY, "en") == []
