"""Hybrid search: question in, Hits out.

Dense (cosine of embeddings) and lexical (BM25 over the question's idf mass) scores are added, not ranks:
rank fusion ruins questions asked in another language than the articles', where the lexical order is noise. A
passage is found sooner if another one of its article comes close, too: the article is then about what is asked.
In a library of several languages a question is looked for in each, and what is in another than its own counts as
much closer as its language is further away. Where languages differ, the best hits are put in order once more, by
how far the question's words are matched in meaning. ``benchmarks/ranking.py`` chose the weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from langchain_core.embeddings import Embeddings

from index.article import ArticleRef, Passage, searchable
from index.embedding.alignment import alignments
from index.embedding.models import TokenLevel
from index.embedding.similarity import Similarity
from index.store.care.calibrating import Calibrations
from index.store.lexical import Lexical
from index.store.sql.registry import Registry
from index.store.sql.sentence_vectors import SentenceVectors
from index.store.vectors.chroma import Vectors
from index.store.vectors.records import VectorFilter, day_number
from index.text.language import question_language
from index.text.segmentation import words

LEXICAL_WEIGHT = 0.1
"""How much a full lexical match adds to the cosine."""

SUPPORT_WEIGHT = 0.2
"""How much the best other passage of the article adds: a share of what that passage has by itself."""

_ALIGNMENT_WEIGHT = 1.0
_ALIGNED = 10
"""How many hits are put in order once more."""

_CANDIDATES = 50
_SHINGLE = 5
# Two passages that share this part of the shorter one's five-word runs tell the same thing in the same words.
_DUPLICATE = 0.7


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a search: published on or after ``since``, on or before ``until``, by outlet ``source``.

    Articles whose ids are in ``without`` are passed over.
    """

    since: date | None = None
    until: date | None = None
    source: str | None = None
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, its article, and why it was found.

    ``score`` orders the hits. ``dense`` is the cosine to the question (-1..1), ``lexical`` the BM25 score over
    the question's idf mass (about 0..2), ``support`` both, weighed, of the best other passage of the article.
    ``coverage`` is the share of that mass found in the passage or its article's title (0..1). ``alignment``
    (-1..1) is how far the question's words are matched in meaning, one by one; it is worked out for the best hits
    of a question in another language, and None otherwise.
    ``twins`` are the articles that carry the same passage.
    """

    passage: Passage
    article: ArticleRef
    score: float
    dense: float
    lexical: float
    support: float = 0.0
    coverage: float = 0.0
    alignment: float | None = None
    twins: tuple[ArticleRef, ...] = ()


class Search:
    """Finds passages in the live articles of given scopes."""

    def __init__(
        self,
        registry: Registry,
        vectors: Vectors,
        lexical: Lexical,
        embeddings: Embeddings,
        similarity: Similarity,
        sentences: SentenceVectors,
        calibrations: Calibrations,
    ) -> None:
        """``similarity`` embeds questions, and remembers them; ``sentences`` keeps the vectors of words;
        ``calibrations`` tell how far languages are apart."""
        self._registry = registry
        self._vectors = vectors
        self._lexical = lexical
        self._embeddings = embeddings
        self._similarity = similarity
        self._sentences = sentences
        self._calibrations = calibrations

    def search(self, question: str, scopes: Sequence[str], k: int = 10, filters: Filters = Filters()) -> list[Hit]:
        """The ``k`` best passages for a question that ``scopes`` may see, best first, each passage once."""
        vector = self._similarity.question(question)
        terms = self._lexical.terms(question)
        mass = sum(term.idf for term in terms) or 1.0
        since = day_number(filters.since) or None
        until = day_number(filters.until) or None
        candidates = max(_CANDIDATES, 3 * k) * (2 if filters.without else 1)
        across = self._calibrations.current().across(vector, question_language(question))
        narrowed = VectorFilter(since, until, filters.source)

        dense: dict[str, float] = {}
        lexical: dict[str, float] = {}
        for scope in dict.fromkeys(scopes):
            near = self._vectors.query(scope, vector, candidates, narrowed)
            matching = self._lexical.query(scope, terms, candidates, since, until, filters.source)
            foreign = [self._vectors.query(scope, one.vector, candidates, narrowed) for one in across.values()]
            others = dict.fromkeys(key for found in (matching, *foreign) for key in found if key not in near)
            near |= self._vectors.cosines(scope, vector, list(others))
            dense |= near
            lexical |= matching

        found = self._registry.passages(scopes, list(dense))
        hits = self._supported(
            [
                Hit(passage, article, 0.0, dense[key], lexical.get(key, 0.0) / mass)
                for key, (passage, article) in found.items()
                if article.id not in filters.without
            ],
            scopes,
            {language: one.further for language, one in across.items()},
        )
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        hits = [
            replace(hit, coverage=self._lexical.coverage(terms, searchable(hit.article.title, hit.passage)))
            for hit in collapse(hits, max(k, _ALIGNED))
        ]
        if hits and _in_another_language(question, hits[0]) and isinstance(self._embeddings, TokenLevel):
            weights = {term.word.lower(): term.weight for term in terms}
            hits = self._aligned(self._embeddings, question, weights, hits)
        return hits[:k]

    def _supported(
        self, hits: Sequence[Hit], scopes: Sequence[str], further: Mapping[str | None, float]
    ) -> list[Hit]:
        """``hits`` with their support and score; ``further`` are languages that are further from the question.

        A passage that is its whole article supports itself. What no candidate supports is supported by a passage
        that is further from the question than all of them: at most as much as the last one.
        """
        alone = {
            hit.passage.id: hit.dense + further.get(hit.article.language, 0) + LEXICAL_WEIGHT * hit.lexical
            for hit in hits
        }
        by_article: dict[str, dict[str, float]] = defaultdict(dict)
        for hit in hits:
            own = by_article[hit.article.id]
            own[hit.passage.text] = max(alone[hit.passage.id], own.get(hit.passage.text, -1.0))
        single = [article for article, own in by_article.items() if len(own) == 1]
        whole = self._registry.of_one_passage(scopes, single)
        last = min((hit.dense for hit in hits), default=0.0)
        supported = []
        for hit in hits:
            score = alone[hit.passage.id]
            others = (score for text, score in by_article[hit.article.id].items() if text != hit.passage.text)
            support = max(others, default=score if hit.article.id in whole else last)
            supported.append(replace(hit, support=support, score=score + SUPPORT_WEIGHT * support))
        return supported

    def _aligned(
        self, model: TokenLevel, question: str, weights: Mapping[str, float], hits: Sequence[Hit]
    ) -> list[Hit]:
        """``hits``, the best of them in order of their score and alignment."""
        best = hits[:_ALIGNED]
        found = alignments(
            model, question, weights, self._sentences.words([(hit.passage, hit.article) for hit in best])
        )
        aligned = [
            replace(hit, alignment=one, score=hit.score + _ALIGNMENT_WEIGHT * one)
            for hit, one in zip(best, found, strict=True)
        ]
        return [*sorted(aligned, key=lambda hit: -hit.score), *hits[_ALIGNED:]]


def _in_another_language(question: str, hit: Hit) -> bool:
    """Whether ``question`` and the article found are in different languages, as far as can be told."""
    language = question_language(question)
    return language is not None and hit.article.language not in (None, language)


def collapse(hits: Sequence[Hit], k: int) -> list[Hit]:
    """The first ``k`` hits, without those that repeat the words of an earlier one (Broder 1997, shingles)."""
    kept: list[Hit] = []
    shingles: list[frozenset[tuple[str, ...]]] = []
    for hit in hits:
        own = _shingles(hit.passage.text)
        twin = next((i for i, other in enumerate(shingles) if _repeats(own, other)), None)
        if twin is not None:
            first = kept[twin]
            if hit.article.id != first.article.id and hit.article not in first.twins:
                kept[twin] = replace(first, twins=(*first.twins, hit.article))
        elif len(kept) < k:
            kept.append(hit)
            shingles.append(own)
    return kept


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    lower = text.lower()
    found = [lower[start:end] for start, end in words(lower)]
    runs = zip(*(found[place:] for place in range(_SHINGLE)), strict=False)
    return frozenset(runs) if len(found) >= _SHINGLE else frozenset([tuple(found)])


def _repeats(own: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    return len(own & other) >= _DUPLICATE * min(len(own), len(other))
