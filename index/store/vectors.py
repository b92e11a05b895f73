"""The vectors, in Chroma: one collection a scope, so that a search can't reach another scope's passages.

A collection is rebuilt beside the one in use, under the next generation's name; of those of a scope that are
whole and of the right embedding model, the one of the highest generation is in use.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError, InternalError, NotFoundError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from index.errors import StoreError
from index.store.embedding_cache import Vector
from index.store.registry import chunks
from index.store.vector_records import VectorFilter, VectorRecord

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
# How many vectors of a scope are read to see whether it can be: no fewer than are searched for afterwards.
_EXERCISE = 1000

T = TypeVar("T")


class Vectors:
    """Vectors of passages by scope."""

    def __init__(self, place: Path | str, model: str = "") -> None:
        """Open the vectors in a local folder, or those of the Chroma server at a URL (``chroma run``).

        ``model`` names the embedding model they are of. Raises ``StoreError`` if they can't be opened.
        """
        self._model = model
        settings = Settings(anonymized_telemetry=False, allow_reset=False)
        try:
            if isinstance(place, Path):
                self._client = chromadb.PersistentClient(str(place), settings=settings)
            else:
                self._client = _connect(place, settings)
        except Exception as error:  # Chroma raises errors of many kinds, some of them from Rust
            advice = (
                "Make room on the disk, or delete that folder: it is rebuilt from the registry."
                if isinstance(place, Path)
                else "Check NEWSDESK_CHROMA_URL, and that the Chroma server runs."
            )
            raise StoreError(f"The vectors in {place} cannot be opened: {error}. {advice}") from error
        self._collections: dict[str, Collection] = {}

    def close(self) -> None:
        """Let go of the folder."""
        self._collections.clear()
        self._client.close()  # type: ignore[attr-defined]  # the client has it, its interface doesn't say

    def refresh(self) -> None:
        """Forget which collections are in use: another process may have rebuilt them."""
        self._collections.clear()

    def scopes(self) -> list[str]:
        """Every scope that has a collection. Raises ``StoreError``."""
        with _told("read"):
            found = {_told_by(collection, "scope") for collection in self._client.list_collections()}
        return sorted(scope for scope in found if isinstance(scope, str))

    def upsert(self, scope: str, records: Sequence[VectorRecord]) -> None:
        """Add or replace vectors. Raises ``StoreError``."""
        with _told("written"):
            collection = self._collection(scope) or self._create(scope, _names(scope)[0], 0, building=False)
            self._collections[scope] = collection
            _fill(collection, records)

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
            for collection in self._of(scope):
                self._client.delete_collection(collection.name)
            self._collections.pop(scope, None)

    def rebuild(self, scope: str, batches: Iterable[Sequence[VectorRecord]]) -> None:
        """Write the vectors of a scope into a new collection, not yet in use. Raises ``StoreError``.

        ``swap`` takes it into use. Searches see the old one until then.
        """
        with _told("written"):
            self._tidy(scope)
            used = self._of(scope)
            (name, *_) = [name for name in _names(scope) if name not in {collection.name for collection in used}]
            generation = max(map(_generation, used), default=-1) + 1
            new = self._create(scope, name, generation, building=True)
            count = 0
            for batch in batches:
                _fill(new, batch)
                count += len(batch)
            if new.count() != count:
                raise StoreError("Vectors that were just written are not there, so the old ones stay in use.")

    def swap(self) -> None:
        """Take the collections that ``rebuild`` made into use, and delete what they replace."""
        with _told("written"):
            for collection in self._client.list_collections():
                if _told_by(collection, "building") and _told_by(collection, "model") == self._model:
                    kept = {key: value for key, value in (collection.metadata or {}).items() if key != "building"}
                    collection.modify(metadata=kept)
        self.refresh()
        self.tidy()

    def tidy(self) -> None:
        """Delete what an interrupted rebuild left: collections half built, and those that are replaced."""
        with _told("deleted"):
            for scope in self.scopes():
                self._tidy(scope)

    def query(self, scope: str, vector: Vector, k: int, narrowed: VectorFilter) -> dict[str, float]:
        """The ``k`` nearest passages of a scope: cosine (-1..1) by passage id, best first."""
        with _told("searched"):
            found = self._ask(
                scope,
                lambda collection: collection.query(
                    query_embeddings=vector[None], n_results=k, where=narrowed.where(), include=["distances"]
                ),
            )
        if found is None:
            return {}
        distances = found["distances"]
        assert distances is not None
        return {key: 1 - distance for key, distance in zip(found["ids"][0], distances[0], strict=True)}

    def cosines(self, scope: str, vector: Vector, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of given passages to ``vector``; ids that are not there are left out."""
        stored = self.stored(scope, ids)
        return {key: float(own @ vector / np.linalg.norm(vector)) for key, own in stored.items()}

    def stored(self, scope: str, ids: Sequence[str]) -> dict[str, Vector]:
        """The vectors of given passages, of length 1, by id; those that are not there are left out.

        A damaged file of Chroma's may give vectors of length 0, which count as not there.
        """
        if not ids:
            return {}
        with _told("read"):
            found = self._ask(scope, lambda collection: collection.get(ids=list(ids), include=["embeddings"]))
        if found is None or not found["ids"]:
            return {}
        matrix = np.asarray(found["embeddings"], np.float32).reshape(len(found["ids"]), -1)
        lengths = np.linalg.norm(matrix, axis=1)
        whole = zip(found["ids"], matrix, lengths, strict=True)
        return {key: row / length for key, row, length in whole if length > 0}

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

    def present(self, scope: str, ids: Sequence[str]) -> list[str]:
        """Those of ``ids`` that are stored."""
        with _told("read"):
            collection = self._collection(scope)
            if collection is None:
                return []
            return [key for chunk in chunks(ids, _BATCH) for key in collection.get(ids=chunk, include=[])["ids"]]

    def distances(self, scope: str, vectors: Sequence[Vector]) -> list[float | None]:
        """How far (1 - cosine) from each of ``vectors`` the nearest one is that a search arrives at."""
        nearest: list[float | None] = []
        with _told("searched"):
            collection = self._collection(scope)
            if collection is None:
                return [None] * len(vectors)
            for chunk in chunks(vectors, _BATCH):
                found = collection.query(query_embeddings=np.stack(chunk), n_results=1, include=["distances"])
                rows = found["distances"]
                assert rows is not None
                nearest += [row[0] if row else None for row in rows]
        return nearest

    def exercise(self, scope: str) -> None:
        """Read many vectors of a scope and search for them. Raises ``StoreError`` if that can't be done."""
        ids = sorted(self.ids(scope))
        with _told("read"):
            collection = self._collection(scope)
            if collection is None or not ids:
                return
            found = collection.get(ids=random.sample(ids, min(len(ids), _EXERCISE)), include=["embeddings"])
        self.distances(scope, list(np.asarray(found["embeddings"], np.float32)))

    def _collection(self, scope: str) -> Collection | None:
        """The collection in use."""
        if scope not in self._collections:
            usable = [
                collection
                for collection in self._of(scope)
                if not _told_by(collection, "building")
                and (not self._model or _told_by(collection, "model") in (None, self._model))
            ]
            if not usable:
                return None
            self._collections[scope] = max(usable, key=_generation)
        return self._collections[scope]

    def _tidy(self, scope: str) -> None:
        used = self._collection(scope)
        for collection in self._of(scope):
            if used is None or collection.id != used.id:
                self._client.delete_collection(collection.name)

    def _of(self, scope: str) -> list[Collection]:
        """The collection in use, and one that is being built or that it replaced."""
        found = []
        for name in _names(scope):
            with suppress(NotFoundError):
                found.append(_again(InternalError)(self._client.get_collection, name, embedding_function=None))
        return found

    def _ask(self, scope: str, question: Callable[[Collection], T]) -> T | None:
        """The answer of the collection in use; None if the scope has none.

        It is asked again if another thread or process replaced the collection meanwhile.
        """
        return _again(NotFoundError, InternalError)(self._ask_once, scope, question)

    def _ask_once(self, scope: str, question: Callable[[Collection], T]) -> T | None:
        collection = self._collection(scope)
        try:
            return question(collection) if collection else None
        except (NotFoundError, InternalError):
            self._collections.pop(scope, None)
            raise

    def _create(self, scope: str, name: str, generation: int, *, building: bool) -> Collection:
        metadata: dict[str, Any] = {"scope": scope, "generation": generation, "model": self._model}
        return self._client.create_collection(
            name,
            embedding_function=None,
            configuration={"hnsw": _HNSW},
            metadata=metadata | ({"building": True} if building else {}),
        )


