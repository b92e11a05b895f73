from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from index.similarity import Similarity
from tests.fakes.embeddings import DIMENSIONS, WordEmbeddings


class TallEmbeddings(WordEmbeddings):
    """Vectors of length 3, as some models give them."""

    def embed_query(self, text: str) -> list[float]:
        return [3 * value for value in super().embed_query(text)]


class TokenEmbeddings(WordEmbeddings):
    """A model that also gives a vector for each word, as if each were one token."""

    def embed_words(self, question: str) -> list[tuple[str, npt.NDArray[np.float32]]]:
        return [(word, np.array([self.embed_query(word)], np.float32)) for word in question.split()]

    def embed_tokens(self, texts: Sequence[str]) -> list[npt.NDArray[np.float32]]:
        return [np.array([self.embed_query(word) for word in text.split()], np.float32) for text in texts]


def test_vectors_have_length_one_whatever_the_model_gives() -> None:
    found = Similarity(TallEmbeddings()).vectors(["harbour bridge", "ferry", "harbour bridge"])
    assert found.shape == (3, DIMENSIONS)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, rtol=1e-6)
    np.testing.assert_array_equal(found[0], found[2])


def test_recent_texts_are_not_embedded_again(words: WordEmbeddings) -> None:
    similarity = Similarity(words)
    similarity.vectors(["bridge", "ferry", "bridge"])
    similarity.vectors(["ferry", "school"])
    assert words.embedded == ["bridge", "ferry", "school"]


def test_memory_is_bounded(words: WordEmbeddings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.similarity._REMEMBERED", 2)
    similarity = Similarity(words)
    assert len(similarity.vectors(["one", "two", "three"])) == 3
    similarity.vectors(["two", "three"])
    similarity.vectors(["one"])
    assert words.embedded == ["one", "two", "three", "one"]


def test_cosines_to_a_question(words: WordEmbeddings) -> None:
    similarity = Similarity(words)
    same, near, far = similarity.to_question("harbour bridge", ["harbour bridge", "the harbour", "ferry boats"])
    assert same == pytest.approx(1)
    assert same > near > far
    assert similarity.to_question("harbour", []) == []


def test_words_of_a_question_are_matched_one_by_one() -> None:
    similarity = Similarity(TokenEmbeddings())
    weights = {"who": 0.0, "opened": 1.0, "bridge": 3.0}
    found = similarity.alignments("Who opened bridge", weights, ["bridge opened who", "bridge closed", "opened"])
    assert found
    everything, much, little = found
    assert everything == pytest.approx(1)
    assert 0.7 < much < 1
    assert little < 0.5


def test_a_word_without_weight_is_passed_over() -> None:
    similarity = Similarity(TokenEmbeddings())
    assert (similarity.alignments("a bridge", {"bridge": 2.0}, ["the bridge"]) or [0]) == pytest.approx([1])
    assert similarity.alignments("a bridge", {}, ["the bridge"]) == [0]


def test_words_are_not_matched_without_vectors_of_tokens(words: WordEmbeddings) -> None:
    assert Similarity(words).alignments("a bridge", {"bridge": 2.0}, ["the bridge"]) is None


def test_threads_share_one_memory(words: WordEmbeddings) -> None:
    similarity = Similarity(words)
    texts = [f"text {number}" for number in range(50)]
    results: list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]] = []
    threads = [threading.Thread(target=lambda: results.append(similarity.vectors(texts))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    for result in results:
        np.testing.assert_array_equal(result, results[0])
