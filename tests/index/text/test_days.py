"""Days that only the day of publication tells."""

from __future__ import annotations

from datetime import date

import pytest

from index.text.days import relative_days

THURSDAY = date(2026, 3, 5)


def found(text: str, language: str | None) -> list[tuple[str, str]]:
    return [(text[day.start : day.end], f"{day.first:%-d %b}") for day in relative_days(text, THURSDAY, language)]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "The dockers are to walk out on Monday.", "9 Mar"),
        ("en", "Bosses met Monday and agreed the plant would close.", "2 Mar"),
        ("en", "Police said the march will start on Monday.", "9 Mar"),
        ("en", "He told the court that on Monday she will resign.", "9 Mar"),
        ("en", "The president will open the renovated station on Monday.", "9 Mar"),
        ("en", "The team arrived in Lyon on Thursday.", "5 Mar"),
        ("en", "Trading resumes Monday.", "9 Mar"),
        ("en", "Since Monday, no trains have run.", "2 Mar"),
        ("en", "Officials expect the road to reopen on Monday.", "9 Mar"),
        ("en", "The ceasefire, agreed on Sunday, holds.", "1 Mar"),
        ("de", "Die Lotsen wollen am Montag streiken.", "9 Mar"),
        ("de", "Die Feuerwehr löschte am Sonntagabend einen Brand.", "1 Mar"),
        ("de", "Der Minister sagte am Dienstag, er werde zurücktreten.", "3 Mar"),
        ("de", "In Kiel hat am Mittwoch ein Kran einen Mast umgerissen.", "4 Mar"),
        ("de", "Übermorgen öffnet die Messe.", "7 Mar"),
        ("nl", "Maandag begint het proces.", "9 Mar"),
        ("nl", "De politie heeft dinsdag een man aangehouden.", "3 Mar"),
        ("nl", "De weg gaat komende vrijdag open.", "6 Mar"),
        ("fr", "Le président se rendra vendredi à Berlin.", "6 Mar"),
        ("fr", "La loi votée mercredi entrera en vigueur en mai.", "4 Mar"),
        ("fr", "L'avion s'est écrasé mardi soir.", "3 Mar"),
        ("es", "El Gobierno quiere aprobar el martes el decreto.", "10 Mar"),
        ("es", "La policía detuvo el domingo a tres hombres.", "1 Mar"),
        ("uk", "Переговори відбудуться у неділю.", "8 Mar"),
    ],
)
def test_a_day_of_the_week_goes_with_the_tense(language: str, text: str, day: str) -> None:
    assert [when for _, when in found(text, language)] == [day]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # Names, habits and quoted titles
        ("en", "USA TODAY and The Sunday Times first reported it."),
        ("en", "She told NBC's Today show that she would run."),
        ("en", 'They released "Blue Monday" in 1983.'),
        ("en", "Every Monday he walked to the market, and on Sundays to church."),
        ("de", "Das berichtete die Welt am Sonntag."),
        ("nl", "De winkel ging elke vrijdag open."),
        ("fr", "Le musée était fermé le lundi."),
        ("es", "El bar cerró los lunes y por la mañana."),
        # Open in its tense
        ("en", "The deal was due to be signed on Tuesday."),
        ("en", "The vote could come as early as Monday."),
        ("en", "A man walks past a burnt car on Tuesday."),
        ("en", "The strike set for Monday has been called off."),
        ("de", "Er soll am Montag gestorben sein."),
        ("de", "Die Bahn streikt am Montag."),
        ("nl", "De staking zou maandag beginnen."),
        ("fr", "Il aurait quitté la ville dimanche."),
        ("es", "El juicio debía empezar el lunes."),
        # "Today" for these times, days of another's telling, dates that tell it themselves
        ("en", "Today, most people own a phone."),
        ("en", '"We will know tomorrow," she wrote in 2019.'),
        ("en", "It opened on Monday 2 March."),
        # No table
        ("xx", "On Monday it opened."),
        (None, "On Monday it opened."),
    ],
)
def test_no_day_is_told_where_it_is_not_plain(language: str | None, text: str) -> None:
    assert found(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Some were without a network on Thursday evening and early Friday morning."),
        ("en", "An earthquake struck the island on Friday."),
        ("en", "The mayor resigned on Saturday."),
        ("de", "Die Brücke wurde am Freitag gesperrt."),
        ("nl", "De politie heeft vrijdag een man aangehouden."),
        ("es", "La policía detuvo el sábado a tres hombres."),
    ],
)
def test_a_page_that_was_gone_on_with_is_no_week_off(language: str, text: str) -> None:
    assert [when for _, when in found(text, language)] in ([], ["5 Mar"])


def test_next_friday_is_told_if_it_can_only_be_one() -> None:
    assert found("The court will sit next Monday.", "en") == [("next Monday", "9 Mar")]
    assert found("The court will sit next Friday.", "en") == []


def test_weeks_months_and_years_are_those_of_the_calendar() -> None:
    days = relative_days("Prices rose last week, last month and last year.", THURSDAY, "en")
    assert [(day.first, day.last) for day in days] == [
        (date(2026, 2, 23), date(2026, 3, 1)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2025, 1, 1), date(2025, 12, 31)),
    ]
