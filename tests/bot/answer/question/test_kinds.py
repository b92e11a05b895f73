"""What a message wants, told by its meaning, with the real embedding model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.answer.question.kinds import BUILT_IN, Kinds, read_vectors, samples, written_vectors
from bot.answer.question.languages import codes, messages
from bot.answer.question.question import Kind
from index.article import digest
from index.embedding.e5 import E5Embeddings
from index.embedding.models import BUILT_IN as MODEL
from index.library import Library

LANGUAGES = Path(__file__).parents[4] / "bot" / "answer" / "question" / "languages"


@pytest.fixture(scope="module")
def kinds(e5: E5Embeddings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kinds]:
    home = tmp_path_factory.mktemp("kinds")
    with Library(home, MODEL, e5, max_bytes=1000) as library:
        yield Kinds(library, MODEL, home)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("cheers mate, very helpful", Kind.THANKS),
        ("hartelijk dank voor de uitleg", Kind.THANKS),
        ("muito obrigado!", Kind.THANKS),
        ("guten Tag zusammen", Kind.GREETING),
        ("buonasera a tutti", Kind.GREETING),
        ("bis bald!", Kind.GREETING),
        ("that bot is a joke", Kind.REMARK),
        ("mais c'est dingue ça", Kind.REMARK),
        ("hast du eigentlich Gefühle?", Kind.REMARK),
        ("Who designed the opera house of Lindal?", Kind.QUESTION),
        ("whom did the winner thank after the race?", Kind.QUESTION),
        ("danke dir! und wie hoch ist der neue Turm in Aarfeld?", Kind.QUESTION),
        ("kosten nieuwe sluis", Kind.QUESTION),
        ("which poll did the party lead last spring", Kind.QUESTION),
        ("and what did they say then?", Kind.UNCLEAR),
        ("и почему?", Kind.UNCLEAR),
        ("The bridge at Lindal has collapsed.", Kind.CLAIM),
        ("ist es wahr, dass die Brücke eingestürzt ist?", Kind.CLAIM),
        ("give me a short summary of the ferry story", Kind.SUMMARY),
        ("fais un résumé de l'affaire", Kind.SUMMARY),
        ("anything new today?", Kind.NEWS),
        ("laatste nieuws over de veerboot", Kind.NEWS),
    ],
)
def test_kinds_in_several_languages(kinds: Kinds, text: str, kind: Kind) -> None:
    assert kinds.kind_of(text) is kind


def test_every_language_has_samples_of_every_kind_told_by_meaning() -> None:
    wanted = {kind.value for kind in Kind} - {Kind.FOLLOW_UP, Kind.LINK}
    assert {code: wanted - messages(code).keys() for code in codes()} == {code: set() for code in codes()}


def test_the_stored_vectors_are_those_of_the_samples(e5: E5Embeddings) -> None:
    texts = samples()[1]
    stored = read_vectors((LANGUAGES / BUILT_IN).read_bytes(), digest(MODEL, *texts))
    assert stored is not None, "the samples changed: python -m benchmarks.messages --write"
    assert len(stored) == len(texts)
    for place in range(0, len(texts), 150):
        assert float(stored[place] @ np.asarray(e5.embed_query(texts[place]))) > 0.98


def test_vectors_of_other_texts_or_damaged_ones_are_not_used() -> None:
    vectors = np.eye(3, 8, dtype=np.float32)
    stored = written_vectors(vectors, "these texts")
    assert read_vectors(stored, "other texts") is None
    assert read_vectors(stored[:-20], "these texts") is None
    kept = read_vectors(stored, "these texts")
    assert kept is not None
    assert np.abs(kept - vectors).max() < 0.01


def test_another_model_works_its_vectors_out_once(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    assert Kinds(library, "words", folder).kind_of("thanks, that helped") is Kind.THANKS
    (kept,) = folder.iterdir()
    before = kept.stat().st_mtime_ns
    assert Kinds(library, "words", folder).kind_of("good morning all") is Kind.GREETING
    assert kept.stat().st_mtime_ns == before
