"""Decides, before any engine runs, whether the passages found can hold the answer.

A logistic model on two signals of the best hits: the cosine between question and passage (for an answer, between
the question and the passage's closest sentence), and the share of the question's idf mass that the passage holds.
It was fitted on half of the articles of public question sets (benchmarks/gate.py prints the fit and what the other
half says), apart for questions asked in the article's own language and in another, where words hardly match. There
it is also asked, if the embedding model can tell, how far the question's words are matched in meaning, one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.language import question_language
from index.library import Library
from index.search import Hit
from index.sentences import split_sentences

_HITS = 3


@dataclass(frozen=True, slots=True)
class _Fit:
    dense: float
    coverage: float
    bias: float
    bound: float
    alignment: float = 0.0

    def evidence(self, dense: float, coverage: float, alignment: float = 0.0) -> float:
        signals = self.dense * dense + self.coverage * coverage + self.alignment * alignment
        return signals + self.bias - self.bound


_SAME_LANGUAGE = _Fit(dense=29.1, coverage=7.62, bias=-28.8, bound=-0.25)
_OTHER_LANGUAGE = _Fit(dense=43.9, coverage=4.8, bias=-35.7, bound=-0.25)
_SENTENCE_SAME_LANGUAGE = _Fit(dense=36.3, coverage=6.73, bias=-34.7, bound=-0.5)
_SENTENCE_OTHER_LANGUAGE = _Fit(dense=52.9, coverage=3.63, bias=-43.2, bound=-0.8)
_ALIGNED_OTHER_LANGUAGE = _Fit(dense=32.7, coverage=2.79, alignment=24.4, bias=-46.1, bound=-0.8)


def enough_evidence(question: str, hits: Sequence[Hit]) -> bool:
    """Whether one of the best ``hits`` may answer ``question``."""
    return any(
        (_SAME_LANGUAGE if same_language(question, hit) else _OTHER_LANGUAGE).evidence(hit.dense, hit.coverage) > 0
        for hit in hits[:_HITS]
    )


def answerable(question: str, hits: Sequence[Hit], library: Library) -> bool:
    """Whether a sentence of one of the best ``hits``, found in ``library``, may answer ``question``.

    Sentences tell more than whole passages; their cosines to the question are worked out here.
    """
    return any(evidence(question, hit, library) > 0 for hit in hits[:_HITS])


def evidence(question: str, hit: Hit, library: Library) -> float:
    """How likely a sentence of ``hit`` may answer ``question``, as log-odds above the bound."""
    closest = closest_sentence(question, hit, library)
    if same_language(question, hit):
        return _SENTENCE_SAME_LANGUAGE.evidence(closest, hit.coverage)
    if hit.alignment is None:
        return _SENTENCE_OTHER_LANGUAGE.evidence(closest, hit.coverage)
    return _ALIGNED_OTHER_LANGUAGE.evidence(closest, hit.coverage, hit.alignment)


def closest_sentence(question: str, hit: Hit, library: Library) -> float:
    """The cosine (-1..1) between ``question`` and the sentence of the passage that is closest to it."""
    text = hit.passage.text
    sentences = [text[start:end] for start, end in split_sentences(text, hit.article.language)]
    return max(library.similarities(question, sentences), default=0.0)


def same_language(question: str, hit: Hit) -> bool:
    """Whether both are in one language, as far as can be told."""
    language = question_language(question)
    return language is None or hit.article.language in (None, language)
