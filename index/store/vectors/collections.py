"""The collections of Chroma: one a scope, so that a search can't reach another scope's passages.

A collection is rebuilt beside the one in use, under the next generation's name; of those of a scope that are
whole and of the right embedding model, the one of the highest generation is in use.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import InternalError, NotFoundError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from index.errors import StoreError

# Articles arrive in runs of passages that lie close together. With Chroma's 16 neighbours the graph then leaves
# 1% of real E5 vectors where no search arrives, whatever its effort; with 64 it is 1 in 1,000, with 100 none.
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "max_neighbors": 100,
    "ef_search": 300,
    "ef_construction": 200,
}

T = TypeVar("T")

_OPENING_SECONDS = 10
_SECONDS = 60
"""How long a Chroma server may take to answer at all, and to do what it is asked for."""

VERSION = chromadb.__version__
"""The version that a Chroma server should have."""


class VectorsGoneError(StoreError):
    """A scope had vectors, and has none any more."""


class Collections:
    """Collections by scope. Errors are Chroma's own."""

    def __init__(self, client: ClientAPI, model: str) -> None:
        """``model`` names the embedding model whose vectors they hold."""
        self._client = client
        self._model = model
        self._used: dict[str, Collection] = {}
        self._had: set[str] = set()

    def refresh(self) -> None:
        """Forget which collections are in use: another process may have rebuilt them."""
        self._used.clear()

    def scopes(self) -> list[str]:
        """Every scope that has a collection."""
        found = {_told_by(collection, "scope") for collection in self._client.list_collections()}
        return sorted(scope for scope in found if isinstance(scope, str))

    def used(self, scope: str) -> Collection | None:
        """The collection in use."""
        used = self._used.get(scope)  # another thread may forget it meanwhile
        if used is None:
            usable = [
                collection
                for collection in self._of(scope)
                if not _told_by(collection, "building")
                and (not self._model or _told_by(collection, "model") in (None, self._model))
            ]
            if not usable:
                return None
            used = self._used[scope] = max(usable, key=_generation)
            self._had.add(scope)
        return used

    def used_or_new(self, scope: str) -> Collection:
        """The collection in use, which is made if there is none."""
        collection = self.used(scope) or self._create(scope, _names(scope)[0], 0, building=False)
        self._used[scope] = collection
        self._had.add(scope)
        return collection

    def ask(self, scope: str, question: Callable[[Collection], T]) -> T | None:
        """The answer of the collection in use; None if the scope has none.

        It is asked again if another thread or process replaced the collection meanwhile. Raises
        ``VectorsGoneError`` if the scope had one before: a server may have lost its folder.
        """
        answer = _again(NotFoundError, InternalError)(self._ask_once, scope, question)
        if answer is None and scope in self._had and self.used(scope) is None:
            raise VectorsGoneError(
                "The vectors vanished from their store. newsdesk doctor --repair makes them anew."
            )
        return answer

    def build(self, scope: str) -> Collection:
        """A new collection beside the one in use, which ``swap`` takes into use."""
        self._tidy(scope)
        there = self._of(scope)
        (name, *_) = [name for name in _names(scope) if name not in {collection.name for collection in there}]
        generation = max(map(_generation, there), default=-1) + 1
        return self._create(scope, name, generation, building=True)

    def swap(self) -> None:
        """Take the collections that were built into use, and delete what they replace."""
        for collection in self._client.list_collections():
            if _told_by(collection, "building") and _told_by(collection, "model") == self._model:
                kept = {key: value for key, value in (collection.metadata or {}).items() if key != "building"}
                collection.modify(metadata=kept)
        self.refresh()
        self.tidy()

    def tidy(self) -> None:
        """Delete collections that are half built, and those that are replaced."""
        for scope in self.scopes():
            self._tidy(scope)

    def drop(self, scope: str) -> None:
        """Delete every collection of a scope."""
        for collection in self._of(scope):
            self._client.delete_collection(collection.name)
        self._used.pop(scope, None)
        self._had.discard(scope)

    def _tidy(self, scope: str) -> None:
        used = self.used(scope)
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

    def _ask_once(self, scope: str, question: Callable[[Collection], T]) -> T | None:
        collection = self.used(scope)
        try:
            return question(collection) if collection else None
        except (NotFoundError, InternalError):
            self._used.pop(scope, None)
            raise

    def _create(self, scope: str, name: str, generation: int, *, building: bool) -> Collection:
        metadata: dict[str, Any] = {"scope": scope, "generation": generation, "model": self._model}
        return self._client.create_collection(
            name,
            embedding_function=None,
            configuration={"hnsw": _HNSW},
            metadata=metadata | ({"building": True} if building else {}),
        )


def connect(place: Path | str) -> ClientAPI:
    """A client for a local folder, or for the Chroma server at a URL. Raises errors of many kinds."""
    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    if isinstance(place, Path):
        return chromadb.PersistentClient(str(place), settings=settings)
    parts = urlsplit(place)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("a Chroma server has an address such as http://127.0.0.1:8000")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 8000)
    folder = re.sub(r"/(?:api/v\d+/?)?$", "", parts.path)  # a proxy may serve Chroma below one
    headers = {}
    if parts.username is not None:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
    # Chroma's client would wait for a server as long as that likes, and asks it this first.
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    root = f"{parts.scheme}://{host}:{port}{folder}"
    httpx.get(f"{root}/api/v2/auth/identity", headers=headers, timeout=_OPENING_SECONDS)
    client = chromadb.HttpClient(root, port, secure, headers, settings)
    client._server._session.timeout = httpx.Timeout(_SECONDS, connect=_OPENING_SECONDS)  # type: ignore[attr-defined]
    return client


def _again(*errors: type[Exception]) -> Retrying:
    """Calls a function, and calls it again for a second and a half while it fails with one of ``errors``.

    While another process makes, or deletes, a collection, Chroma says for a moment that parts of it are missing.
    """
    return Retrying(
        retry=retry_if_exception_type(errors),
        stop=stop_after_attempt(6),
        wait=wait_exponential(multiplier=0.05),
        reraise=True,
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
