from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from index.store.sql.embedding_cache import EmbeddingCache
from index.store.sql.registry import Registry
from tests.fakes.embeddings import DIMENSIONS, WordEmbeddings


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    registry = Registry(f"sqlite:///{tmp_path / 'registry.sqlite'}")
    yield registry.engine
    registry.close()


def test_what_was_embedded_is_never_embedded_again(engine: Engine, words: WordEmbeddings) -> None:
    cache = EmbeddingCache(engine, "words", words)
    first = cache.embed(["bridge", "ferry", "bridge"])
    assert words.embedded == ["bridge", "ferry"]
    again = EmbeddingCache(engine, "words", words)
    second = again.embed(["ferry", "bridge", "school"])
    assert words.embedded == ["bridge", "ferry", "school"]
    assert (cache.embedded, again.embedded) == (2, 1)
    np.testing.assert_array_equal(first[0], first[2])
    np.testing.assert_array_equal(first[:2], second[1::-1])
    assert first[0].dtype == np.float32
    assert first[0].shape == (DIMENSIONS,)
    np.testing.assert_allclose(first[0], words.embed_query("bridge"), rtol=1e-6)
    assert cache.embed([]) == []


def test_models_do_not_share_vectors(engine: Engine, words: WordEmbeddings) -> None:
    EmbeddingCache(engine, "one", words).embed(["bridge"])
    EmbeddingCache(engine, "two", words).embed(["bridge"])
    assert words.embedded == ["bridge", "bridge"]


def test_more_texts_than_a_statement_names(engine: Engine, words: WordEmbeddings) -> None:
    texts = [f"text {number}" for number in range(2000)]
    cache = EmbeddingCache(engine, "words", words)
    cache.embed(texts)
    assert len(cache.embed(texts[::-1])) == cache.embedded == 2000


def test_a_model_that_returns_too_few_vectors_is_not_believed(engine: Engine, words: WordEmbeddings) -> None:
    class Forgetful(WordEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return super().embed_documents(texts)[:-1]

    with pytest.raises(ValueError, match="shorter"):
        EmbeddingCache(engine, "words", Forgetful()).embed(["bridge", "ferry"])
    assert EmbeddingCache(engine, "words", words).embed(["bridge"])
    assert words.embedded == ["bridge"]
