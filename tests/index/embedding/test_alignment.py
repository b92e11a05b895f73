from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from index.embedding.alignment import alignments
from tests.fakes.embeddings import WordEmbeddings

Floats = npt.NDArray[np.float32]


class TokenEmbeddings(WordEmbeddings):
    """A model that also gives a vector for each word, as if each were one token; ``asked`` are the texts."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed_words(self, question: str) -> list[tuple[str, Floats]]:
        return [(word, np.array([self.embed_query(word)], np.float32)) for word in question.split()]

    def embed_with_tokens(self, texts: Sequence[str]) -> list[tuple[Floats, Floats]]:
        self.asked += texts
        return [(np.array(self.embed_query(text), np.float32), self.tokens(text)) for text in texts]

    def tokens(self, text: str) -> Floats:
        return np.array([self.embed_query(word) for word in text.split()], np.float32)


def test_words_of_a_question_are_matched_one_by_one() -> None:
    weights = {"who": 0.0, "opened": 1.0, "bridge": 3.0}
    model = TokenEmbeddings()
    passages = [model.tokens(text) for text in ("bridge opened who", "bridge closed", "opened")]
    everything, much, little = alignments(model, "Who opened bridge", weights, passages)
    assert everything == pytest.approx(1)
    assert 0.7 < much < 1
    assert little < 0.5


def test_a_word_without_weight_is_passed_over() -> None:
    model = TokenEmbeddings()
    assert alignments(model, "a bridge", {"bridge": 2.0}, [model.tokens("the bridge")]) == pytest.approx([1])
    assert alignments(model, "a bridge", {}, [model.tokens("the bridge")]) == [0]
