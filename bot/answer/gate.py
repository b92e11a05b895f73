"""Decides, before any engine runs, whether the passages found can hold the answer, and whether quotes give it.

A logistic model on signals of the best hits: the cosine between question and passage (for an answer, between the
question and the closest sentence of the passage), and the share of the question's idf mass that the passage holds.
For an answer in the question's language two more tell what is told from what is only named: the cosine of the
closest sentence to the question without its names, and whether a sentence close by has a value of the kind asked
for.

It was fitted on half of the articles of public question sets, and on questions that come close to what invented
articles tell (benchmarks/gate.py prints the fit and what the other half says), apart for questions asked in the
article's own language and in another, where words hardly match. There it is also asked, if the embedding model can
tell, how far the question's words are matched in meaning, one by one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer.question.answer_type import Expected, expected
from bot.answer.question.asking import without_names
from bot.answer.question.measures import counts_things, measures
from index.library import Library
from index.search import Hit
from index.text.language import question_language
from index.text.sentences import split_sentences

_HITS = 3
_CLOSE_BY = 0.1
"""How much less close to the question than the closest sentence one may be that has the value."""


@dataclass(frozen=True, slots=True)
class _Fit:
    dense: float
    coverage: float
    bias: float
    bound: float
    alignment: float = 0.0
    nameless: float = 0.0
    value: float = 0.0

    def evidence(
        self, dense: float, coverage: float, alignment: float = 0.0, nameless: float = 0.0, value: float = 0.0
    ) -> float:
        signals = self.dense * dense + self.coverage * coverage + self.alignment * alignment
        return signals + self.nameless * nameless + self.value * value + self.bias - self.bound


_SAME_LANGUAGE = _Fit(dense=29.1, coverage=7.62, bias=-28.8, bound=-0.25)
_OTHER_LANGUAGE = _Fit(dense=43.9, coverage=4.8, bias=-35.7, bound=-0.25)
_SENTENCE_SAME_LANGUAGE = _Fit(dense=31.8, coverage=4.59, nameless=8.42, value=2.13, bias=-39.5, bound=-1.1)
_SENTENCE_OTHER_LANGUAGE = _Fit(dense=52.9, coverage=3.63, bias=-43.2, bound=-0.8)
_ALIGNED_OTHER_LANGUAGE = _Fit(dense=32.7, coverage=2.79, alignment=24.4, bias=-46.1, bound=-0.8)
_SURE = 1.0
"""The evidence above which a quote is taken for an answer. Between 0 and this it only comes close."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A ``question``, and what is read out of it once: without its names, its language, the kind of answer."""

    question: str
    nameless: str
    language: str | None
    kind: Expected

    @classmethod
    def of(cls, question: str) -> Asked:
        """What ``question`` asks."""
        return cls(question, without_names(question), question_language(question), expected(question))


@dataclass(frozen=True, slots=True)
class Quote:
    """A ``sentence`` of the passage of ``hit``, and its ``cosine`` (-1..1) to the question."""

    hit: Hit
    sentence: str
    cosine: float


def enough_evidence(question: str, hits: Sequence[Hit]) -> bool:
    """Whether one of the best ``hits`` may answer ``question``."""
    language = question_language(question)
    return any(
        (_SAME_LANGUAGE if same_language(language, hit) else _OTHER_LANGUAGE).evidence(hit.dense, hit.coverage) > 0
        for hit in hits[:_HITS]
    )


def answerable(question: str, hits: Sequence[Hit], library: Library) -> bool:
    """Whether a sentence of one of the best ``hits``, found in ``library``, may answer ``question``.

    Sentences tell more than whole passages; their cosines to the question are worked out here.
    """
    asked = Asked.of(question)
    return any(evidence(asked, quotes_of(question, hit, library), library) > 0 for hit in hits[:_HITS])


def doubtful(question: str, quotes: Sequence[Quote], library: Library) -> bool:
    """Whether none of ``quotes`` is taken for an answer to ``question``, close as they come."""
    asked = Asked.of(question)
    return all(evidence(asked, [quote], library) <= _SURE for quote in quotes)


def quotes_of(question: str, hit: Hit, library: Library) -> list[Quote]:
    """Every sentence of a passage found in ``library``."""
    text = hit.passage.text
    sentences = [text[start:end] for start, end in split_sentences(text, hit.article.language)]
    cosines = library.similarities(question, sentences)
    return [Quote(hit, sentence, cosine) for sentence, cosine in zip(sentences, cosines, strict=True)]


def evidence(asked: Asked, quotes: Sequence[Quote], library: Library) -> float:
    """How likely one of ``quotes``, of one passage, answers what is ``asked``: log-odds above the gate's bound."""
    if not quotes:
        return -math.inf
    hit = quotes[0].hit
    if same_language(asked.language, hit):
        dense, coverage, nameless, value = signals(asked, quotes, library)
        return _SENTENCE_SAME_LANGUAGE.evidence(dense, coverage, nameless=nameless, value=value)
    closest = max(quote.cosine for quote in quotes)
    if hit.alignment is None:
        return _SENTENCE_OTHER_LANGUAGE.evidence(closest, hit.coverage)
    return _ALIGNED_OTHER_LANGUAGE.evidence(closest, hit.coverage, hit.alignment)


def signals(asked: Asked, quotes: Sequence[Quote], library: Library) -> tuple[float, float, float, float]:
    """Of ``quotes``, of one passage: cosine, coverage, cosine without names, and 1 if there is a value, else 0."""
    hit = quotes[0].hit
    nameless = library.similarities(asked.nameless, [quote.sentence for quote in quotes])
    closest = max(quote.cosine for quote in quotes)
    value = any(
        quote.cosine >= closest - _CLOSE_BY
        and has_value(asked.question, asked.kind, quote.sentence, hit.article.language)
        for quote in quotes
    )
    return closest, hit.coverage, max(nameless), float(value)


def has_value(question: str, kind: Expected, sentence: str, language: str | None) -> bool:
    """Whether ``sentence`` has a value of the ``kind`` that ``question`` asks for; true where none is asked for.

    ``language`` is that of the sentence.
    """
    return (
        kind.holds(sentence, language)
        and measures(question, sentence, language)
        and counts_things(question, sentence)
    )


def same_language(language: str | None, hit: Hit) -> bool:
    """Whether a question in ``language`` and ``hit`` are in one language, as far as can be told."""
    return language is None or hit.article.language in (None, language)
