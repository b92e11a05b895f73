"""Whether vectors find themselves. A damaged index of Chroma still counts and lists them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from index.store.sql.embedding_cache import Vector
from index.store.vectors.chroma import Vectors
from index.store.vectors.records import VectorRecord

# A stored vector finds one equal to it, up to rounding.
_SAME = 1e-3
# A vector that no search arrives at is added anew, which links it anew; that often.
_LINKINGS = 3


def unfound(store: Vectors, scope: str, vectors: Mapping[str, Vector]) -> set[str]:
    """Those of ``vectors`` that are not stored as they are, or can't be found. Raises ``StoreError``.

    They are searched for, and they are read: an index may find what it can't give back, and the other way round.
    """
    distances = store.distances(scope, list(vectors.values()))
    lost = {key for key, distance in zip(vectors, distances, strict=True) if distance is None or distance > _SAME}
    stored = store.stored(scope, list(vectors))
    return lost | {key for key, vector in vectors.items() if key not in stored or _differ(stored[key], vector)}


def _differ(one: Vector, other: Vector) -> bool:
    return float(one @ other / np.linalg.norm(other)) < 1 - _SAME


def confirm(store: Vectors, scope: str, records: Sequence[VectorRecord]) -> bool:
    """Whether ``records``, just written, are there and can be found; single ones are added anew first.

    A graph search (HNSW, Malkov and Yashunin 2016) may never arrive at a single vector. Words still find its
    passage, so that is no reason to refuse the others; a damaged index finds hardly any. Raises ``StoreError``.
    """
    by_id = {record.id: record for record in records}
    lost = unfound(store, scope, {key: record.vector for key, record in by_id.items()})
    for _ in range(_LINKINGS):
        if not lost:
            return True
        store.delete(scope, lost)
        store.upsert(scope, [by_id[key] for key in sorted(lost)])
        lost = unfound(store, scope, {key: by_id[key].vector for key in lost})
    missing = lost - set(store.present(scope, sorted(lost)))
    return not missing and len(lost) <= max(2, len(by_id) // 20)
