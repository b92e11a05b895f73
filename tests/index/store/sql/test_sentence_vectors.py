from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from index.article import SHARED, ArticleRef, Passage, digest, searchable
from index.library import Library
from index.store.sql.database import open_database
from index.store.sql.embedding_cache import EmbeddingCache
from index.store.sql.schema import Base, EmbeddingRow
from index.store.sql.sentence_vectors import SentenceVectors, sentences_of
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.embedding.test_alignment import TokenEmbeddings
from tests.index.news import BRIDGE, FERRY, SCHOOL, write

ARTICLE = ArticleRef("a", "Bridge", language="en")
PASSAGE = Passage("1", "a", "The bridge is open. Ships pass. Ships pass.", 0, 43)
EMPTY = Passage("2", "a", "", 0, 0)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path}/registry.sqlite")
    Base.metadata.create_all(engine)
    return engine


def embed_whole(engine: Engine, model: str, embeddings: Embeddings) -> None:
    """Keep the vectors of the passages themselves, as indexing does before those of their sentences."""
    EmbeddingCache(engine, model, embeddings).embed([searchable(ARTICLE.title, PASSAGE)])


def test_sentences_are_embedded_once_and_kept(engine: Engine, words: WordEmbeddings) -> None:
    pair = (PASSAGE, ARTICLE)
    embed_whole(engine, "words", words)
    words.embedded.clear()
    kept = SentenceVectors(engine, "words", words)
    assert kept.known([pair]) == {}
    kept.add([pair, pair, (EMPTY, ARTICLE)])
    kept.add([pair])
    assert sentences_of(PASSAGE, ARTICLE) == ["The bridge is open.", "Ships pass.", "Ships pass."]
    assert words.embedded == ["The bridge is open.", "Ships pass."]
    found = SentenceVectors(engine, "words", words).known([pair, (EMPTY, ARTICLE)])
    assert set(found) == set(words.embedded)
    np.testing.assert_allclose(found["Ships pass."], words.embed_query("Ships pass."), atol=1e-3)
    assert np.linalg.norm(found["Ships pass."]) == pytest.approx(1)
    assert SentenceVectors(engine, "other", words).known([pair]) == {}


@pytest.mark.parametrize("made", [1, 2, 6, 13])
def test_vectors_made_when_a_passage_was_split_otherwise_are_not_known(
    engine: Engine, words: WordEmbeddings, made: int
) -> None:
    embed_whole(engine, "words", words)
    width = len(words.embed_query("x"))
    row = EmbeddingRow(model="words, sentences", text_hash=digest(searchable(ARTICLE.title, PASSAGE)))
    row.vector = np.ones((made, width), "<f2").tobytes()
    with Session(engine) as session, session.begin():
        session.add(row)
    assert SentenceVectors(engine, "words", words).known([(PASSAGE, ARTICLE)]) == {}


def test_words_are_made_when_they_are_asked_for(engine: Engine) -> None:
    model = TokenEmbeddings()
    embed_whole(engine, "words", model)
    kept = SentenceVectors(engine, "words", model)
    (found,) = kept.words([(PASSAGE, ARTICLE)])
    wanted = np.concatenate([model.tokens(text) for text in ("Bridge", *sentences_of(PASSAGE, ARTICLE))])
    assert found.shape == wanted.shape
    assert ((wanted @ found.T).argmax(1) == (wanted @ wanted.T).argmax(1)).mean() > 0.7
    asked = len(model.asked)
    np.testing.assert_array_equal(kept.words([(PASSAGE, ARTICLE)])[0], found)
    assert set(kept.known([(PASSAGE, ARTICLE)])) == set(sentences_of(PASSAGE, ARTICLE))
    assert len(model.asked) == asked
    assert [len(one) for one in kept.words([(EMPTY, ArticleRef("b", ""))])] == [0]


def test_what_another_process_kept_meanwhile_is_no_error(engine: Engine, words: WordEmbeddings) -> None:
    one, two = (SentenceVectors(engine, "words", words) for _ in range(2))
    made = two._make({"key": (PASSAGE, ARTICLE)})
    one._keep(made)
    two._keep({**two._make({"other": (PASSAGE, ARTICLE)}), **made})
    assert one._kept("words, sentences", ["key", "other", "none"]) == {"key", "other"}


class LocalWords(WordEmbeddings):
    """A model on this machine."""

    def background(self) -> LocalWords:
        return self


def embedded_by_an_answer(home: Path, folder: Path, model: WordEmbeddings) -> list[str]:
    with Library(home, "words", model, max_bytes=MAX_BYTES) as library:
        assert library.sync([str(folder)], SHARED).embedded == 2
        while library.embed_ahead():
            pass
        indexed = len(model.embedded)
        hits = library.search("Who reopened the harbour bridge?", [SHARED])
        sentences = [sentence for hit in hits for sentence in sentences_of(hit.passage, hit.article)]
        library.similarities("Who reopened the harbour bridge?", sentences)
        return model.embedded[indexed:]


def test_with_a_local_model_an_answer_embeds_no_sentence_that_was_embedded_ahead(
    home: Path, tmp_path: Path
) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    assert embedded_by_an_answer(home / "local", folder, LocalWords()) == []
    assert embedded_by_an_answer(home / "api", folder, WordEmbeddings()) != []


def test_indexing_embeds_passages_only_and_what_comes_later_is_embedded_ahead_too(
    home: Path, tmp_path: Path
) -> None:
    model, folder = LocalWords(), tmp_path / "a"
    with Library(home, "words", model, max_bytes=MAX_BYTES) as library:
        library.sync([str(write(folder, bridge=BRIDGE))], SHARED)
        assert model.embedded_of_articles == [f"About bridge\n{BRIDGE}"]
        assert library.embed_ahead()
        assert model.embedded_of_articles[1:] == [BRIDGE]
        assert not library.embed_ahead()
        library.sync([str(write(folder, bridge=BRIDGE, ferry=FERRY))], SHARED)
        assert library.embed_ahead()
        assert model.embedded_of_articles[2:] == [f"About ferry\n{FERRY}", FERRY]


def test_what_takes_the_number_of_a_version_that_is_gone_is_embedded_ahead_too(home: Path, tmp_path: Path) -> None:
    model, folder = LocalWords(), tmp_path / "a"
    with Library(home, "words", model, max_bytes=MAX_BYTES) as library:
        for name, text in (("bridge", BRIDGE), ("ferry", FERRY), ("school", SCHOOL)):
            library.sync([str(write(folder, **{name: text}))], SHARED)
            while library.embed_ahead():
                pass
            assert model.embedded_of_articles[-1] == text
            library.clear(SHARED)


def test_nothing_is_embedded_ahead_while_somebody_writes(home: Path, tmp_path: Path) -> None:
    with Library(home, "words", LocalWords(), max_bytes=MAX_BYTES) as library:
        library.sync([str(write(tmp_path / "a", bridge=BRIDGE))], SHARED)
        with library._writer.lock, ThreadPoolExecutor(1) as other:
            assert not other.submit(library.embed_ahead).result()
        assert library.embed_ahead()
