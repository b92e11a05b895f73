"""Follow-ups made standalone by rule."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.answer.answer import Answer, Citation, Sentence
from bot.answer.question.standalone import standalone, turn_of
from bot.answer.question.turn import Turn

FLOOD = Turn(
    "How many people died in the flood in Kharkiv?",
    "How many people died in the flood in Kharkiv?",
    "Twelve people died, mayor Ivan Petrov said.",
)
LEADER = Turn("Who leads Brightwater in 2024?", "Who leads Brightwater in 2024?", "Mara Lindqvist leads it.")


@pytest.mark.parametrize(
    ("turn", "asked", "expected"),
    [
        (FLOOD, "And in Dnipro?", "How many people died in the flood in Dnipro?"),
        (FLOOD, "What about Odessa?", "How many people died in the flood in Odessa?"),
        (
            Turn("Tell me about the flood in Kharkiv", "Tell me about the flood in Kharkiv", ""),
            "Is somebody still missing?",
            "Is somebody still missing (the flood in Kharkiv)?",
        ),
        (LEADER, "And in 2023?", "Who leads Brightwater in 2023?"),
        (LEADER, "Where was she born?", "Where was Mara Lindqvist born (Brightwater in 2024)?"),
    ],
)
def test_a_follow_up_gets_what_it_lacks(turn: Turn, asked: str, expected: str) -> None:
    assert standalone(asked, [turn]) == expected


@pytest.mark.parametrize(
    "asked",
    [
        "How many tanks?",
        "Why?",
        "When did it happen?",
        "What did the minister say?",
        "What happened there?",
        "Was anyone hurt?",
    ],
)
def test_a_question_without_its_subject_keeps_its_words_and_gets_the_last_subject(asked: str) -> None:
    rewritten = standalone(asked, [FLOOD])
    assert rewritten is not None
    assert "Kharkiv" in rewritten
    assert rewritten.startswith(" ".join(asked.rstrip("?").split()[:-1]))


@pytest.mark.parametrize(
    ("before", "asked", "expected"),
    [
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
        ("¿Cuántas personas murieron en el incendio de Velda?", "¿Por qué?", "¿Por qué (el incendio de Velda)?"),
        (
            "Combien de personnes sont mortes à Velda?",
            "Et à Tora?",
            "Combien de personnes sont mortes à Tora?",
        ),
    ],
)
def test_other_languages(before: str, asked: str, expected: str) -> None:
    assert standalone(asked, [Turn(before, before, "")]) == expected


def test_questions_that_stand_on_their_own_stay_as_they_are() -> None:
    asked = [
        "Who won the regatta on Lake Ormsee?",
        "What is photosynthesis?",
        "Which minister resigned over the Tellin dam?",
        "Hoeveel kost een kaartje voor het museum in Wolvenaar?",
        "Was ist mit Normalkräften verbunden?",
        "When did the bakers of Quillford say they would strike?",
    ]
    for before, question in pairwise(asked):
        assert standalone(question, [Turn(before, before, "")]) is None


def test_without_turns_nothing_is_rewritten() -> None:
    assert standalone("And in Dnipro?", []) is None


def test_the_last_turn_counts() -> None:
    assert standalone("And in Halm?", [LEADER, FLOOD]) == "How many people died in the flood in Halm?"


def test_a_rewritten_question_can_be_followed_up_again() -> None:
    first = standalone("And in Dnipro?", [FLOOD])
    assert first is not None
    second = standalone("And in Halm?", [FLOOD, Turn("And in Dnipro?", first, "")])
    assert second == "How many people died in the flood in Halm?"


def test_a_turn_of_an_answer() -> None:
    citation = Citation(1, "p", "a", "The flood", "Twelve", 0, 6, True)
    answer = Answer("And there?", "And in Halm?", (Sentence("x" * 2000, (1,)),), (citation, citation))
    turn = turn_of(answer)
    assert turn
    assert (turn.question, turn.standalone, turn.titles) == ("And there?", "And in Halm?", ("The flood",))
    assert len(turn.answer) < 1000
