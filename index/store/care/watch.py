"""Notices an embedding model whose vectors have changed behind its name: old and new ones can't be compared.

A server may be given another model under the same name, or other prefixes be set. What the model made of a text of
our own is kept with the store, and compared when the model is first used.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from index.embedding.endpoint import Vector
from index.embedding.models import Partial
from index.embedding.probe import answers_at
from index.errors import EmbeddingError
from index.store.sql.registry import Registry
from index.told import Told, tell

_KEY = "embedding probe"
_TEXT = "The ferry leaves the harbour at noon, the harbour office says."
_ALIKE = 0.98
"""The same model on another machine, or in another precision, gives vectors that are closer than that."""

_REBUILD = tell("Set the model back, or embed the articles anew with: newsdesk rebuild")
_OTHER_SIZE = tell(
    "The embedding model {name} gives vectors of {now} numbers, and those of the store have {before}. {advice}"
)
_OTHER_VECTORS = tell(
    "The embedding model {name} gives other vectors than those in the store: its server runs another model under "
    "this name, or its prefixes were changed. {advice}"
)


class ChangedModelError(EmbeddingError):
    """The model gives other vectors than those that the store was made of."""


class Watched(Embeddings):
    """``embeddings``, which are compared with what ``registry`` knows of them when they are first used.

    ``lenient``: a change is no error, since the store is being made anew.
    """

    def __init__(self, name: str, embeddings: Embeddings, registry: Registry, *, lenient: bool = False) -> None:
        self._name = name
        self._embeddings = embeddings
        self._registry = registry
        self._checked = lenient
        self._lock = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """See ``Embeddings``; raises ``ChangedModelError`` if the model is another one by now."""
        self.check()
        return self._embeddings.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """See ``Embeddings``; raises ``ChangedModelError`` if the model is another one by now."""
        self.check()
        return self._embeddings.embed_query(text)

    def embed_each(self, texts: Sequence[str]) -> list[Vector | None]:
        """See ``Partial``; raises ``ChangedModelError`` if the model is another one by now."""
        self.check()
        assert isinstance(self._embeddings, Partial)
        return self._embeddings.embed_each(texts)

    @property
    def answers_at(self) -> str | None:
        """Where the model's server answers, if that is not what was set; known once it was asked."""
        return answers_at(self._embeddings)

    def check(self) -> None:
        """Compare, if that wasn't done yet. Raises ``EmbeddingError``."""
        with self._lock:
            if self._checked:
                return
            if problem := self.changed():
                raise ChangedModelError(problem)
            self._checked = True

    def changed(self) -> Told | None:
        """What is different from before, and what to do; None if nothing is. Raises ``EmbeddingError``."""
        now = self._probe()
        before = [np.asarray(one, np.float32) for one in json.loads(self._registry.get_meta(_KEY) or "[]")]
        if not before:
            self._keep(now)
            return None
        sizes = [[one.size for one in vectors] for vectors in (before, now)]
        if sizes[0] != sizes[1]:
            return _OTHER_SIZE.given(
                name=self._name, now=str(sizes[1][0]), before=str(sizes[0][0]), advice=_REBUILD
            )
        if min(_cosine(old, new) for old, new in zip(before, now, strict=True)) < _ALIKE:
            return _OTHER_VECTORS.given(name=self._name, advice=_REBUILD)
        return None

    def accept(self) -> None:
        """The store was made anew with the vectors of now. Raises ``EmbeddingError``."""
        self._keep(self._probe())

    def _probe(self) -> list[Vector]:
        # The question comes first: it waits for a hanging server no longer than questions do.
        query = self._embeddings.embed_query(_TEXT)
        (passage,) = self._embeddings.embed_documents([_TEXT])
        return [np.asarray(vector, np.float32) for vector in (query, passage)]

    def _keep(self, vectors: Sequence[Vector]) -> None:
        rounded = [[round(float(value), 6) for value in vector] for vector in vectors]
        self._registry.set_meta(_KEY, json.dumps(rounded))


def _cosine(one: Vector, other: Vector) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
