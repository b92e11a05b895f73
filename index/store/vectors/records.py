"""What the vector store is told and asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from index.store.sql.embedding_cache import Vector


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


def day_number(day: date | None) -> int:
    """A day as a number that sorts, such as 20230512; 0 for no day."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0
