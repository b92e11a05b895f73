"""Follow-ups made standalone by rule."""

from __future__ import annotations

import pytest

from bot.answer.answer import Answer, Sentence
from bot.answer.question.follow_up import begins_with_and, completed
from bot.answer.question.parts import looked_for, parts_of
from bot.answer.question.question import Part
from bot.answer.question.turn import Turn, turn_of


def turn(asked: str) -> Turn:
    return Turn(asked, asked, "Twelve people died, mayor Ivan Petrov said.")


FLOOD = turn("How many people died in the flood in Kharkiv?")


@pytest.mark.parametrize(
    ("before", "asked", "expected"),
    [
        (FLOOD.question, "And in Dnipro?", "How many people died in the flood in Dnipro?"),
        ("Who leads Brightwater in 2024?", "And in 2023?", "Who leads Brightwater in 2023?"),
        (
            "Hoeveel mensen stierven bij de brand in Velden?",
            "En in Breda?",
            "Hoeveel mensen stierven bij de brand in Breda?",
        ),
        (
            "Wie viele Menschen starben beim Brand in Velden?",
            "Und in Halm?",
            "Wie viele Menschen starben beim Brand in Halm?",
        ),
        (
            "Combien de personnes sont mortes à Velda ?",
            "Et à Tora ?",
            "Combien de personnes sont mortes à Tora?",
        ),
        ("Скільки людей загинуло в Харкові?", "А в Дніпрі?", "Скільки людей загинуло в Дніпрі?"),
    ],
)
def test_a_name_or_a_year_takes_the_place_of_the_last_one(before: str, asked: str, expected: str) -> None:
    assert completed(asked, turn(before)) == Part(expected)


@pytest.mark.parametrize(
    "asked", ["How many tanks?", "Why?", "When did it happen?", "What about Odessa?", "¿Por qué?", "Und der Kran?"]
)
def test_what_lacks_its_subject_keeps_its_words_and_gets_the_question_before(asked: str) -> None:
    part = completed(asked, FLOOD)
    assert part == Part(f"{asked.strip('¿?')}?", FLOOD.question)
    assert part.meant == f"{asked.strip('¿?')} ({FLOOD.question.rstrip('?')})?"


def test_a_completed_question_can_be_followed_up_again() -> None:
    why = completed("And why?", FLOOD)
    first = Turn("And why?", why.meant, "", why.context)
    assert completed("Since when?", first) == Part("Since when?", FLOOD.question)
    assert completed("And in Halm?", first) == Part("And why?", "How many people died in the flood in Halm?")
    there = completed("And in Dnipro?", FLOOD)
    first = Turn("And in Dnipro?", there.meant, "", there.context)
    assert completed("And in Halm?", first) == Part("How many people died in the flood in Halm?")


def test_a_question_of_several_things_is_taken_apart() -> None:
    first, second, third = parts_of("Who won in Carrow, and how many votes did she get, and who lost in Tarn?")
    assert (first.own, first.meant) == ("Who won in Carrow?", "Who won in Carrow?")
    assert (second.own, second.meant) == (
        "How many votes did she get?",
        "How many votes did she get (Who won in Carrow)?",
    )
    assert third.meant == "Who lost in Tarn?"


@pytest.mark.parametrize(
    "question",
    [
        "¿Preguntó el juez de Sevilla a quién votó el alcalde?",
        "¿Cuánto pagó el banco Nordvik a cuántos clientes afectados?",
        "¿Murió el rey de Halm en qué año?",
    ],
)
def test_and_in_another_language_takes_no_question_apart(question: str) -> None:
    assert parts_of(question) == [Part(question)]


def test_what_is_looked_for_are_names_and_telling_words() -> None:
    assert looked_for("How many people died in the flood of New Carrow?") == (
        "people",
        "died",
        "flood",
        "New Carrow",
    )


def test_a_turn_of_an_answer() -> None:
    answer = Answer("Why?", "Why (Who won)?", (Sentence("x" * 2000, (1,)),), context="Who won?")
    kept = turn_of(answer)
    assert kept
    assert (kept.question, kept.standalone, kept.context) == ("Why?", "Why (Who won)?", "Who won?")
    assert len(kept.answer) < 1000


@pytest.mark.parametrize(
    ("asked", "language", "goes_on"),
    [
        ("and when does it end?", "en", True),
        ("¿y cuándo es el examen?", "es", True),
        ("en wanneer?", "nl", True),
        ("¿En qué año fue?", "es", False),
        ("and when does it end?", None, False),
        ("and", "en", False),
    ],
)
def test_and_goes_on_in_its_own_language(asked: str, language: str | None, goes_on: bool) -> None:
    assert begins_with_and(asked, language) is goes_on
