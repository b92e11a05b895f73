from pathlib import Path

import pytest

from bot.answer.asked import asked_for
from bot.app import App
from index.article import SHARED
from tests.fakes.hits import hit

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
    assert asked_for(question).answered(REOPENED, "en")


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
    assert not asked_for(question).answered(REOPENED, "en")


def test_names_across_languages_are_not_missed() -> None:
    assert asked_for("Wer hat die Brücke des Hafens wieder eröffnet?").answered("It was reopened.", "en")


@pytest.mark.slow
def test_what_is_told_is_what_is_asked_apart_from_the_names(app: App, tmp_path: Path) -> None:
    (tmp_path / "bridge.md").write_text(REOPENED, encoding="utf-8")
    app.library.sync([str(tmp_path / "bridge.md")], SHARED)
    found = hit("bridge", REOPENED, title="News of the harbour")
    told = [
        asked_for(question).told(found, app.library)
        for question in (
            "Who reopened the bridge of Tollhaven?",
            "Which engineer reopened the bridge of Tollhaven?",
            "Which engineer designed Tollhaven?",
        )
    ]
    assert told[0] == 1
    assert 0 < told[1] < 1
    assert told[2] == 0
    assert asked_for("Who is Ada Lindqvist?").told(found, app.library) == 1
