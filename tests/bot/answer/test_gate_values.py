import pytest

from bot.answer.gate import has_value
from bot.answer.question.answer_type import expected

REOPENED = "The harbour bridge of Tollhaven was reopened on Friday by Ada Lindqvist, after 11 weeks."


@pytest.mark.parametrize(
    "question",
    [
        "Who reopened the harbour bridge of Tollhaven?",
        "When was the harbour bridge reopened?",
        "How many weeks was the bridge of Tollhaven closed?",
        "How long was the bridge of Tollhaven closed?",
        "Why was the bridge of Tollhaven closed?",
    ],
)
def test_a_sentence_with_a_value_of_the_kind_asked_for(question: str) -> None:
    assert has_value(question, expected(question), REOPENED, "en")


@pytest.mark.parametrize(
    "question",
    [
        "How tall is the harbour bridge of Tollhaven?",
        "How many arches has the harbour bridge of Tollhaven?",
        "What did the harbour bridge of Tollhaven cost?",
        "How old is Ada Lindqvist?",
    ],
)
def test_a_sentence_without_one(question: str) -> None:
    assert not has_value(question, expected(question), REOPENED, "en")


def test_names_across_languages_are_not_missed() -> None:
    question = "Wer hat die Brücke des Hafens wieder eröffnet?"
    assert has_value(question, expected(question), "It was reopened.", "en")


def test_people_are_counted_in_other_words() -> None:
    question = "How many pupils had to leave?"
    assert has_value(question, expected(question), "At first 118 children were sent home.", "en")
    assert not has_value(question, expected(question), "The school has 12 classrooms.", "en")
