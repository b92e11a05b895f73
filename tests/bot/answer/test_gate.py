from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer.gate import answerable, enough_evidence
from bot.app import App
from index.article import SHARED
from index.search import Hit
from tests.fakes.hits import ROAD, hit

QUESTION = "Who cleared the road that leads to the town?"
DUTCH = "Wie heeft de weg naar de stad helemaal vrijgemaakt?"


def found(dense: float, coverage: float, language: str | None = "en") -> Hit:
    """A hit with these signals, in an article of this language."""
    plain = hit("road", ROAD)
    return replace(plain, dense=dense, coverage=coverage, article=replace(plain.article, language=language))


def test_nothing_found_is_no_evidence() -> None:
    assert not enough_evidence(QUESTION, [])


def test_a_close_passage_that_holds_the_words_is_evidence() -> None:
    assert enough_evidence(QUESTION, [found(0.9, 0.9)])


def test_a_far_passage_without_the_words_is_none() -> None:
    assert not enough_evidence(QUESTION, [found(0.75, 0.0)])


@pytest.mark.parametrize("language", ["en", "nl", None])
@pytest.mark.parametrize("question", [QUESTION, DUTCH])
def test_more_of_either_signal_never_counts_against_it(question: str, language: str | None) -> None:
    steps = [step / 20 for step in range(21)]
    for fixed in steps:
        by_dense = [enough_evidence(question, [found(0.7 + 0.3 * step, fixed, language)]) for step in steps]
        by_coverage = [enough_evidence(question, [found(0.7 + 0.3 * fixed, step, language)]) for step in steps]
        assert by_dense == sorted(by_dense)
        assert by_coverage == sorted(by_coverage)


def test_a_question_in_another_language_needs_fewer_words_of_the_passage() -> None:
    close = found(0.88, 0.1)
    assert enough_evidence(DUTCH, [close])
    assert not enough_evidence(QUESTION, [close])


def test_one_of_the_best_three_hits_is_enough_and_a_later_one_is_not() -> None:
    good, bad = found(0.95, 1.0), found(0.7, 0.0)
    assert enough_evidence(QUESTION, [bad, bad, good])
    assert not enough_evidence(QUESTION, [bad, bad, bad, good])


def test_an_article_of_unknown_language_counts_as_the_questions() -> None:
    assert enough_evidence(QUESTION, [found(0.88, 0.1, None)]) == enough_evidence(QUESTION, [found(0.88, 0.1)])


HARBOUR = """---
title: Harbour bridge reopened
language: en
---

The harbour bridge of Tollhaven was reopened on Friday after repairs that had taken eleven weeks. The mayor, Ada
Lindqvist, cut a ribbon. Cars may cross it from six in the morning; lorries have to wait until the spring.
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "passes"),
    [
        ("Wanneer werd de havenbrug van Tollhaven heropend?", True),
        ("Wer hat die Hafenbrücke von Tollhaven wieder eröffnet?", True),
        ("¿Cuánto duraron las obras del puente del puerto de Tollhaven?", True),
        ("Hoeveel appels werden er vorig jaar in Zeeland geplukt?", False),
        ("Wie viele Lehrer unterrichten an der Grundschule von Merle?", False),
        ("¿Qué equipo ganó la final de la copa de balonmano?", False),
    ],
)
def test_questions_in_other_languages(app: App, tmp_path: Path, question: str, passes: bool) -> None:
    (tmp_path / "bridge.md").write_text(HARBOUR, encoding="utf-8")
    app.library.sync([str(tmp_path / "bridge.md")], SHARED)
    assert answerable(question, app.library.search(question, [SHARED]), app.library) is passes
