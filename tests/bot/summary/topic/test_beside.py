"""What is told beside a point: corrections stand with what they correct."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.summary.quoting import Point
from bot.summary.topic.beside import corrections
from bot.summary.topic.state import with_correction
from index.embedding.e5 import E5Embeddings
from index.library import Library
from tests.conftest import MAX_BYTES
from tests.fakes.hits import hit

pytestmark = pytest.mark.slow

RACE = "Il a gagné une étape de la course dimanche. C'était une première pour le coureur Paul Arnoux."
TRANSFER = (
    "Le coureur Paul Arnoux rejoint l'équipe Vélor pour une indemnité de 3,2 millions d'euros. Il y restera cinq "
    "ans. Rectificatif : une version de cet article faisait état d'une indemnité de 2,3 millions d'euros. "
    "Il s'agit de 3,2 millions."
)
OLDER = "The quarry of Dray lost 1,410 tons of sand in the flood of Tuesday, the county said."
CORRECTING = (
    "The quarry of Dray opens again on Monday. Correction: Our report of 3 May gave the loss of sand as 1,410 "
    "tons. The correct figure is 1,140."
)


def article(key: str, text: str, day: int, language: str) -> list[ArticleSentence]:
    return statements([hit(key, text, published_at=datetime(2023, 5, day, tzinfo=UTC), language=language)])


def test_what_an_earlier_version_had_wrong_stands_with_its_own_article(tmp_path: Path, e5: E5Embeddings) -> None:
    race, transfer = article("one", RACE, 3, "fr"), article("two", TRANSFER, 9, "fr")
    with Library(tmp_path, "e5-small", e5, max_bytes=MAX_BYTES) as library:
        corrected = corrections(library, [*race, *transfer])
    assert list(corrected) == [transfer[0]]
    assert with_correction(Point(transfer[0]), corrected).beside[-1].text.endswith("Il s'agit de 3,2 millions.")
    assert not with_correction(Point(transfer[1]), corrected).beside, "it says nothing of the sum"


def test_a_correction_of_another_article_stands_with_that(tmp_path: Path, e5: E5Embeddings) -> None:
    older, correcting = article("one", OLDER, 3, "en"), article("two", CORRECTING, 9, "en")
    with Library(tmp_path, "e5-small", e5, max_bytes=MAX_BYTES) as library:
        corrected = corrections(library, [*older, *correcting])
    assert list(corrected) == [older[0]]
    assert corrected[older[0]].text.endswith("The correct figure is 1,140.")
