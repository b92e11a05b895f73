"""Decides, before any engine runs, whether anything in the library is near enough to a question to work with.

Three signals of the best hits, none of them on the scale of an embedding model: how far the closest sentence is
ahead of those of other articles, how far question and best passage are each other's neighbours
(``Calibration``), and the share of the question's idf mass that a passage holds. Being ahead is told from what
the same question finds elsewhere, so that it means the same in every language and library: a bound on closeness
doesn't, for questions are further from statements in some languages than in others. A logistic model weighs the
signals; ``benchmarks/gate.py`` fits it on questions whose articles are there and the same with their articles
taken out, apart for questions in another language than the articles, where hardly a word is the same.

Being near is all that is told: whether the articles say what is asked, or only name it, takes a reader. But where
nothing that was found has a single name of a question in the same language, in whatever spelling, it is about
somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from bot.answer.evidence.statement import Statement
from bot.answer.question.question import Part
from index.library import Library
from index.search import Hit
from index.text.language import question_language
from index.text.names import keys_of, similar_keys
from index.text.segmentation import words
from index.text.sentences import split_sentences

_ARTICLES = 5
"""The closest sentences of so many articles are compared."""

_PASSAGES = 3
"""One of so many holds the question's words."""

_NOUNS_CAPITALISED = ("de", "lb")
"""Languages in which a capital letter doesn't tell a name."""

_THIRD = 2
"""Another article may well say the same; that a third does, too, is rare."""

_SAME_NEWS = 0.3
"""Up to this share of the distance between texts that have nothing to do with each other, two say the same."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What the best hits have to do with a question.

    ``ahead`` is how far the closest sentence is ahead of the third closest, one an article, and ``mutual`` how far
    question and passage are each other's neighbours, both in the distance from the mean of the background to the
    nearest of it (``QuestionScale.reach``). ``coverage`` is 0..1.
    """

    ahead: float
    mutual: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights of a logistic model, one a signal, and its bias."""

    weights: Signals
    bias: float

    def evidence(self, signals: Signals) -> float:
        """Log-odds that what is asked is in the library, above a bound that nearly all such questions pass.

        93% of those in the articles' language do, and about 75% of the others.
        """
        pairs: Iterable[tuple[float, float]] = zip(astuple(self.weights), astuple(signals), strict=True)
        return self.bias + sum(weight * signal for weight, signal in pairs)


SAME_LANGUAGE = Fit(Signals(ahead=0.86, mutual=1.77, coverage=7.45), bias=-5.25)
OTHER_LANGUAGE = Fit(Signals(ahead=2.2, mutual=2.0, coverage=0), bias=-2.0)
PASSAGE_SAME_LANGUAGE = Fit(Signals(ahead=0, mutual=2.13, coverage=8.55), bias=-5.45)
PASSAGE_OTHER_LANGUAGE = Fit(Signals(ahead=0, mutual=3.03, coverage=0), bias=0.22)

_UNSURE = 1.0
"""How much more evidence it takes by the weights for another language, where it isn't known whether it is one."""

QUOTED = 0.0
"""The least evidence for quoting: nobody reads what is quoted before it is shown."""

WRITTEN = -3.0
"""The least evidence for asking a chat model, which abstains itself where the passages don't answer."""

ABOUT = 0.0
"""The least evidence of a passage by itself for its article to be about a topic."""


def near_enough(part: Part, hits: Sequence[Hit], library: Library, least: float) -> bool:
    """Whether ``hits``, found for what ``part`` asks in ``library``, have at least so much evidence."""
    if not hits:
        return False
    if evidence_of(part.meant, hits, library) < least:
        return False
    language = question_language(part.meant)
    comparable = least == QUOTED and same_language(language, hits[0]) and language not in _NOUNS_CAPITALISED
    return not comparable or _names_something((part.own, part.context), hits, language)


def likelier_language_first(question: str, hits: Sequence[Hit], library: Library) -> list[Hit]:
    """``hits`` in order, but those in the language of ``question`` and the others apart, as evidence tells.

    What is in its own language is always closer and has more of its words, also where only the others answer.
    """
    language = question_language(question)
    own, others = ([hit for hit in hits if same_language(language, hit) == same] for same in (True, False))
    if not own or not others:
        return list(hits)
    likelier, other = sorted((own, others), key=lambda some: -evidence_of(question, some, library))
    return [*likelier, *other]


