"""What each article answers to a question, in words of its own, and where two answers differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import pytest

from bot.answer.disagreement.accounts import differing_accounts
from bot.answer.disagreement.clock import hours
from bot.answer.disagreement.statements import Statement, statements
from bot.answer.disagreement.story import tells_of
from bot.answer.question.asking import asked_for, without_names
from tests.fakes.hits import hit

HALF_PAST_FIVE = 5 * 60 + 30


def told(
    question: str, texts: dict[str, str], days: Sequence[int] = (3, 4, 5), closeness: float = 0.9
) -> list[set[str]]:
    """The articles of each side, where all sentences are far from each other.

    The first one's cosine to the question is .9, that of the others ``closeness``.
    """
    known = []
    for (article, text), day in zip(texts.items(), days, strict=False):
        found = hit(article, text)
        moment = datetime(2026, 3, day, tzinfo=UTC)
        ref = replace(found.article, id=article, language="en", published_at=moment)
        known.append(Statement(replace(found, article=ref), 0, text, None, 0.0))

    def similarities(_: str, sentences: Sequence[str]) -> list[float]:
        first = next(iter(texts.values()))
        return [0.9 if sentence == first else closeness for sentence in sentences]

    def vectors(sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        angles = 0.55 * np.arange(len(sentences))
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    sides = differing_accounts(question, known, similarities, vectors, texts.__getitem__)
    return [{one.article.id for one in side} for side in sides]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "How many people were hurt in the fire at Orle?",
            "Twelve guests were injured in the fire at Orle.",
            "The hospital of Orle treated 31 wounded people after the fire.",
        ),
        (
            "How much does the bridge of Orle cost?",
            "The bridge of Orle cost nine million euros.",
            "In Orle 14 million euros were spent on the bridge.",
        ),
        (
            "At what time did the mill of Orle explode?",
            "The mill of Orle exploded at 4.10 a.m., the firemen said.",
            "The mill of Orle blew up at half past five.",
        ),
        (
            "What caused the blast at Orle?",
            "A spark caused the blast at Orle.",
            "The blast at Orle was caused by a leaking pipe.",
        ),
        (
            "Who won the race of Orle?",
            "Marek Dvor was first in the race of Orle and won a cow.",
            "In the race of Orle the winner was, to everybody's surprise, Ilse Brandt.",
        ),
        (
            "Where did the balloon of Orle land?",
            "The balloon of Orle landed in a vineyard.",
            "The balloon of Orle landed on the roof of a school.",
        ),
        (
            "How many people came to the fair of Orle?",
            "The fair of Orle drew 52,000 visitors.",
            "The police of Orle arrived at 30,000, which is less than last time.",
        ),
        (
            "How long will the repair of the bridge of Orle take?",
            "The province of Orle reckons with eight months.",
            "Whoever knows the hinges of Orle says two and a half years.",
        ),
        (
            "Who will lead the bank of Orle?",
            "The bank of Orle is going to be led by Simone Adler.",
            "The choice of the board of Orle fell on Dario Wenk.",
        ),
        (
            "Did the driver of the bus of Orle brake?",
            "In Orle the driver stepped on the brake of the bus.",
            "In Orle the brake was never touched.",
        ),
        (
            "Did the senate of Orle approve the budget?",
            "The senate of Orle has passed the budget.",
            "The vote on the budget of Orle was annulled.",
        ),
        (
            "Did the mayor of Orle sign the contract?",
            "The mayor of Orle has signed the contract.",
            '"I never signed a contract," the mayor of Orle said.',
        ),
    ],
)
def test_articles_that_answer_differently_in_other_words(question: str, one: str, other: str) -> None:
    assert told(question, {"a": one, "b": other}) in ([{"a"}, {"b"}], [{"b"}, {"a"}])


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "How many guests were hurt in the fire at Orle?",
            "A dozen guests were hurt in the fire at Orle.",
            "In the fire at Orle twelve guests were injured.",
        ),
        (
            "How many guests were hurt in the fire at Orle?",
            "Twelve guests were hurt in the fire at Orle.",
            "Three of the guests who were hurt in the fire at Orle are still in hospital.",
        ),
        (
            "How many people died in the fire at Orle?",
            "Two people died in the fire at Orle.",
            "Five people died in a fire in Sandvik.",
        ),
        (
            "How much is the rent in Orle?",
            "The rent in Orle is 200 euros a month.",
            "The rent in Orle is 2,400 euros a year.",
        ),
        (
            "How much does bread cost in Orle?",
            "Bread in Orle costs four euros.",
            "Bread in Orle costs more, by two euros.",
        ),
        (
            "At what time did the mill of Orle explode?",
            "The mill of Orle exploded at 17.30 in the afternoon.",
            "The mill of Orle blew up at half past five.",
        ),
        ("Who won the race of Orle?", "Marek Dvor won the race of Orle.", "The race of Orle was won by Dvor."),
        (
            "Who won the prize of Orle?",
            "The prize of Orle was won by Mira Koss.",
            "On board of the Tern ferry they drink to Koss and her prize of Orle.",
        ),
        (
            "How long is the path to Orle?",
            "The path to Orle is 24 kilometres long.",
            "The path to Orle measures 15 miles.",
        ),
        (
            "How much rice did Orle harvest this year?",
            "Orle harvested 2.9 million tonnes of rice.",
            "Orle had harvested 1.7 million tonnes of rice the year before.",
        ),
        (
            "How many people died in the fire at Orle?",
            "Seven people died in the fire at Orle.",
            "At Orle 19 people were injured.",
        ),
        (
            "How many people died in the mud at Orle?",
            "Fourteen people died in the mud at Orle.",
            "In Lower Besta, south of Orle, nine people died in the mud.",
        ),
        (
            "How many jobs does the mill of Orle cut?",
            "The mill of Orle cuts 4,000 jobs.",
            "In Orle 1,200 jobs are lost of the 4,000 jobs that the mill cuts.",
        ),
        (
            "Did the mayor of Orle take money from the builder?",
            "The mayor of Orle took money from the builder.",
            "The mayor of Orle did not take money from another builder.",
        ),
        (
            "Did the mayor of Orle sign the contract?",
            "The mayor of Orle has signed the contract.",
            "Whether the mayor of Orle signed the contract is unclear.",
        ),
        ("What is known about Orle?", "Orle has nine bridges.", "Orle has 12 bridges."),
    ],
)
def test_articles_that_agree_or_cannot_be_compared(question: str, one: str, other: str) -> None:
    assert told(question, {"a": one, "b": other}) == []


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How many homes lost electricity in storm Petra?", "How many homes lost electricity?"),
        ("Where was the engineer Pavel Druze arrested?", "Where was the engineer arrested?"),
        (
            "Wann wurde das Bild aus dem Schloss Rehfeld gestohlen?",
            "Wann wurde das Bild aus dem Schloss gestohlen?",
        ),
        ("Why did the bridge fall?", "Why did the bridge fall?"),
    ],
)
def test_what_is_asked_without_its_names(question: str, asked: str) -> None:
    assert without_names(question) == asked


def test_articles_that_agree_share_a_side() -> None:
    texts = {
        "a": "Twelve guests were hurt in the fire at Orle.",
        "b": "A dozen guests were hurt in the fire at Orle.",
        "c": "31 guests were hurt in the fire at Orle.",
    }
    assert told("How many guests were hurt in the fire at Orle?", texts) == [{"a", "b"}, {"c"}]


def test_an_answer_far_less_close_to_the_question_is_of_something_else() -> None:
    texts = {
        "a": "Twelve guests were hurt in the fire at Orle.",
        "b": "For the feast of Orle 31 guests were still expected when the fire broke out, and the hurt were few.",
    }
    question = "How many guests were hurt in the fire at Orle?"
    assert told(question, texts, closeness=0.85) == [{"a"}, {"b"}]
    assert told(question, texts, closeness=0.76) == []


def test_homes_are_no_people() -> None:
    texts = {"a": "900 homes in Orle were flooded.", "b": "2,300 people left Orle, which was flooded."}
    assert told("How many homes were flooded in Orle?", texts) == []


def test_what_an_article_corrects_in_itself_is_no_account() -> None:
    said = "The town counts 612 flooded homes. An earlier version of this article gave 621 flooded homes."
    assert [one.text for one in statements([hit("orle", said)])] == ["The town counts 612 flooded homes."]


def test_what_an_article_is_about() -> None:
    assert tells_of("How many people died in the fire at Elm Bay?", "A fire killed two at Elm Bay.")
    assert not tells_of("How many people died in the fire at Elm Bay?", "A fire killed two at Elm Hill.")
    assert tells_of("How many marched against the tram fares of Orle?", "They marched: tram fares must not rise.")


def test_the_question_that_a_question_begins_with() -> None:
    assert asked_for("Did the man who fell from the bridge survive?") == "denial"
    assert asked_for("What will the new roof cost?") == "number"
    assert asked_for("¿Qué día abre la piscina?") == "day"


def test_hours_in_words() -> None:
    assert hours("It blew up at half past five.") == [(HALF_PAST_FIVE, True)]
    assert hours("um halb sechs") == [(HALF_PAST_FIVE, True)]
    assert hours("at ten in the evening") == [(22 * 60, False)]
    assert hours("five evening trains") == []


@pytest.mark.parametrize("text", ["FİVE O'CLOCK", "fıve o'clock", "ſix o'clock"])
def test_an_hour_is_known_by_letters_that_only_look_other(text: str) -> None:
    assert hours(text) == [((6 if "x" in text else 5) * 60, True)]
