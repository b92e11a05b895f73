"""Makes the calibration of the embedding model, keeps it with the store, and renews it as the library grows."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

import numpy as np
from langchain_core.embeddings import Embeddings
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from index.article import searchable
from index.embedding.calibration import ARTICLES, ENOUGH, Calibration, taken_in
from index.embedding.general import GENERAL
from index.store.sql.embedding_cache import EmbeddingCache, Vector
from index.store.sql.registry import Registry
from index.store.sql.schema import CalibrationRow
from index.text.language import detect_language

_LOOKED_FOR_EVERY = 1.0
"""Seconds for which what is known is taken to be what is kept, as one question asks for it again and again."""

_GROWN = 2
"""A calibration is renewed when it would take in so many times the articles, or so many times fewer."""


class Calibrations:
    """The calibration of one embedding model over all that a store holds. Safe to use from several threads."""

    def __init__(self, registry: Registry, cache: EmbeddingCache, embeddings: Embeddings) -> None:
        """``cache`` has the vectors of all passages; ``embeddings`` is the model of both."""
        self._registry = registry
        self._cache = cache
        self._embeddings = embeddings
        self._known: tuple[datetime, Calibration] | None = None
        self._looked_at = -_LOOKED_FOR_EVERY
        self._guard = threading.Lock()

    def current(self) -> Calibration:
        """The one that is kept, by another process too; made if there is none.

        Raises ``EmbeddingError``, ``SQLAlchemyError``.
        """
        with self._guard:
            now = time.monotonic()
            if self._known and now - self._looked_at < _LOOKED_FOR_EVERY:
                return self._known[1]
            with Session(self._registry.engine) as session:
                made = session.scalar(select(CalibrationRow.made_at).filter_by(model=self._cache.model))
                if self._known is None or self._known[0] != made:
                    self._known = _read(session.get(CalibrationRow, self._cache.model))
            self._looked_at = now
            return self._known[1] if self._known else self._make(None)

    def renew(self, *, anew: bool = False) -> None:
        """Make the calibration if there is none, if the library has much changed in size, or ``anew``.

        Raises ``EmbeddingError``, ``SQLAlchemyError``.
        """
        known = None if anew else self.current()
        count = taken_in(self._registry.count(self._registry.scopes()))
        with self._guard:
            if known is None or not known.articles / _GROWN <= count < max(known.articles, 1) * _GROWN:
                self._make(known)

    def _make(self, before: Calibration | None) -> Calibration:
        found = self._registry.sample(ARTICLES)
        texts = [searchable(article.title, passage) for passage, article in found]
        vectors = _units(self._cache.embed(texts)) if texts else np.zeros((0, 0), np.float32)
        own = vectors[: taken_in(len(found))]
        general = before.general if before else own[:0]
        if len(own) >= ENOUGH:
            general = own[:0]
        elif len(general) < len(GENERAL):
            general = _units(self._embeddings.embed_documents(list(GENERAL)))
        languages = [article.language for _, article in found[: len(own)]]
        made = Calibration.learn(own, general, [*languages, *map(detect_language, GENERAL)])
        moment = datetime.now(UTC)
        with Session(self._registry.engine) as session, session.begin():
            session.execute(delete(CalibrationRow).filter_by(model=self._cache.model))
            session.add(CalibrationRow(model=self._cache.model, made_at=moment, data=made.to_bytes()))
        self._known = (moment, made)
        return made


def _read(row: CalibrationRow | None) -> tuple[datetime, Calibration] | None:
    """What is kept, and since when; None where it is damaged, too, for then it is made anew."""
    with suppress(ValueError):
        return (row.made_at, Calibration.from_bytes(row.data)) if row else None
    return None


def _units(vectors: Sequence[Sequence[float] | Vector]) -> Vector:
    matrix = np.asarray(vectors, np.float32)
    units: Vector = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    return units
