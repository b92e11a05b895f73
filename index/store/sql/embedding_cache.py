"""Embeddings kept by model and content, so that nothing is ever embedded twice."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from index.article import digest
from index.embedding.models import Partial
from index.errors import EmbeddingError
from index.store.sql.rows import chunks
from index.store.sql.schema import EmbeddingRow

_CHUNK = 900

Vector = npt.NDArray[np.float32]


class UnembeddableError(EmbeddingError):
    """The model has no vector for some ``texts``; all others have theirs."""

    def __init__(self, model: str, texts: Sequence[str]) -> None:
        super().__init__(f"The embedding model {model} cannot embed {len(texts)} of the passages.")
        self.texts = frozenset(texts)


class EmbeddingCache:
    """An embedding model for documents, with a memory in SQL.

    ``embedded`` counts the texts that went to the model since this object was made.
    """

    def __init__(self, engine: Engine, model: str, embeddings: Embeddings) -> None:
        self._engine = engine
        self.model = model
        self._embeddings = embeddings
        self.embedded = 0

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One float32 vector a text, in order; texts seen before cost no call to the model.

        Raises ``UnembeddableError`` if the model has none for some of them; those of the others are kept.
        """
        hashes = [digest(text) for text in texts]
        known = self._load(set(hashes))
        missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
        if missing:
            vectors = self._embed(list(missing.values()))
            found = zip(missing, vectors, strict=True)
            new = {key: np.asarray(vector, "<f4") for key, vector in found if vector is not None}
            self.embedded += len(new)
            self._save(new)
            known |= new
            if lacking := [text for key, text in missing.items() if key not in new]:
                raise UnembeddableError(self.model, lacking)
        return [known[key] for key in hashes]

    def prune(self, used: Set[str]) -> int:
        """Forget the vectors, of any model, of texts whose digests are not ``used``; returns how many."""
        with Session(self._engine) as session, session.begin():
            known = session.scalars(select(EmbeddingRow.text_hash).distinct())
            unused = [key for key in known if key not in used]
            for chunk in chunks(unused, _CHUNK):
                session.execute(delete(EmbeddingRow).where(EmbeddingRow.text_hash.in_(chunk)))
        return len(unused)

    def forget(self) -> None:
        """Forget all vectors of the model, those of sentences and words included."""
        of_parts = EmbeddingRow.model.startswith(f"{self.model}, ", autoescape=True)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(EmbeddingRow).where((EmbeddingRow.model == self.model) | of_parts))

    def _embed(self, texts: list[str]) -> Sequence[object]:
        if isinstance(self._embeddings, Partial):
            return self._embeddings.embed_each(texts)
        return self._embeddings.embed_documents(texts)

    def _load(self, hashes: set[str]) -> dict[str, Vector]:
        found: dict[str, Vector] = {}
        with Session(self._engine) as session:
            for chunk in chunks(sorted(hashes), _CHUNK):
                rows = session.execute(
                    select(EmbeddingRow.text_hash, EmbeddingRow.vector).where(
                        EmbeddingRow.model == self.model, EmbeddingRow.text_hash.in_(chunk)
                    )
                )
                found.update((key, np.frombuffer(data, "<f4")) for key, data in rows)
        return found

    def _save(self, vectors: dict[str, Vector]) -> None:
        if not vectors:
            return
        with Session(self._engine) as session, session.begin():
            session.execute(
                insert(EmbeddingRow),
                [
                    {"model": self.model, "text_hash": key, "vector": vector.tobytes()}
                    for key, vector in vectors.items()
                ],
            )
