from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from index.article import SHARED, ArticleRef, Passage
from index.embedding.models import in_background
from index.library import Library
from index.store.sql.database import open_database
from index.store.sql.schema import Base
from index.store.sql.sentence_vectors import SentenceVectors, sentences_of
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, write

ARTICLE = ArticleRef("a", "Bridge", language="en")
PASSAGE = Passage("1", "a", "The bridge is open. Ships pass. Ships pass.", 0, 43)
EMPTY = Passage("2", "a", "", 0, 0)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path}/registry.sqlite")
    Base.metadata.create_all(engine)
    return engine


def test_sentences_are_embedded_once_and_kept(engine: Engine, words: WordEmbeddings) -> None:
    pair = (PASSAGE, ARTICLE)
    kept = SentenceVectors(engine, "words", words)
    assert kept.known([pair]) == {}
    kept.add([pair, pair, (EMPTY, ARTICLE)])
    kept.add([pair])
    assert (
        words.embedded == sentences_of(PASSAGE, ARTICLE) == ["The bridge is open.", "Ships pass.", "Ships pass."]
    )
    found = SentenceVectors(engine, "words", words).known([pair, (EMPTY, ARTICLE)])
    assert set(found) == set(words.embedded)
    np.testing.assert_allclose(found["Ships pass."], words.embed_query("Ships pass."), atol=1e-3)
    assert np.linalg.norm(found["Ships pass."]) == pytest.approx(1)
    assert SentenceVectors(engine, "other", words).known([pair]) == {}


class LocalWords(WordEmbeddings):
    """A model on this machine."""

    def background(self) -> LocalWords:
        return self


@pytest.mark.parametrize("model", [WordEmbeddings(), LocalWords()], ids=["behind an API", "local"])
def test_with_a_local_model_an_answer_embeds_no_sentence(
    home: Path, tmp_path: Path, model: WordEmbeddings
) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    with Library(home, "words", model, max_bytes=MAX_BYTES) as library:
        assert library.sync([str(folder)], SHARED).embedded == 2
        indexed = len(model.embedded)
        hits = library.search("Who reopened the harbour bridge?", [SHARED])
        sentences = [sentence for hit in hits for sentence in sentences_of(hit.passage, hit.article)]
        library.similarities("Who reopened the harbour bridge?", sentences)
        assert len(model.embedded) - indexed == (
            0 if in_background(model) is model and indexed > 2 else len(sentences)
        )
        assert (indexed > 2) == isinstance(model, LocalWords)
