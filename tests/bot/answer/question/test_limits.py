import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.question.limits import QuestionError, clean_question


def test_a_question_becomes_one_line() -> None:
    assert clean_question("  Who ordered\n\tthe gates  open?\u00a0", 100) == "Who ordered the gates open?"


@pytest.mark.parametrize("text", ["", "   ", "\n", "???", "…", "— !", "🤷"])
def test_a_question_without_words_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="There is no question"):
        clean_question(text, 100)


def test_a_question_that_is_too_long_is_refused_with_both_lengths() -> None:
    with pytest.raises(QuestionError, match=r"10,000 characters long; at most 1,000 are read"):
        clean_question("a" * 10_000, 1000)


def test_the_longest_question_is_counted_without_its_outer_space() -> None:
    assert clean_question(" " * 50 + "a" * 10, 10) == "a" * 10
    with pytest.raises(QuestionError):
        clean_question("a" * 11, 10)


@pytest.mark.parametrize("text", ["Хто наказав?", "谁下令", "9?"])
def test_any_script_is_a_question(text: str) -> None:
    assert clean_question(text, 100) == text


@given(st.text())
def test_any_text_is_cleaned_or_refused(text: str) -> None:
    try:
        question = clean_question(text, 200)
    except QuestionError:
        return
    assert question
    assert len(question) <= 200
    assert "\n" not in question
    assert clean_question(question, 200) == question
