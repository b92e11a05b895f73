"""The vectors, in Chroma: one collection a scope, so that a search can't reach another scope's passages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError

from index.errors import StoreError
from index.store.embedding_cache import Vector
from index.store.registry import chunks

# Chroma takes up to 5,461 rows a call; smaller calls keep memory flat.
_BATCH = 1000
# Effort of the approximate search: .998 recall@10 at 12,000 passages (design, section 7).
_HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_search": 300, "ef_construction": 200}


@dataclass(frozen=True, slots=True)
class VectorFilter:
    """Days are numbers such as 20230512, so that they compare."""

    since: int | None = None
    until: int | None = None
    source: str | None = None

    def where(self) -> dict[str, Any] | None:
        """The filter in Chroma's language."""
        conditions: list[dict[str, Any]] = []
        if self.since is not None:
            conditions.append({"day": {"$gte": self.since}})
        if self.until is not None:
            # An undated article has day 0: it is in no range.
            conditions += [{"day": {"$lte": self.until}}, {"day": {"$gt": 0}}]
        if self.source is not None:
            conditions.append({"source": self.source})
        if len(conditions) < 2:
            return conditions[0] if conditions else None
        return {"$and": conditions}


@dataclass(frozen=True, slots=True)
class VectorRecord:
    """A passage as the vector store keeps it."""

    id: str
    vector: Vector
    day: int
    source: str


class Vectors:
    """Vectors of passages by scope."""

    def __init__(self, folder: Path) -> None:
        """Open the vectors in a local ``folder``. Raises ``StoreError`` if that fails."""
        try:
            self._client = chromadb.PersistentClient(
                str(folder), settings=Settings(anonymized_telemetry=False, allow_reset=False)
            )
        except Exception as error:  # Chroma raises errors of many kinds, some of them from Rust
            raise StoreError(f"The vectors in {folder} cannot be opened: {error}") from error
        self._collections: dict[str, Collection] = {}

    def close(self) -> None:
        """Let go of the folder."""
        self._collections.clear()
        self._client.close()  # type: ignore[attr-defined]  # the client has it, its interface doesn't say

    def upsert(self, scope: str, records: Sequence[VectorRecord]) -> None:
        """Add or replace vectors. Raises ``StoreError``."""
        collection = self._collection(scope, create=True)
        assert collection is not None
        for chunk in chunks(records, _BATCH):
            with_vectors = np.stack([record.vector for record in chunk])
            try:
                collection.upsert(
                    ids=[record.id for record in chunk],
                    embeddings=with_vectors,
                    metadatas=[{"day": record.day, "source": record.source} for record in chunk],
                )
            except ChromaError as error:
                raise StoreError(f"Vectors could not be written: {error}") from error

    def delete(self, scope: str, ids: Iterable[str]) -> None:
        """Delete vectors; ids that are not there are passed over. Raises ``StoreError``."""
        collection = self._collection(scope)
        if collection is None:
            return
        for chunk in chunks(sorted(ids), _BATCH):
            try:
                collection.delete(ids=chunk)
            except ChromaError as error:
                raise StoreError(f"Vectors could not be deleted: {error}") from error

    def query(self, scope: str, vector: Vector, k: int, narrowed: VectorFilter) -> dict[str, float]:
        """The ``k`` nearest passages of a scope: cosine (-1..1) by passage id, best first."""
        collection = self._collection(scope)
        if collection is None:
            return {}
        found = collection.query(
            query_embeddings=vector[None], n_results=k, where=narrowed.where(), include=["distances"]
        )
        distances = found["distances"]
        assert distances is not None
        return {key: 1 - distance for key, distance in zip(found["ids"][0], distances[0], strict=True)}

    def cosines(self, scope: str, vector: Vector, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of given passages to ``vector``; ids that are not there are left out."""
        collection = self._collection(scope)
        if collection is None or not ids:
            return {}
        found = collection.get(ids=list(ids), include=["embeddings"])
        matrix = np.asarray(found["embeddings"], np.float32).reshape(len(found["ids"]), -1)
        lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(vector)
        return dict(zip(found["ids"], (matrix @ vector / lengths).tolist(), strict=True))

    def ids(self, scope: str) -> set[str]:
        """The id of every vector of a scope."""
        collection = self._collection(scope)
        return set(collection.get(include=[])["ids"]) if collection else set()

    def present(self, scope: str, vectors: Mapping[str, Vector]) -> bool:
        """Whether each vector is stored, and finds a vector equal to it when searched for."""
        collection = self._collection(scope)
        if collection is None:
            return not vectors
        if set(collection.get(ids=list(vectors), include=[])["ids"]) != set(vectors):
            return False
        if not vectors:
            return True
        found = collection.query(
            query_embeddings=np.stack(list(vectors.values())), n_results=1, include=["distances"]
        )
        distances = found["distances"]
        assert distances is not None
        return all(bool(row) and row[0] < 1e-3 for row in distances)

    def _collection(self, scope: str, create: bool = False) -> Collection | None:
        if scope not in self._collections:
            name = f"passages-{hashlib.sha256(scope.encode()).hexdigest()[:32]}"
            if create:
                self._collections[scope] = self._client.get_or_create_collection(
                    name,
                    embedding_function=None,
                    configuration={"hnsw": _HNSW},
                    metadata={"scope": scope},
                )
            else:
                try:
                    self._collections[scope] = self._client.get_collection(name, embedding_function=None)
                except NotFoundError:
                    return None
        return self._collections[scope]


def day_number(day: date | None) -> int:
    """A day as a number that sorts, such as 20230512; 0 for no day."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0
