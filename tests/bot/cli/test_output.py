from dataclasses import replace

import pytest

from bot.answer.answer import Answer, Citation, Sentence
from bot.answer.question.question import Kind
from bot.cli.output.answers import CLOSEST, show_answer

WORDS = ("The ferry was repaired in May.", "It sails again from Monday.")


def answer(question: str, engine: str = "extractive") -> Answer:
    """Two sentences of one English article."""
    citations = tuple(
        Citation(n, f"p{n}", "ferry", "Ferry repaired", text, 0, len(text), True, language="en")
        for n, text in enumerate(WORDS, 1)
    )
    sentences = tuple(Sentence(text, (n,)) for n, text in enumerate(WORDS, 1))
    return Answer(question, sentences=sentences, citations=citations, engine=engine, finished=True)


def test_an_article_that_is_cited_again_is_named_once(capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(answer("When was the ferry repaired?"))
    lines = capsys.readouterr().out.splitlines()
    assert "[1] Ferry repaired" in lines
    assert "[2] the same article as [1]" in lines


@pytest.mark.parametrize(
    ("question", "engine", "told"),
    [
        ("Wanneer is de veerboot gerepareerd?", "extractive", True),
        ("Wanneer is de veerboot gerepareerd?", "a chat model", False),
        ("When was the ferry repaired?", "extractive", False),
    ],
)
def test_quotes_in_another_language_are_told_as_such(
    question: str, engine: str, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    show_answer(answer(question, engine))
    assert ("language of the articles" in capsys.readouterr().out) is told


def test_what_is_quoted_is_called_the_closest_words(capsys: pytest.CaptureFixture[str]) -> None:
    told = answer("How long is the ferry?")
    show_answer(told)
    assert capsys.readouterr().out.splitlines()[0].rstrip() == CLOSEST
    for other in (replace(told, engine="small-1"), replace(told, kind=Kind.SUMMARY)):
        show_answer(other)
        assert CLOSEST not in capsys.readouterr().out
