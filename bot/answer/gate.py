"""Decides, before any engine runs, whether the passages found can hold the answer.

A logistic model on two signals of the best hits: the cosine between question and passage (for an answer, between
the question and the passage's closest sentence), and the share of the question's idf mass that the passage holds.
It was fitted on half of the articles of public question sets (benchmarks/gate.py prints the fit and what the other
half says), apart for questions asked in the article's own language and in another, where words hardly match.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.language import detect_language
from index.search import Hit
from index.sentences import split_sentences

Similarities = Callable[[str, Sequence[str]], list[float]]
"""The cosine (-1..1) of each text to a question."""

_HITS = 3


@dataclass(frozen=True, slots=True)
class _Fit:
    dense: float
    coverage: float
    bias: float
    bound: float

    def evidence(self, dense: float, coverage: float) -> float:
        return self.dense * dense + self.coverage * coverage + self.bias - self.bound


_SAME_LANGUAGE = _Fit(dense=29.1, coverage=7.62, bias=-28.8, bound=-0.25)
_OTHER_LANGUAGE = _Fit(dense=43.9, coverage=4.8, bias=-35.7, bound=-0.25)
_SENTENCE_SAME_LANGUAGE = _Fit(dense=36.3, coverage=6.73, bias=-34.7, bound=-0.5)
_SENTENCE_OTHER_LANGUAGE = _Fit(dense=52.9, coverage=3.63, bias=-43.2, bound=-0.8)


def enough_evidence(question: str, hits: Sequence[Hit]) -> bool:
    """Whether one of the best ``hits`` may answer ``question``."""
    language = detect_language(question)
    return any(
        (_SAME_LANGUAGE if _same_language(language, hit) else _OTHER_LANGUAGE).evidence(hit.dense, hit.coverage)
        > 0
        for hit in hits[:_HITS]
    )


def answerable(question: str, hits: Sequence[Hit], similarities: Similarities) -> bool:
    """Whether a sentence of one of the best ``hits`` may answer ``question``.

    ``similarities`` are the cosines of sentences to the question, which tell more than those of whole passages.
    """
    language = detect_language(question)
    return any(_sentence_evidence(question, language, hit, similarities) > 0 for hit in hits[:_HITS])


def _sentence_evidence(question: str, language: str | None, hit: Hit, similarities: Similarities) -> float:
    fit = _SENTENCE_SAME_LANGUAGE if _same_language(language, hit) else _SENTENCE_OTHER_LANGUAGE
    return fit.evidence(closest_sentence(question, hit, similarities), hit.coverage)


def closest_sentence(question: str, hit: Hit, similarities: Similarities) -> float:
    """The cosine (-1..1) between ``question`` and the sentence of the passage that is closest to it."""
    text = hit.passage.text
    sentences = [text[start:end] for start, end in split_sentences(text, hit.article.language)]
    return max(similarities(question, sentences), default=0.0)


def _same_language(question_language: str | None, hit: Hit) -> bool:
    """Whether both are in one language, as far as can be told."""
    return question_language is None or hit.article.language in (None, question_language)
