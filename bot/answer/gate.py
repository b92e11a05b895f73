"""Decides, before any engine runs, whether the passages found can hold the answer.

A logistic model on two signals of the best hits: the cosine between question and passage, and the share of
the question's idf mass that the passage holds. It was fitted on half of the articles of public question
sets (benchmarks/gate.py prints the fit and what the other half says), apart for questions asked in the
article's own language and in another, where words hardly match.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.language import detect_language
from index.search import Hit

_HITS = 3


@dataclass(frozen=True, slots=True)
class _Fit:
    dense: float
    coverage: float
    bias: float
    bound: float

    def evidence(self, hit: Hit) -> float:
        return self.dense * hit.dense + self.coverage * hit.coverage + self.bias - self.bound


_SAME_LANGUAGE = _Fit(dense=29.1, coverage=7.62, bias=-28.8, bound=-0.25)
_OTHER_LANGUAGE = _Fit(dense=43.9, coverage=4.8, bias=-35.7, bound=-0.25)


def enough_evidence(question: str, hits: Sequence[Hit]) -> bool:
    """Whether one of the best ``hits`` may answer ``question``."""
    language = detect_language(question)
    return any(_fit(language, hit).evidence(hit) > 0 for hit in hits[:_HITS])


def _fit(question_language: str | None, hit: Hit) -> _Fit:
    unsure = question_language is None or hit.article.language is None
    return _SAME_LANGUAGE if unsure or question_language == hit.article.language else _OTHER_LANGUAGE
