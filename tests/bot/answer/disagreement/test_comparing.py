"""Where articles exclude each other, as far as rules tell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.answer.disagreement.comparing import find_contrasts
from bot.answer.disagreement.statements import statements
from bot.answer.question.question import Part
from index.search import Hit
from tests.fakes.hits import hit


def article(name: str, text: str, day: int = 5, language: str = "en") -> Hit:
    moment = datetime(2026, 3, day, tzinfo=UTC)
    return hit(name, text, title="News of Orle", article_id=name, published_at=moment, language=language)


def told(question: str, *articles: Hit) -> list[list[str]]:
    """The first words of each side, by contrast."""
    known = statements(articles)
    return [[side[0].text for side in one.sides] for one in find_contrasts(Part(question), known, known[:1])]


@pytest.mark.parametrize(
    ("language", "question", "one", "other"),
    [
        (
            "en",
            "How many guests were hurt in the fire at the mill of Orle?",
            "Twelve guests were hurt in the fire at the mill of Orle.",
            "At the mill of Orle 31 guests were hurt in a fire.",
        ),
        (
            "en",
            "How many guests came to the fair of Orle?",
            "More than 900 guests came to the fair of Orle, its director said.",
            "To the fair of Orle came 340 guests, police said.",
        ),
        (
            "de",
            "Wie viele Gäste kamen zum Markt von Orle?",
            "Zum Markt von Orle kamen mindestens 900 Gäste.",
            "Zum Markt von Orle kamen 340 Gäste, sagte die Polizei.",
        ),
        (
            "en",
            "When does the mill of Orle reopen?",
            "The mill of Orle reopens on 12 June.",
            "The mill of Orle reopens on 3 October, its owner said.",
        ),
        (
            "en",
            "Did the mayor of Orle sign the contract?",
            "The mayor of Orle signed the contract on Tuesday.",
            "The mayor of Orle did not sign the contract, her office said.",
        ),
        (
            "en",
            "Did the mayor of Orle sign the contract for the bridge?",
            "The mayor of Orle signed the contract for the bridge after four hours of talks with a builder.",
            "For lack of money the mayor of Orle has not signed the contract for the bridge, she told a reporter.",
        ),
        (
            "de",
            "Hat die Stadt Orle das Dach der Halle geprüft?",
            "Die Stadt Orle hat das Dach der Halle geprüft, nach einem Sturm im Februar.",
            "Von der Stadt Orle sei das Dach der Halle nie geprüft worden, schreibt der Gutachter.",
        ),
        (
            "de",
            "Wie viele Kühe starben beim Brand in Orle?",
            "Beim Brand in Orle starben dreihundertfünfzig Kühe.",
            "In Orle starben bei dem Brand 500 Kühe.",
        ),
        (
            "nl",
            "Hoeveel kost de nieuwe brug van Orle?",
            "De nieuwe brug van Orle kost 12 miljoen euro.",
            "De kosten van de nieuwe brug: de gemeente Orle betaalt er 19 miljoen euro voor.",
        ),
        (
            "fr",
            "Quand le pont d'Orle fermera-t-il ?",
            "Le pont d'Orle fermera le 6 octobre.",
            "Le pont d'Orle sera fermé à partir du 20 octobre.",
        ),
    ],
)
def test_plain_contradictions_are_told(language: str, question: str, one: str, other: str) -> None:
    found = told(question, article("a", one, language=language), article("b", other, language=language))
    assert [sorted(sides) for sides in found] == [sorted([one, other])]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        # The same in other words, units, roundings
        ("How long is the bridge of Orle?", "The bridge of Orle is 3 km long.", "Orle has a bridge 3,000 m long."),
        (
            "How many guests came to the fair of Orle?",
            "About 500 guests came to the fair of Orle.",
            "To the fair of Orle came 512 guests.",
        ),
        # Another bound, another time, another place
        (
            "How many guests came to the fair of Orle?",
            "More than 500 guests came to the fair of Orle.",
            "To the fair of Orle came 900 guests.",
        ),
        (
            "How many guests came to the fair of Orle?",
            "In 2025, 500 guests came to the fair of Orle.",
            "In 2026, 900 guests came to the fair of Orle.",
        ),
        (
            "How many guests came to the fair of Orle?",
            "To the fair of Orle came 900 guests.",
            "To the fair of Tarp came 500 guests.",
        ),
        (
            "How many trees does Orle plant?",
            "Orle wants to plant 5,000 trees.",
            "Orle has planted 1,140 trees in the first year.",
        ),
        # Not sure, or only asked
        (
            "Did the mayor of Orle sign the contract?",
            "The mayor of Orle signed the contract.",
            "It is not known whether the mayor of Orle did not sign the contract.",
        ),
        (
            "Did Orle recall the batches?",
            "Orle is testing 60 further batches and expects to be done soon.",
            "Its director, who had been certain that Orle had no other batch to fear for, is on leave.",
        ),
        # What is denied is something else than what was asked
        (
            "Did the mayor of Orle sign the contract for the bridge?",
            "The mayor of Orle signed the contract for the bridge on Tuesday night in her office.",
            "The mayor of Orle, who was not at the fair, told the council that she will sign no other contract.",
        ),
        (
            "Did the mayor of Orle sign the contract for the bridge?",
            "The mayor of Orle signed the contract for the bridge after four hours of talks with a builder.",
            "The mayor of Orle signed the contract for the bridge though its price was not known.",
        ),
        # Who said it when
        (
            "When was the safe of Orle emptied?",
            "The safe of Orle was emptied, police said on Tuesday.",
            "The safe of Orle was emptied, the bank said on Wednesday.",
        ),
    ],
)  # fmt: skip
def test_what_may_both_be_true_is_not_told(question: str, one: str, other: str) -> None:
    assert told(question, article("a", one), article("b", other)) == []


def test_a_denial_of_the_same_words_is_told_whatever_was_asked() -> None:
    yes = "The ministry of Orle ordered the gates of the dam to be opened, the engineers said."
    no = "The ministry of Orle did not order the gates of the dam to be opened, its minister said."
    assert told("Who ordered the gates of Orle?", article("a", yes), article("b", no)) == [[yes, no]]


@pytest.mark.parametrize(
    ("one", "other", "told_apart"),
    [
        (
            "Nine ships are waiting outside the port of Orle, according to the port authority.",
            "The dockers' union says that 23 ships are waiting outside the port of Orle.",
            True,
        ),
        (
            "On Monday police said that 9 ships were waiting outside the port of Orle.",
            "On Tuesday police said that 23 ships were waiting outside the port of Orle.",
            False,
        ),
        (
            "Nine ships were waiting outside the port of Orle in the morning.",
            "By night 23 ships were waiting outside the port of Orle, the union said.",
            False,
        ),
    ],
)
def test_two_voices_in_one_article(one: str, other: str, told_apart: bool) -> None:
    found = told("How many ships are waiting outside the port of Orle?", article("a", f"{one} {other}"))
    assert found == ([[one, other]] if told_apart else [])


def test_the_oldest_count_comes_first() -> None:
    early, late = (
        article("a", "Nine people died in the landslide at Orle.", 1),
        article("b", "The death toll has risen: 16 people died in the landslide at Orle.", 4),
    )
    known = statements([late, early])
    (found,) = find_contrasts(Part("How many people died in the landslide at Orle?"), known, known[:1])
    assert [side[0].article.id for side in found.sides] == ["a", "b"]
