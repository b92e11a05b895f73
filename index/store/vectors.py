"""The vectors, in Chroma: one collection a scope, so that a search can't reach another scope's passages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
# Articles arrive in runs of passages that lie close together. With Chroma's 16 neighbours the graph then leaves
# 1% of real E5 vectors where no search arrives, whatever its effort; with 64 it is 1 in 1,000, with 100 none.
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "max_neighbors": 100,
    "ef_search": 300,
    "ef_construction": 200,
}
# A stored vector finds one equal to it, up to rounding.
_SAME = 1e-3
# A vector that no search arrives at is added anew, which links it anew; that often.
_LINKINGS = 3


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
            raise StoreError(
                f"The vectors in {folder} cannot be opened: {error}. "
                "Make room on the disk, or delete that folder: it is rebuilt from the registry."
            ) from error
        self._collections: dict[str, Collection] = {}

    def close(self) -> None:
        """Let go of the folder."""
        self._collections.clear()
        self._client.close()  # type: ignore[attr-defined]  # the client has it, its interface doesn't say

    def upsert(self, scope: str, records: Sequence[VectorRecord]) -> None:
        """Add or replace vectors. Raises ``StoreError``."""
        with _told("written"):
            collection = self._collection(scope, create=True)
            assert collection is not None
            for chunk in chunks(records, _BATCH):
                collection.upsert(
                    ids=[record.id for record in chunk],
                    embeddings=np.stack([record.vector for record in chunk]),
                    metadatas=[{"day": record.day, "source": record.source} for record in chunk],
                )

    def delete(self, scope: str, ids: Iterable[str]) -> None:
        """Delete vectors; ids that are not there are passed over. Raises ``StoreError``."""
        with _told("deleted"):
            collection = self._collection(scope)
            if collection is not None:
                for chunk in chunks(sorted(ids), _BATCH):
                    collection.delete(ids=chunk)

    def drop(self, scope: str) -> None:
        """Delete every vector of a scope, and with them a damaged index. Raises ``StoreError``."""
        with _told("deleted"):
            if self._collection(scope) is not None:
                self._client.delete_collection(_name(scope))
                del self._collections[scope]

    def query(self, scope: str, vector: Vector, k: int, narrowed: VectorFilter) -> dict[str, float]:
        """The ``k`` nearest passages of a scope: cosine (-1..1) by passage id, best first."""
        with _told("searched"):
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
        if not ids:
            return {}
        with _told("read"):
            collection = self._collection(scope)
            if collection is None:
                return {}
            found = collection.get(ids=list(ids), include=["embeddings"])
        matrix = np.asarray(found["embeddings"], np.float32).reshape(len(found["ids"]), -1)
        lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(vector)
        return dict(zip(found["ids"], (matrix @ vector / lengths).tolist(), strict=True))

    def count(self, scope: str) -> int:
        """How many vectors a scope has. It tells that some are missing, not that all of them can be found."""
        with _told("read"):
            collection = self._collection(scope)
            return collection.count() if collection else 0

    def ids(self, scope: str) -> set[str]:
        """The id of every vector of a scope."""
        with _told("read"):
            collection = self._collection(scope)
            return set(collection.get(include=[])["ids"]) if collection else set()

    def unfound(self, scope: str, vectors: Mapping[str, Vector]) -> set[str]:
        """Those of ``vectors`` that are not stored, or don't find a vector equal to them when searched for."""
        lost: set[str] = set()
        with _told("searched"):
            collection = self._collection(scope)
            if collection is None:
                return set(vectors)
            for chunk in chunks(vectors, _BATCH):
                lost |= set(chunk) - set(collection.get(ids=chunk, include=[])["ids"])
                found = collection.query(
                    query_embeddings=np.stack([vectors[key] for key in chunk]), n_results=1, include=["distances"]
                )
                rows = found["distances"]
                assert rows is not None
                lost |= {key for key, row in zip(chunk, rows, strict=True) if not row or row[0] > _SAME}
        return lost

    def confirm(self, scope: str, records: Sequence[VectorRecord]) -> bool:
        """Whether ``records``, just written, are there and can be found; single ones are added anew first.

        A graph search (HNSW, Malkov and Yashunin 2016) may never arrive at a single vector. Words still find
        its passage, so that is no reason to refuse the others; a damaged index finds hardly any.
        """
        by_id = {record.id: record for record in records}
        lost = self.unfound(scope, {key: record.vector for key, record in by_id.items()})
        for _ in range(_LINKINGS):
            if not lost:
                return True
            self.delete(scope, lost)
            self.upsert(scope, [by_id[key] for key in sorted(lost)])
            lost = self.unfound(scope, {key: by_id[key].vector for key in lost})
        missing = lost - self.ids(scope)
        return not missing and len(lost) <= max(2, len(by_id) // 20)

    def _collection(self, scope: str, create: bool = False) -> Collection | None:
        if scope not in self._collections:
            name = _name(scope)
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


def _name(scope: str) -> str:
    return f"passages-{hashlib.sha256(scope.encode()).hexdigest()[:32]}"


@contextmanager
def _told(done: str) -> Iterator[None]:
    try:
        yield
    except ChromaError as error:
        raise StoreError(
            f"The vectors could not be {done}: {error}. Make room on the disk, or run newsdesk doctor."
        ) from error


def day_number(day: date | None) -> int:
    """A day as a number that sorts, such as 20230512; 0 for no day."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0
