"""Hybrid search: question in, Hits out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.article import ArticleRef, Passage


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a search: published on or after ``since``, on or before ``until``, by outlet ``source``."""

    since: date | None = None
    until: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, its article, and why it was found.

    ``score`` orders the hits. ``dense`` is the cosine to the question (-1..1), ``lexical`` the BM25 score over
    the question's idf mass (about 0..2).
    """

    passage: Passage
    article: ArticleRef
    score: float
    dense: float
    lexical: float
