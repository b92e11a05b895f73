"""Words in the language of whoever reads them."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.answer.desk import FELL_BACK
from bot.answer.question.limits import NO_QUESTION, QuestionError
from bot.chat.budget import PERSON_SPENT
from bot.discord.pages.failures import explain
from bot.discord.speech.catalogues import LANGUAGES, known
from bot.discord.speech.phrase import Phrase, day, language, number, say, speaking
from bot.discord.words.usage import ANSWERS, TOKENS_OF
from index.fetch import FetchError
from index.fetch.addresses import checked_addresses
from index.told import tell, tell_count, words_of

HOURS = tell_count("in {count} hour", "in {count} hours")
"""Of the catalogues."""


@pytest.mark.parametrize(
    ("locale", "spoken"),
    [("de", "de"), ("es-419", "es"), ("es-ES", "es"), ("en-GB", "en"), ("uk", "uk"), ("ja", "en"), (None, "en")],
)
def test_a_locale_of_discords_is_one_of_the_languages(locale: str | None, spoken: str) -> None:
    assert known(locale) == spoken
    assert spoken in LANGUAGES


def test_words_are_said_in_the_language_that_is_spoken() -> None:
    assert TOKENS_OF(used=7, limit=1000) == "7 of 1,000 tokens"
    with speaking("de"):
        assert TOKENS_OF(used=7, limit=1000) == "7 von 1.000 Token"
    assert language() == "en"


def test_each_language_has_its_own_forms_of_number() -> None:
    with speaking("uk"):
        assert [ANSWERS(n) for n in (1, 3, 5, 21)] == [
            "1 відповідь",
            "3 відповіді",
            "5 відповідей",
            "21 відповідь",
        ]
    with speaking("fr"):
        assert ANSWERS(0) == "0 réponse"


def test_what_no_catalogue_has_is_said_in_english() -> None:
    with speaking("nl"):
        assert Phrase("{count} zeppelins")(count=3) == "3 zeppelins"


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    written = {}
    for code in LANGUAGES:
        with speaking(code):
            written[code] = number(1234.5, 1), day(date(2026, 5, 3))
    assert written["en"] == ("1,234.5", "3 May 2026")
    assert written["de"] == ("1.234,5", "3. Mai 2026")
    assert written["fr"] == ("1\u202f234,5", "3 mai 2026")
    assert written["uk"] == ("1\xa0234,5", "3 травня 2026\u202fр.")


async def test_a_thread_that_is_waited_for_speaks_the_same() -> None:
    with speaking("es"):
        assert await asyncio.to_thread(language) == "es"


def test_what_happened_below_is_said_in_the_language_of_its_reader() -> None:
    spent = PERSON_SPENT.given(limit=HOURS.given(count=1000), left=HOURS.given(count=3))
    note = FELL_BACK.given(reason=spent)
    assert say(note) == str(note)
    with speaking("fr"):
        assert say(note).startswith("Tu as épuisé ton quota du jour du modèle de chat (dans 1\u202f000 heures).")
        assert say("as it is") == "as it is"
    with speaking("de"):
        assert say(tell("It is older than {day}.", day=date(2026, 5, 3))) == "Er ist älter als vom 3. Mai 2026."


def test_what_is_told_of_a_number_of_things_has_the_forms_of_its_language() -> None:
    with speaking("uk"):
        told = [say(HOURS.given(count=n)) for n in (1, 3, 5, 21)]
    assert told == ["за 1 годину", "за 3 години", "за 5 годин", "за 21 годину"]
    with speaking("fr"):
        assert say(HOURS.given(count=0)) == "dans 0 heure"
    assert [say(HOURS.given(count=n)) for n in (1, 2)] == ["in 1 hour", "in 2 hours"]


def test_a_refused_address_is_told_whole_in_the_language_of_its_reader() -> None:
    with pytest.raises(FetchError) as refused:
        checked_addresses("localhost", 80, lambda *_: ["127.0.0.1"], frozenset())
    with speaking("de"):
        assert say(words_of(refused.value)).startswith("localhost (127.0.0.1) ist eine Loopback-Adresse: Solche")


def test_a_reason_is_told_in_the_language_of_whoever_asked() -> None:
    with speaking("es"):
        assert explain(QuestionError(NO_QUESTION), "asking").startswith("No hay ninguna pregunta.")


def test_what_is_for_the_operator_is_not_said() -> None:
    assert say(tell("{why} Sorry.", why=tell("It failed.").beside("(500: “secrets”)"))) == "It failed. Sorry."
