"""Decides, before any engine runs, whether anything in the library is near enough to a question to work with.

Five signals of the best hits, none of them on the scale of an embedding model: how far the closest sentence and
the best passage are above what the question has with unrelated passages, how far question and passage are each
other's neighbours (``Calibration``), the share of the question's idf mass that a passage holds, and by how much
the best article is ahead of the third in BM25. A logistic model weighs them; ``benchmarks/gate.py`` fits it on
questions whose articles are there and the same with their articles taken out, apart for questions in another
language than the articles, where hardly a word is the same.

Being near is all that is told: whether the articles say what is asked, or only name it, takes a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from index.library import Library
from index.search import Hit
from index.text.language import question_language
from index.text.sentences import split_sentences

LOOKED_AT = 3
"""The hits whose sentences count."""

_THIRD = 2


@dataclass(frozen=True, slots=True)
class Signals:
    """What the best hits have to do with a question.

    ``sentence`` and ``passage`` are in spreads above unrelated passages, ``mutual`` in spreads of pairs of them;
    ``coverage`` is 0..1, ``lead`` in shares of the question's idf mass.
    """

    sentence: float
    passage: float
    mutual: float
    coverage: float
    lead: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights of a logistic model, one a signal, and its bias."""

    weights: Signals
    bias: float

    def evidence(self, signals: Signals) -> float:
        """Log-odds that what is asked is in the library, above a bound that nearly all such questions pass.

        94% of those in the articles' language do, and 92% of the others.
        """
        pairs: Iterable[tuple[float, float]] = zip(astuple(self.weights), astuple(signals), strict=True)
        return self.bias + sum(weight * signal for weight, signal in pairs)


SAME_LANGUAGE = Fit(Signals(sentence=0.836, passage=-0.906, mutual=0.68, coverage=3.76, lead=4.59), bias=-4.87)
OTHER_LANGUAGE = Fit(Signals(sentence=1.23, passage=-0.981, mutual=0.774, coverage=0, lead=0), bias=-1.21)
PASSAGE_SAME_LANGUAGE = Fit(Signals(sentence=0, passage=-0.124, mutual=0.547, coverage=8.86, lead=0), bias=-4.78)
PASSAGE_OTHER_LANGUAGE = Fit(Signals(sentence=0, passage=0.189, mutual=0.552, coverage=0, lead=0), bias=-0.02)

QUOTED = 0.0
"""The least evidence for quoting: nobody reads what is quoted before it is shown."""

WRITTEN = -3.0
"""The least evidence for asking a chat model, which abstains itself where the passages don't answer."""

ABOUT = 0.0
"""The least evidence of a passage by itself for its article to be about a topic."""


def near_enough(question: str, hits: Sequence[Hit], library: Library, least: float) -> bool:
    """Whether ``hits``, found for ``question`` in ``library``, have at least so much evidence."""
    if not hits:
        return False
    fit = SAME_LANGUAGE if same_language(question_language(question), hits[0]) else OTHER_LANGUAGE
    return fit.evidence(signals(question, hits, library)) >= least


def is_about(topic: str, hit: Hit, library: Library) -> bool:
    """Whether ``hit``, found for ``topic`` in ``library``, is about it; no sentences are embedded for that."""
    fit = PASSAGE_SAME_LANGUAGE if same_language(question_language(topic), hit) else PASSAGE_OTHER_LANGUAGE
    return fit.evidence(passage_signals(topic, hit, library)) >= ABOUT


def signals(question: str, hits: Sequence[Hit], library: Library) -> Signals:
    """What ``hits``, the best first and at least one, have to do with ``question``."""
    sentences = [sentence for hit in hits[:LOOKED_AT] for sentence in sentences_of(hit)]
    closest = max(library.similarities(question, sentences), default=hits[0].dense)
    by_article: dict[str, float] = {}
    for hit in hits:
        by_article[hit.article.id] = max(hit.lexical, by_article.get(hit.article.id, 0.0))
    lexical = [*sorted(by_article.values(), reverse=True), 0.0, 0.0]
    return replace(
        passage_signals(question, hits[0], library),
        sentence=library.question_scale(question).standard(closest),
        coverage=max(hit.coverage for hit in hits[:LOOKED_AT]),
        lead=lexical[0] - lexical[_THIRD],
    )


def passage_signals(question: str, hit: Hit, library: Library) -> Signals:
    """What can be told of one passage: the others are 0."""
    scale = library.question_scale(question)
    return Signals(
        sentence=0.0,
        passage=scale.standard(hit.dense),
        mutual=library.calibration().mutual(hit.dense, scale, library.near(hit)),
        coverage=hit.coverage,
        lead=0.0,
    )


def sentences_of(hit: Hit) -> list[str]:
    """The sentences of a passage found, in order."""
    text = hit.passage.text
    return [text[start:end] for start, end in split_sentences(text, hit.article.language)]


def same_language(language: str | None, hit: Hit) -> bool:
    """Whether a question in ``language`` and ``hit`` are in one language, as far as can be told."""
    return language is None or hit.article.language in (None, language)
