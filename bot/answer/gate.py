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
from itertools import islice

from bot.answer.evidence.statement import Statement
from bot.answer.question.question import Part
from index.library import Library
from index.search import Hit
from index.text.language import question_language
from index.text.names import keys_of, similar_keys
from index.text.segmentation import words
from index.text.sentences import split_sentences

_ARTICLES = 4
"""The closest sentences of so many articles are compared."""

_PASSAGES = 3
"""One of so many holds the question's words."""

_NOUNS_CAPITALISED = ("de", "lb")
"""Languages in which a capital letter doesn't tell a name."""

_THIRD = 2
"""Another article may well say the same; that a third does, too, is rare."""

_COPIED = 0.7
"""The share of common words (Jaccard) from which two passages are one report."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What the best hits have to do with a question.

    ``ahead`` is how far the closest sentence is ahead of the closest of the third article, and ``mutual`` how far
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
    fit = SAME_LANGUAGE if same_language(question_language(question), hits[0]) else OTHER_LANGUAGE
    return fit.evidence(signals(question, hits, library))


def is_about(topic: str, hit: Hit, library: Library) -> bool:
    """Whether ``hit``, found for ``topic`` in ``library``, is about it; no sentences are embedded for that."""
    fit = PASSAGE_SAME_LANGUAGE if same_language(question_language(topic), hit) else PASSAGE_OTHER_LANGUAGE
    return fit.evidence(Signals(0.0, library.mutual(topic, hit), hit.coverage)) >= ABOUT


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
    """How far the closest sentence of ``hits`` is ahead of the closest of the third article that comes near.

    Where so many were not found, it is told from the nearest of the background.
    """
    articles = _told_apart(hits)
    told = [[sentence for hit in own for sentence in sentences_of(hit)] for own in articles]
    cosines = iter(library.similarities(question, [sentence for own in told for sentence in own]))
    closest = sorted(
        (
            max(islice(cosines, len(sentences)), default=own[0].dense)
            for own, sentences in zip(articles, told, strict=True)
        ),
        reverse=True,
    )
    scale = library.question_scale(question, hits[0].article.language)
    return (closest[0] - [*closest, scale.near, scale.near][_THIRD]) / scale.reach


def _told_apart(hits: Sequence[Hit]) -> list[list[Hit]]:
    """The hits of each of the best few articles.

    Those found in nearly the words of a better one are left out: outlets that print one report are no rivals.
    """
    found: dict[str, list[Hit]] = {}
    copies: set[str] = set()
    printed: list[frozenset[str]] = []
    for hit in hits:
        if hit.article.id not in found and hit.article.id not in copies:
            if len(found) == _ARTICLES:
                break
            text = hit.passage.text.casefold()
            told = frozenset(text[start:end] for start, end in words(text))
            if any(len(told & other) >= _COPIED * len(told | other) for other in printed):
                copies.add(hit.article.id)
            else:
                printed.append(told)
                found[hit.article.id] = []
        if hit.article.id in found:
            found[hit.article.id].append(hit)
    return list(found.values())


def sentences_of(hit: Hit) -> list[str]:
    """The sentences of a passage found, in order."""
    text = hit.passage.text
    return [text[start:end] for start, end in split_sentences(text, hit.article.language)]


def same_language(language: str | None, hit: Hit) -> bool:
    """Whether a question in ``language`` and ``hit`` are in one language, as far as can be told."""
    return language is None or hit.article.language in (None, language)
