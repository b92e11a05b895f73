import json
from dataclasses import replace

import pytest

from bot.answer.answer import Answer, Citation, Sentence
from bot.cli.output.answers import DOUBTFUL, OTHERS_NEAR, show_answer
from index.article import ArticleRef

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


def test_a_doubtful_answer_says_so_first_and_names_other_articles_last(capsys: pytest.CaptureFixture[str]) -> None:
    told = answer("How long is the ferry?")
    doubtful = replace(told, doubtful=True, nearest=(ArticleRef("pier", "Pier mended", None),))
    show_answer(doubtful)
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == DOUBTFUL
    assert lines[-2:] == [OTHERS_NEAR, "  Pier mended"]
    show_answer(told)
    assert DOUBTFUL not in capsys.readouterr().out
    show_answer(doubtful, as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert (document["doubtful"], document["abstained"]) == (True, False)
    assert [article["id"] for article in document["nearest"]] == ["pier"]
