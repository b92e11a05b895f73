"""The vectors of passages, in Chroma: written, searched, read."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
from chromadb.api.models.Collection import Collection
from chromadb.errors import ChromaError

from index.errors import StoreError
from index.network import chain
from index.refusals import beside, cleaned, words_in
from index.store.sql.embedding_cache import Vector
from index.store.sql.rows import chunks
from index.store.vectors.collections import VERSION, Collections, connect
from index.store.vectors.records import VectorFilter, VectorRecord

# Chroma takes up to 5,461 rows a call; smaller calls keep memory flat.
_BATCH = 1000
# What Chroma's client comes upon in the answers of a server of something else; it wraps some of them.
_ODD = (json.JSONDecodeError, KeyError, TypeError)
# How many vectors of a scope are read to see whether it can be: no fewer than are searched for afterwards.
_EXERCISE = 1000


class Vectors:
    """Vectors of passages by scope."""

    def __init__(self, place: Path | str, model: str = "") -> None:
        """Open the vectors in a local folder, or those of the Chroma server at a URL (``chroma run``).

        ``model`` names the embedding model they are of. Raises ``StoreError`` if they can't be opened.
        """
        try:
            self._client = connect(place)
        except Exception as error:  # Chroma raises errors of many kinds, some of them from Rust
            advice = (
                "Make room on the disk, or delete that folder: it is rebuilt from the registry."
                if isinstance(place, Path)
                else f"Check NEWSDESK_CHROMA_URL, and that the Chroma server runs, in a version near {VERSION}."
            )
            shown = place if isinstance(place, Path) else place.rpartition("@")[2]
            said = cleaned(words_in(str(error)), ())
            odd = not isinstance(place, Path) and any(isinstance(one, _ODD) for one in chain(error))
            if odd or said != str(error).strip() or not said:  # another protocol, a page, or nothing
                said = "" if odd else said
                said = " ".join(filter(None, ("what answers there is no Chroma server", beside(said, None, ""))))
            raise StoreError(f"The vectors in {shown} cannot be opened: {said}. {advice}") from error
        self._collections = Collections(self._client, model)
        self._server = isinstance(place, str)

    def close(self) -> None:
        """Let go of the folder."""
        self._collections.refresh()
        self._client.close()  # type: ignore[attr-defined]  # the client has it, its interface doesn't say

    def refresh(self) -> None:
        """Forget which collections are in use: another process may have rebuilt them."""
        self._collections.refresh()

    def scopes(self) -> list[str]:
        """Every scope that has a collection. Raises ``StoreError``."""
        with self._told("read"):
            return self._collections.scopes()

    def upsert(self, scope: str, records: Sequence[VectorRecord]) -> None:
        """Add or replace vectors. Raises ``StoreError``."""
        with self._told("written"):
            _fill(self._collections.used_or_new(scope), records)

    def delete(self, scope: str, ids: Iterable[str]) -> None:
        """Delete vectors; ids that are not there are passed over. Raises ``StoreError``."""
        with self._told("deleted"):
            collection = self._collections.used(scope)
            if collection is not None:
                for chunk in chunks(sorted(ids), _BATCH):
                    collection.delete(ids=chunk)

    def drop(self, scope: str) -> None:
        """Delete every vector of a scope, and with them a damaged index. Raises ``StoreError``."""
        with self._told("deleted"):
            self._collections.drop(scope)

    def rebuild(self, scope: str, batches: Iterable[Sequence[VectorRecord]]) -> None:
        """Write the vectors of a scope into a new collection, not yet in use. Raises ``StoreError``.

        ``swap`` takes it into use. Searches see the old one until then.
        """
        with self._told("written"):
            new = self._collections.build(scope)
            count = 0
            for batch in batches:
                _fill(new, batch)
                count += len(batch)
            if new.count() != count:
                raise StoreError("Vectors that were just written are not there, so the old ones stay in use.")

    def swap(self) -> None:
        """Take the collections that ``rebuild`` made into use, and delete what they replace."""
        with self._told("written"):
            self._collections.swap()

    def tidy(self) -> None:
        """Delete what an interrupted rebuild left: collections half built, and those that are replaced."""
        with self._told("deleted"):
            self._collections.tidy()

    @contextmanager
    def _told(self, done: str) -> Iterator[None]:
        # A server of another version gives answers in which its client misses something.
        odd = (ValueError, KeyError, TypeError) if self._server else ()
        advice = (
            f"Check that the Chroma server runs in version {VERSION} or close to it, and NEWSDESK_CHROMA_URL."
            if self._server
            else "Make room on the disk, or run newsdesk doctor."
        )
        try:
            yield
        except (ChromaError, httpx.HTTPError, *odd) as error:
            raise StoreError(f"The vectors could not be {done}: {error}. {advice}") from error

    def query(self, scope: str, vector: Vector, k: int, narrowed: VectorFilter) -> dict[str, float]:
        """The ``k`` nearest passages of a scope: cosine (-1..1) by passage id, best first.

        Raises ``StoreError``, and ``VectorsGoneError`` if there were vectors before.
        """
        with self._told("searched"):
            found = self._collections.ask(
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
        with self._told("read"):
            found = self._collections.ask(
                scope, lambda collection: collection.get(ids=list(ids), include=["embeddings"])
            )
        if found is None or not found["ids"]:
            return {}
        matrix = np.asarray(found["embeddings"], np.float32).reshape(len(found["ids"]), -1)
        lengths = np.linalg.norm(matrix, axis=1)
        whole = zip(found["ids"], matrix, lengths, strict=True)
        return {key: row / length for key, row, length in whole if length > 0}

    def count(self, scope: str) -> int:
        """How many vectors a scope has. It tells that some are missing, not that all of them can be found."""
        with self._told("read"):
            collection = self._collections.used(scope)
            return collection.count() if collection else 0

    def ids(self, scope: str) -> set[str]:
        """The id of every vector of a scope."""
        with self._told("read"):
            collection = self._collections.used(scope)
            return set(collection.get(include=[])["ids"]) if collection else set()

    def present(self, scope: str, ids: Sequence[str]) -> list[str]:
        """Those of ``ids`` that are stored."""
        with self._told("read"):
            collection = self._collections.used(scope)
            if collection is None:
                return []
            return [key for chunk in chunks(ids, _BATCH) for key in collection.get(ids=chunk, include=[])["ids"]]

    def distances(self, scope: str, vectors: Sequence[Vector]) -> list[float | None]:
        """How far (1 - cosine) from each of ``vectors`` the nearest one is that a search arrives at."""
        nearest: list[float | None] = []
        with self._told("searched"):
            collection = self._collections.used(scope)
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
        with self._told("read"):
            collection = self._collections.used(scope)
            if collection is None or not ids:
                return
            found = collection.get(ids=random.sample(ids, min(len(ids), _EXERCISE)), include=["embeddings"])
        self.distances(scope, list(np.asarray(found["embeddings"], np.float32)))


def _fill(collection: Collection, records: Sequence[VectorRecord]) -> None:
    for chunk in chunks(records, _BATCH):
        collection.upsert(
            ids=[record.id for record in chunk],
            embeddings=np.stack([record.vector for record in chunk]),
            metadatas=[{"day": record.day, "source": record.source} for record in chunk],
        )