def _again(*errors: type[Exception]) -> Retrying:
    """Calls a function, and calls it again for a third of a second while it fails with one of ``errors``.

    While another process makes, or deletes, a collection, Chroma says for a moment that parts of it are missing.
    """
    return Retrying(
        retry=retry_if_exception_type(errors),
        stop=stop_after_attempt(4),
        wait=wait_exponential(multiplier=0.05),
        reraise=True,
    )


def _connect(url: str, settings: Settings) -> ClientAPI:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("a Chroma server has an address such as http://127.0.0.1:8000")
    secure = parts.scheme == "https"
    return chromadb.HttpClient(parts.hostname, parts.port or (443 if secure else 8000), secure, settings=settings)


def _fill(collection: Collection, records: Sequence[VectorRecord]) -> None:
    for chunk in chunks(records, _BATCH):
        collection.upsert(
            ids=[record.id for record in chunk],
            embeddings=np.stack([record.vector for record in chunk]),
            metadatas=[{"day": record.day, "source": record.source} for record in chunk],
        )


def _names(scope: str) -> tuple[str, str]:
    """A scope's two places for a collection: while one is in use, the other can be built."""
    name = f"passages-{hashlib.sha256(scope.encode()).hexdigest()[:32]}"
    return name, f"{name}-b"


def _generation(collection: Collection) -> int:
    stated = _told_by(collection, "generation")
    return stated if isinstance(stated, int) else 0


def _told_by(collection: Collection, key: str) -> object:
    return (collection.metadata or {}).get(key)


@contextmanager
def _told(done: str) -> Iterator[None]:
    try:
        yield
    except (ChromaError, httpx.HTTPError) as error:
        raise StoreError(
            f"The vectors could not be {done}: {error}. Make room on the disk, or run newsdesk doctor."
        ) from error
