"""In what two sentences of different articles disagree, and where they only look as if they did."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answer.asking import asked_for
from bot.answer.parts import looked_for, parts_of
from bot.answer.rivals import disagree
from bot.answer.statements import Statement
from tests.fakes.hits import hit


def statement(article: str, text: str, language: str = "en", day: int = 3) -> Statement:
    found = hit(article, text)
    ref = replace(found.article, id=article, language=language, published_at=datetime(2026, 3, day, tzinfo=UTC))
    return Statement(replace(found, article=ref), 0, text, None, 0.0)


def kind(question: str, one: str, other: str, language: str = "en") -> str | None:
    first, second = statement("a", one, language), statement("b", other, language)
    texts = {"a": one, "b": other}
    reason = disagree(first, second, texts.__getitem__, question)
    assert disagree(second, first, texts.__getitem__, question) == reason
    return reason


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        ("How many boats sank?", "Nine boats sank in the storm off Varn.", "14 boats sank off Varn.", "number"),
        (
            "How much did the mill cost?",
            "The mill cost 3.1 million euros.",
            "The mill cost 4.4 million euros.",
            "number",
        ),
        (
            "How long will it last?",
            "The strike at Kess will last five days.",
            "The strike at Kess will last two weeks.",
            "number",
        ),
        (
            "At what time did the train leave?",
            "The train to Oss left at 6:10 p.m.",
            "The train to Oss left at 20:30.",
            "hour",
        ),
        ("When will the pool open?", "The pool of Oss opens on 4 May.", "The pool of Oss opens on 9 June.", "day"),
        ("Is the pass open?", "The pass road is open to cars.", "The pass road is closed to cars.", "denial"),
        (
            "Did they meet?",
            "The minister met the owner of the mine.",
            "The minister never met the owner of the mine.",
            "denial",
        ),
        (
            "Why did it burn?",
            "The mill burned down because of a cable.",
            "The mill burned down because of arson.",
            "cause",
        ),
        (
            "Where will it be built?",
            "The school of Oss is built in the park.",
            "The school of Oss is built on the quay.",
            "place",
        ),
        (
            "Who won the race?",
            "The race of Oss was won by Ilse Brandt.",
            "The race of Oss was won by Marek Dvor.",
            "name",
        ),
    ],
)
def test_what_cannot_both_be_true(question: str, one: str, other: str, expected: str) -> None:
    assert kind(question, one, other) == expected


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("How many people work there?", "About 2,000 people work at the yard.", "1,980 people work at the yard."),
        ("How many seats are there?", "The hall has more than 1,500 seats.", "The hall has 1,560 seats."),
        (
            "How many people died?",
            "Three people died in the fire in 2024.",
            "Two people died in the fire in 2026.",
        ),
        ("How many boats sank?", "Nine boats sank off Varn.", "Nine boats sank off Varn, and 14 were saved."),
        (
            "How much was approved?",
            "The house approved another $200 million.",
            "The house approved another $550 million.",
        ),
        ("How long will it last?", "The strike will last 14 days.", "The strike will last two weeks."),
        ("At what time did it leave?", "The train left at 6:10 p.m.", "The train left at about 18:15."),
        (
            "When did it open?",
            "The pool of Oss opened on Sunday.",
            "The pool of Oss opened on Sunday, on 1 March.",
        ),
        ("Why was it called off?", "The match was off because of fog.", "Because of fog the match was off."),
        ("How many people voted?", "The mill of Oss burned down.", "The council of Varn met on Monday."),
    ],
)
def test_what_only_looks_so(question: str, one: str, other: str) -> None:
    assert kind(question, one, other) is None


def test_events_in_other_places_are_other_events() -> None:
    one = "An earthquake shook Tavira on Monday and killed nine people."
    other = "An earthquake shook Lissendorp on Monday and killed four people."
    assert kind("How many people did the earthquake kill?", one, other) is None


def test_reports_far_apart_are_of_other_events() -> None:
    one, other = statement("a", "Nine boats sank off Varn."), statement("b", "14 boats sank off Varn.")
    early = replace(other.hit.article, published_at=datetime(2025, 3, 3, tzinfo=UTC))
    other = replace(other, hit=replace(other.hit, article=early))
    assert disagree(one, other, lambda _: "", "How many boats sank?") is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many boats sank?", "number"),
        ("Hoeveel boten zonken?", "number"),
        ("Wie viele Boote sanken?", "number"),
        ("¿Cuántos barcos?", "number"),
        ("When does it open?", "day"),
        ("Why did it burn?", "cause"),
        ("Is the pass open?", "denial"),
        ("Tell me about the fire", None),
    ],
)
def test_what_a_question_asks_for(question: str, expected: str | None) -> None:
    assert asked_for(question) == expected


def test_a_question_that_asks_several_things_has_several_parts() -> None:
    parts = parts_of("Who won the election of Oss, and how many votes did she get?")
    assert [part.asked for part in parts] == ["Who won the election of Oss?", "How many votes did she get?"]
    assert "Oss" in parts[1].meant or "election" in parts[1].meant
    for single in ("Who is the mayor of Black Hill and Oss?", "When did it burn, and why?", "Is it open?"):
        assert [part.asked for part in parts_of(single)] == [single]


def test_what_was_looked_for_are_the_telling_words() -> None:
    assert looked_for("How many votes did Marta Quist get in Oss?") == ("votes", "Marta Quist", "Oss")
