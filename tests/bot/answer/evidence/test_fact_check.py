from datetime import UTC, datetime

import pytest

from bot.answer.evidence.comparison.fact_check import Missing, missing_facts
from bot.answer.evidence.comparison.ground import Ground
from bot.answer.evidence.statement import Statement
from tests.fakes.hits import hit

TEXT = (
    "The National Road Agency said on Friday that 212 of 640 lorries were 3 kilometres from Bakhmut. It will pay "
    "14.9 million euros from 12 June, up from 9.5 million. A tenth came at 3.40 p.m., Olena Hryn said."
)


def missing(sentence: str, language: str = "en") -> list[Missing]:
    passage = hit("p", TEXT, title="Lorries near the front", published_at=datetime(2026, 3, 7, tzinfo=UTC))
    ground = Ground([passage], [Statement(TEXT, "en")], [passage])
    return missing_facts(Statement(sentence, language), ground)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Of 640 lorries, 212 were 3,000 metres away.", "en"),
        ("More than 200 lorries wait.", "en"),
        ("Nearly 15 million euros are paid.", "en"),
        ("That is 5.4 million euros more.", "en"),
        ("About 33% of the lorries wait.", "en"),
        ("428 lorries are elsewhere.", "en"),
        ("On 6 March 2026 the NRA said so.", "en"),
        ("It pays from 12 June 2026.", "en"),
        ("In 2025 it was less.", "en"),
        ("Bachmut's road is full, Hryn says.", "en"),
        ("Zweihundertzwölf Lastwagen warten bei Bachmut.", "de"),
        ("Le 12 juin, l'agence paie 14,9 millions d'euros.", "fr"),
    ],
)
def test_facts_that_are_there(sentence: str, language: str) -> None:
    assert missing(sentence, language) == []


@pytest.mark.parametrize(
    ("sentence", "language", "lacking"),
    [
        ("300 lorries wait.", "en", ["300"]),
        ("They are 4 kilometres away.", "en", ["4"]),
        ("It pays from 13 June.", "en", ["13 June"]),
        ("It was so in 1987.", "en", ["1987"]),
        ("The lorries under Petrov wait.", "en", ["Petrov"]),
        ("Dreihundert Lastwagen warten.", "de", ["Dreihundert"]),
    ],
)
def test_facts_that_are_not(sentence: str, language: str, lacking: list[str]) -> None:
    assert [one.fact for one in missing(sentence, language)] == lacking


@pytest.mark.parametrize(
    ("sentence", "sure"),
    [
        ("Petrov and the White House say so.", True),
        ("The road is shut, Boris Petrov said.", True),
        # Counted or reckoned, or called by a first name that others give: who reads may see how.
        ("The road is shut, Marta Hryn said.", False),
        ("187 lorries wait.", False),
        ("It pays from 13 June.", False),
    ],
)
def test_of_names_alone_the_rules_are_sure(sentence: str, sure: bool) -> None:
    assert {one.sure for one in missing(sentence)} == {sure}


def read(text: str, language: str = "en") -> Ground:
    passage = hit("p", text, title="News", language=language, published_at=datetime(2026, 3, 7, tzinfo=UTC))
    return Ground([passage], [Statement(text, language)], [passage])


@pytest.mark.parametrize(
    ("sentence", "passage", "language"),
    [
        ("Costs rise from 6.1 to 8.4 billion euros.", "Instead of 6.1 it is 8.4 billion euros.", "en"),
        ("Es kostet 8,4 statt 6,1 Milliarden Euro.", "Statt 6,1 Milliarden sind es 8,4 Milliarden Euro.", "de"),
        ("That is 72 less.", "There were 38 millimetres of rain, against an average of 110.", "en"),
        ("Prices fall by about 5%.", "Prices are to fall by 4 to 6%.", "en"),
        ("Seoul denied it.", "South Korea denied it.", "en"),
        ("Les Danois paient.", "Le Danemark paie.", "fr"),
        ("The Chinese owner pays.", "It is owned by a company in China.", "en"),
        ("American officials deny it.", "Officials in the U.S. deny it.", "en"),
        ("Londoners said the British left.", "London: the UK has left.", "en"),
        ("De Amerikaanse minister belt.", "De minister van de VS belt.", "nl"),
        ("Ce que disent les Américains.", "La décision américaine est tombée.", "fr"),
        ("До п'ятниці 22 тисячам допоможуть.", "У п'ятницю допоможуть 22 тисячам родин.", "uk"),
    ],
)
def test_what_follows_by_arithmetic_or_is_said_of_a_country_is_there(
    sentence: str, passage: str, language: str
) -> None:
    assert missing_facts(Statement(sentence, language), read(passage, language)) == []


def test_americans_are_not_us() -> None:
    ground = read("The minister told us so.")
    assert missing_facts(Statement("He says the Americans did it.", "en"), ground) == [
        Missing("Americans", sure=True)
    ]


def test_numbers_in_words_of_a_language_that_cannot_be_read_are_left_to_the_judge() -> None:
    ground = read("Було сім влучань.", "uk")
    assert missing_facts(Statement("There were seven hits.", "en"), ground) == []
    assert missing_facts(Statement("There were 47 hits.", "en"), ground) == [Missing("47")]
