"""The vectors of the sentences of passages, so that an answer need embed nothing but its question.

They are kept beside the vectors of the passages (``EmbeddingRow``), a row a passage, under the digest of the same
words, so that they are forgotten with them. As half-precision numbers they take about 5 kB a passage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from index.article import ArticleRef, Passage, digest, searchable
from index.store.sql.embedding_cache import Vector
from index.store.sql.registry import chunks
from index.store.sql.schema import EmbeddingRow
from index.text.sentences import split_sentences

_CHUNK = 900


class SentenceVectors:
    """Vectors of length 1, by the sentences of passages, in SQL."""

    def __init__(self, engine: Engine, model: str, embeddings: Embeddings) -> None:
        self._engine = engine
        self._model = f"{model}, sentences"
        self._embeddings = embeddings

    def add(self, passages: Sequence[tuple[Passage, ArticleRef]]) -> None:
        """Embed the sentences of passages whose sentences are not known yet."""
        wanted = {_key(*pair): pair for pair in passages}
        known = self._load(list(wanted))
        new = {key: sentences_of(*pair) for key, pair in wanted.items() if key not in known}
        texts = [sentence for sentences in new.values() for sentence in sentences]
        if not texts:
            return
        vectors = iter(np.asarray(self._embeddings.embed_documents(texts), "<f2"))
        rows = [
            {
                "model": self._model,
                "text_hash": key,
                "vector": b"".join(next(vectors).tobytes() for _ in sentences),
            }
            for key, sentences in new.items()
        ]
        with Session(self._engine) as session, session.begin():
            session.execute(insert(EmbeddingRow), rows)

    def known(self, passages: Sequence[tuple[Passage, ArticleRef]]) -> Mapping[str, Vector]:
        """The vectors of the sentences of ``passages``, by sentence, as far as they are known."""
        rows = self._load([_key(*pair) for pair in passages])
        found: dict[str, Vector] = {}
        for pair in passages:
            sentences, data = sentences_of(*pair), rows.get(_key(*pair))
            if sentences and data and len(data) % len(sentences) == 0:
                vectors = np.frombuffer(data, "<f2").astype(np.float32).reshape(len(sentences), -1)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                found.update(zip(sentences, vectors, strict=True))
        return found

    def _load(self, keys: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        with Session(self._engine) as session:
            for chunk in chunks(keys, _CHUNK):
                rows = session.execute(
                    select(EmbeddingRow.text_hash, EmbeddingRow.vector).where(
                        EmbeddingRow.model == self._model, EmbeddingRow.text_hash.in_(chunk)
                    )
                )
                found.update((row.text_hash, row.vector) for row in rows)
        return found


def sentences_of(passage: Passage, article: ArticleRef) -> list[str]:
    """The sentences of a passage of ``article``, in order."""
    return [passage.text[start:end] for start, end in split_sentences(passage.text, article.language)]


def _key(passage: Passage, article: ArticleRef) -> str:
    return digest(searchable(article.title, passage))