def evidence_of(question: str, hits: Sequence[Hit], library: Library) -> float:
    """Log-odds that ``library`` has what ``question`` asks, as ``hits`` tell, of which there is at least one."""
    return _weighed(signals(question, hits, library), question, hits[0], SAME_LANGUAGE, OTHER_LANGUAGE)


def is_about(topic: str, hit: Hit, library: Library) -> bool:
    """Whether ``hit``, found for ``topic`` in ``library``, is about it; no sentences are embedded for that."""
    told = Signals(0.0, library.mutual(topic, hit), hit.coverage)
    return _weighed(told, topic, hit, PASSAGE_SAME_LANGUAGE, PASSAGE_OTHER_LANGUAGE) >= ABOUT


def _weighed(told: Signals, text: str, hit: Hit, same: Fit, other: Fit) -> float:
    """The evidence in what is ``told`` of ``text`` and ``hit``, by the weights for one language or for two.

    A bare name seldom tells its language: what it finds counts by the better of both.
    """
    language = question_language(text)
    if language is None or hit.article.language is None:
        return max(same.evidence(told), other.evidence(told) - _UNSURE)
    return (same if language == hit.article.language else other).evidence(told)


def _names_something(asked: Sequence[str], hits: Sequence[Hit], language: str | None) -> bool:
    """Whether ``hits`` have one of the names in the texts ``asked``, or these have none."""
    # An abbreviation may be written out in the articles.
    names = [name for text in asked for name in Statement(text, language).names if not name.isupper()]
    texts = [text for hit in hits for text in (hit.passage.text, hit.article.title)]
    told = {text[start:end].casefold() for text in texts for start, end in words(text)}
    if not names or any(name.casefold() in told for name in names):
        return True
    known = keys_of(told)
    return any(key in known or similar_keys(key, known) for key in keys_of(names))


def signals(question: str, hits: Sequence[Hit], library: Library) -> Signals:
    """What ``hits``, the best first and at least one, have to do with ``question``."""
    coverage = max(hit.coverage for hit in hits[:_PASSAGES])
    return Signals(_ahead(question, hits, library), library.mutual(question, hits[0]), coverage)


def _ahead(question: str, hits: Sequence[Hit], library: Library) -> float:
    """How far the closest sentence of ``hits`` is ahead of the third closest that is news of its own.

    Outlets that tell one story are no rivals: a sentence that says nearly what a closer one does isn't counted.
    Where so many were not found, it is told from the nearest of the background.
    """
    closest = _closest(question, hits, library)
    vectors = library.vectors([text for _, text in closest])
    same = 1 - _SAME_NEWS * (1 - library.calibration().apart.mean)
    alike = vectors @ vectors.T
    news: list[int] = []
    for index in range(len(closest)):
        if all(alike[index, other] < same for other in news):
            news.append(index)
    scale = library.question_scale(question, hits[0].article.language)
    cosines = [*(closest[index][0] for index in news), scale.near, scale.near]
    return (cosines[0] - cosines[_THIRD]) / scale.reach


def _closest(question: str, hits: Sequence[Hit], library: Library) -> list[tuple[float, str]]:
    """The closest sentence of each of the best few articles, and its cosine; the closest first."""
    found: dict[str, list[str]] = {}
    for hit in hits:
        if hit.article.id in found or len(found) < _ARTICLES:
            found.setdefault(hit.article.id, []).extend(sentences_of(hit) or [hit.passage.text])
    cosines = iter(library.similarities(question, [sentence for own in found.values() for sentence in own]))
    closest = (max((next(cosines), sentence) for sentence in own) for own in found.values())
    return sorted(closest, reverse=True)


def sentences_of(hit: Hit) -> list[str]:
    """The sentences of a passage found, in order."""
    text = hit.passage.text
    return [text[start:end] for start, end in split_sentences(text, hit.article.language)]


def same_language(language: str | None, hit: Hit) -> bool:
    """Whether a question in ``language`` and ``hit`` are in one language, as far as can be told."""
    return language is None or hit.article.language in (None, language)
