"""Which sentences tell the other side, or a limit of the news, in words of whatever language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answer.disagreement.statements import statements
from bot.summary.choosing.objections import objecting
from index.embedding.e5 import E5Embeddings
from index.library import Library
from tests.conftest import MAX_BYTES
from tests.fakes.hits import hit

TEXTS = {
    "en": (
        "The county of Hallam is to close its three swimming pools in May. They opened in 1974, 1981 and 1990. "
        "Opponents of the plan call it short-sighted and say that no child will learn to swim. "
        "The pool of Dray is 25 metres long."
    ),
    "de": (
        "Der Kreis Hallam will im Mai seine drei Schwimmbäder schließen. Sie wurden 1974, 1981 und 1990 eröffnet. "
        "Gegner des Plans nennen ihn kurzsichtig, kein Kind werde mehr schwimmen lernen. "
        "Das Becken in Dray ist 25 Meter lang."
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("language", TEXTS)
def test_what_opponents_say_is_told_from_the_news_and_from_facts(
    tmp_path: Path, e5: E5Embeddings, language: str
) -> None:
    own = statements([hit("one", TEXTS[language], language=language)])
    with Library(tmp_path, "e5-small", e5, max_bytes=MAX_BYTES) as library:
        assert objecting(library, own).argmax() == 2


def test_of_another_model_nothing_is_told(library: Library) -> None:
    assert not objecting(library, statements([hit("one", TEXTS["en"])])).any()
