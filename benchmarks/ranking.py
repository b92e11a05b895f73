"""Chooses the weights of ``index/search.py``: ``python -m benchmarks.ranking HOME QUERIES.jsonl [HOME ...]``.

Each HOME is a store with the articles that the questions beside it are about. Cosines and BM25 of all passages are
worked out once; then the weights are chosen on one half of the questions, by the mean of the sets' MRR@10, and
reported on the other (two-fold cross-validation), beside each set's figures with the weights in use.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.corpora import settings_for
from bot.app import open_library
from bot.evaluation.questions import read_queries
from index.article import SHARED, searchable
from index.search import LEXICAL_WEIGHT, SUPPORT_WEIGHT

LEXICAL = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3)
SUPPORT = (0.0, 0.1, 0.2, 0.3, 0.4)

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Question:
    """What each passage of a store has with a question, the passages of each article, and the right articles."""

    dense: Scores
    lexical: Scores
    articles: Mapping[str, npt.NDArray[np.int64]]
    right: frozenset[str]

    def reciprocal_rank(self, lexical: float, support: float) -> float:
        """1 over the rank of the best right article, 0 beyond the tenth."""
        alone = self.dense + lexical * self.lexical
        scores = {key: _score(alone[places], support) for key, places in self.articles.items()}
        ranked = sorted(scores, key=lambda key: -scores[key])[:10]
        return next((1 / rank for rank, key in enumerate(ranked, 1) if key in self.right), 0.0)


def _score(alone: Scores, support: float) -> float:
    """The score of an article's best passage; one that is the whole article supports itself."""
    best = np.sort(alone)[::-1]
    return float(best[0] + support * best[min(1, len(best) - 1)])


def main(homes: Sequence[str], queries: Sequence[str]) -> None:
    """Print the weights chosen, and what they and those in use come to."""
    sets = {path: _read(Path(home), Path(path)) for home, path in zip(homes, queries, strict=True)}
    pairs = list(itertools.product(LEXICAL, SUPPORT))
    found = {
        name: np.array([[one.reciprocal_rank(*pair) for pair in pairs] for one in questions])
        for name, questions in sets.items()
    }
    held_out: dict[str, list[float]] = {name: [] for name in sets}
    for half in (0, 1):
        chosen = int(np.mean([ranks[half::2].mean(axis=0) for ranks in found.values()], axis=0).argmax())
        print(f"half {half + 1}: lexical {pairs[chosen][0]}, support {pairs[chosen][1]}")
        for name, ranks in found.items():
            held_out[name].append(float(ranks[1 - half :: 2, chosen].mean()))
    used, plain = pairs.index((LEXICAL_WEIGHT, SUPPORT_WEIGHT)), pairs.index((0.2, 0.0))
    for name, ranks in found.items():
        print(
            f"{name}: held out {np.mean(held_out[name]):.4f}, in use {ranks[:, used].mean():.4f}, "
            f"cosine + .2 BM25 {ranks[:, plain].mean():.4f}"
        )


def _read(home: Path, queries: Path) -> list[Question]:
    with open_library(settings_for(home)) as library:
        passages = list(library.registry.all_passages(SHARED))
        vectors = np.stack(library._writer._cache.embed([searchable(ref.title, one) for one, ref in passages]))
        articles: dict[str, list[int]] = {}
        for place, (_, ref) in enumerate(passages):
            articles.setdefault(ref.id, []).append(place)
        places = {key: np.array(own) for key, own in articles.items()}
        numbers = {one.id: place for place, (one, _) in enumerate(passages)}
        questions = []
        for query in read_queries(queries):
            terms = library._lexical.terms(query.question)
            lexical = np.zeros(len(passages), np.float32)
            for key, score in library._lexical.query(SHARED, terms, len(passages)).items():
                lexical[numbers[key]] = score / (sum(term.idf for term in terms) or 1.0)
            dense = vectors @ library._similarity.question(query.question)
            questions.append(Question(dense, lexical, places, query.relevant))
    return questions


if __name__ == "__main__":
    main(sys.argv[1::2], sys.argv[2::2])
