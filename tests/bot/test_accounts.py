"""What each article answers to a question, in words of its own, and where two answers differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import pytest

from bot.answer.accounts import differing_accounts
from bot.answer.asking import asked_for
from bot.answer.clock import hours
from bot.answer.statements import Statement
from bot.answer.story import tells_of
from tests.fakes.hits import hit

HALF_PAST_FIVE = 5 * 60 + 30


def told(question: str, texts: dict[str, str], days: Sequence[int] = (3, 4, 5)) -> list[set[str]]:
    """The articles of each side, where all sentences are equally close to the question and far from each other."""
    known = []
    for (article, text), day in zip(texts.items(), days, strict=False):
        found = hit(article, text)
        moment = datetime(2026, 3, day, tzinfo=UTC)
        ref = replace(found.article, id=article, language="en", published_at=moment)
        known.append(Statement(replace(found, article=ref), 0, text, None, 0.0))

    def similarities(_: str, sentences: Sequence[str]) -> list[float]:
        return [0.9] * len(sentences)

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
            "When does the pool of Orle open again?",
            "The pool of Orle opens on 12 June.",
            "The pool of Orle will stay closed until October.",
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
            "Did the mayor of Orle sign the contract?",
            "The mayor of Orle has signed the contract.",
            "Whether the mayor of Orle signed the contract is unclear.",
        ),
        ("What is known about Orle?", "Orle has nine bridges.", "Orle has 12 bridges."),
    ],
)
def test_articles_that_agree_or_cannot_be_compared(question: str, one: str, other: str) -> None:
    assert told(question, {"a": one, "b": other}) == []


def test_articles_that_agree_share_a_side() -> None:
    texts = {
        "a": "Twelve guests were hurt in the fire at Orle.",
        "b": "A dozen guests were hurt in the fire at Orle.",
        "c": "31 guests were hurt in the fire at Orle.",
    }
    assert told("How many guests were hurt in the fire at Orle?", texts) == [{"a", "b"}, {"c"}]


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
