from __future__ import annotations

import threading

import numpy as np
import pytest

from index.embedding.similarity import Similarity
from tests.fakes.embeddings import DIMENSIONS, WordEmbeddings


class TallEmbeddings(WordEmbeddings):
    """Vectors of length 3, as some models give them."""

    def embed_query(self, text: str) -> list[float]:
        return [3 * value for value in super().embed_query(text)]


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
    monkeypatch.setattr("index.embedding.similarity._REMEMBERED", 2)
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


def test_a_question_is_embedded_once_for_all_that_it_is_compared_with(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    words = WordEmbeddings()
    embed = words.embed_query

    def counted(text: str) -> list[float]:
        asked.append(text)
        return embed(text)

    monkeypatch.setattr(words, "embed_query", counted)
    similarity = Similarity(words)
    first = similarity.to_question("harbour", ["the harbour"])
    assert similarity.to_question("harbour", ["ferry", "the harbour"])[1:] == first
    assert [text for text in asked if text == "harbour"] == ["harbour"]


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
