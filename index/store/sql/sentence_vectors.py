"""What is compared with questions besides whole passages: the vectors of their sentences, and of their words.

They are made ahead, so that an answer need embed nothing but its question, and kept beside the
vectors of the passages (``EmbeddingRow``), a row a passage and kind, under the digest of the same words: they are
forgotten with them. Sentences take about 5 kB a passage (half-precision numbers), words 8 kB (``codes``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from index.article import ArticleRef, Passage, digest, searchable
from index.embedding.codes import decode, encode
from index.embedding.models import TokenLevel
from index.store.sql.embedding_cache import Vector
from index.store.sql.rows import chunks
from index.store.sql.schema import EmbeddingRow
from index.text.sentences import split_sentences

_CHUNK = 900
_WHOLE, _PART = np.dtype("<f4"), np.dtype("<f2")
"""The numbers of a passage's vector (``EmbeddingCache``), and of a sentence's."""

Found = tuple[Passage, ArticleRef]


@dataclass(frozen=True, slots=True)
class _Made:
    sentences: bytes
    words: bytes | None


class SentenceVectors:
    """Vectors of the sentences of passages, and of their words if the model can give them, in SQL."""

    def __init__(self, engine: Engine, model: str, embeddings: Embeddings) -> None:
        self._engine = engine
        self._of_passages = model
        self._of_sentences = f"{model}, sentences"
        self._of_words = f"{model}, words"
        self._embeddings = embeddings

    def add(self, passages: Sequence[Found]) -> int:
        """Make and keep what is not known of ``passages`` yet; of how many that was."""
        wanted = {_key(*pair): pair for pair in passages}
        for key in self._kept(self._of_sentences, list(wanted)):
            del wanted[key]
        self._keep(self._make(wanted))
        return len(wanted)

    def known(self, passages: Sequence[Found]) -> Mapping[str, Vector]:
        """The vectors (length 1) of the sentences of ``passages``, by sentence, as far as they are known.

        Where a passage was split into another number of sentences when they were made, none of its are.
        """
        keys = [_key(*pair) for pair in passages]
        rows, wholes = self._load(self._of_sentences, keys), self._load(self._of_passages, keys)
        found: dict[str, Vector] = {}
        for key, pair in zip(keys, passages, strict=True):
            sentences, data = sentences_of(*pair), rows.get(key)
            width = len(wholes.get(key, b"")) // _WHOLE.itemsize
            if sentences and data and len(data) == len(sentences) * width * _PART.itemsize:
                vectors = np.frombuffer(data, _PART).astype(np.float32).reshape(len(sentences), -1)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                found.update(zip(sentences, vectors, strict=True))
        return found

    def words(self, passages: Sequence[Found]) -> list[Vector]:
        """The vectors of the tokens of each passage, nearly: (tokens, dimensions). Those not known yet are made.

        The model must be ``TokenLevel``.
        """
        wanted = {_key(*pair): pair for pair in passages}
        rows = self._load(self._of_words, list(wanted))
        made = self._make({key: pair for key, pair in wanted.items() if key not in rows})
        self._keep(made)
        rows |= {key: one.words for key, one in made.items() if one.words is not None}
        return [decode(rows[_key(*pair)]) for pair in passages]

    def _make(self, passages: Mapping[str, Found]) -> dict[str, _Made]:
        units = {key: _units(*pair) for key, pair in passages.items()}
        vectors: dict[str, Vector] = {}
        tokens: dict[str, Vector] = {}
        if isinstance(self._embeddings, TokenLevel):
            texts = list(
                dict.fromkeys(text for before, sentences in units.values() for text in before + sentences)
            )
            for text, (vector, own) in zip(texts, self._embeddings.embed_with_tokens(texts), strict=True):
                vectors[text], tokens[text] = vector, own
        elif texts := list(dict.fromkeys(text for _, sentences in units.values() for text in sentences)):
            for text, one in zip(texts, self._embeddings.embed_documents(texts), strict=True):
                vectors[text] = np.asarray(one, np.float32)
        return {
            key: _Made(
                b"".join(vectors[text].astype(_PART).tobytes() for text in sentences),
                encode(_joined([tokens[text] for text in before + sentences]))
                if isinstance(self._embeddings, TokenLevel)
                else None,
            )
            for key, (before, sentences) in units.items()
        }

    def _keep(self, made: Mapping[str, _Made]) -> None:
        rows = [
            {"model": model, "text_hash": key, "vector": data}
            for key, one in made.items()
            for model, data in ((self._of_sentences, one.sentences), (self._of_words, one.words))
            if data is not None
        ]
        if not rows:
            return
        try:
            self._insert(rows)
        except IntegrityError:  # whoever asked for some of them at the same time was first
            for row in rows:
                with suppress(IntegrityError):
                    self._insert([row])

    def _insert(self, rows: Sequence[Mapping[str, object]]) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(insert(EmbeddingRow), rows)

    def _kept(self, model: str, keys: Sequence[str]) -> set[str]:
        """Those of ``keys`` under which something of ``model`` is kept."""
        kept = select(EmbeddingRow.text_hash).where(EmbeddingRow.model == model)
        with Session(self._engine) as session:
            return {
                key
                for chunk in chunks(keys, _CHUNK)
                for key in session.scalars(kept.where(EmbeddingRow.text_hash.in_(chunk)))
            }

    def _load(self, model: str, keys: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        with Session(self._engine) as session:
            for chunk in chunks(keys, _CHUNK):
                rows = session.execute(
                    select(EmbeddingRow.text_hash, EmbeddingRow.vector).where(
                        EmbeddingRow.model == model, EmbeddingRow.text_hash.in_(chunk)
                    )
                )
                found.update((row.text_hash, row.vector) for row in rows)
        return found


def sentences_of(passage: Passage, article: ArticleRef) -> list[str]:
    """The sentences of a passage of ``article``, in order."""
    return [passage.text[start:end] for start, end in split_sentences(passage.text, article.language)]


def _units(passage: Passage, article: ArticleRef) -> tuple[list[str], list[str]]:
    """What stands above a passage, and its sentences."""
    return [part for part in (article.title, passage.section) if part], sentences_of(passage, article)


def _joined(parts: Sequence[Vector]) -> Vector:
    return np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)


def _key(passage: Passage, article: ArticleRef) -> str:
    return digest(searchable(article.title, passage))
