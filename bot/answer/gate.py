"""Decides, before any engine runs, whether anything in the library is near enough to a question to work with.

Four signals of the best hits, none of them on the scale of an embedding model: how near the closest sentence and
the best passage are, seen from what the library has for questions that it doesn't answer (``Calibration``), the
share of the question's idf mass that a passage holds, and by how much the best article is ahead of the third in
it, copies aside: not in BM25, which tells nothing in a small library of like articles. A logistic model weighs
them; ``benchmarks/gate.py`` fits it on questions whose articles are there and the same with their articles taken
out, apart for questions in another language than the articles, where hardly a word is the same.

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

LOOKED_AT = 3
"""The hits whose sentences count."""

_NOUNS_CAPITALISED = ("de", "lb")
"""Languages in which a capital letter doesn't tell a name."""

_THIRD = 2
_COPIED = 0.7
"""The share of common words (Jaccard) from which two passages are one report."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What the best hits have to do with a question.

    ``sentence`` and ``mutual`` are in spreads (``Nearness``); ``coverage`` and ``lead`` are 0..1.
    """

    sentence: float
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

        94% of those in the articles' language do, and about 90% of the others.
        """
        pairs: Iterable[tuple[float, float]] = zip(astuple(self.weights), astuple(signals), strict=True)
        return self.bias + sum(weight * signal for weight, signal in pairs)


SAME_LANGUAGE = Fit(Signals(sentence=0.5, mutual=0.38, coverage=5.85, lead=3.68), bias=-4.65)
OTHER_LANGUAGE = Fit(Signals(sentence=1.18, mutual=0.644, coverage=0, lead=0), bias=-0.85)
PASSAGE_SAME_LANGUAGE = Fit(Signals(sentence=0, mutual=0.383, coverage=7, lead=0), bias=-3.8)
PASSAGE_OTHER_LANGUAGE = Fit(Signals(sentence=0, mutual=1.26, coverage=0, lead=0), bias=1.6)

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
    near = library.nearness(topic, hit, hit.dense)
    return fit.evidence(Signals(0.0, near.mutual, hit.coverage, 0.0)) >= ABOUT


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
    sentences = [sentence for hit in hits[:LOOKED_AT] for sentence in sentences_of(hit)]
    held = [*(hit.coverage for hit in _told_apart(hits)), 0.0, 0.0, 0.0]
    near = library.nearness(
        question, hits[0], max(library.similarities(question, sentences), default=hits[0].dense)
    )
    coverage = max(hit.coverage for hit in hits[:LOOKED_AT])
    return Signals(near.sentence, near.mutual, coverage, held[0] - held[_THIRD])


def _told_apart(hits: Sequence[Hit]) -> list[Hit]:
    """The passage of each article that holds most of the question, the fullest first.

    Those in nearly the words of a better one are left out: outlets that print one report are no rivals.
    """
    found: dict[str, tuple[Hit, frozenset[str]]] = {}
    for hit in sorted(hits, key=lambda one: -one.coverage):
        if hit.article.id in found:
            continue
        text = hit.passage.text.casefold()
        told = frozenset(text[start:end] for start, end in words(text))
        if not any(len(told & other) >= _COPIED * len(told | other) for _, other in found.values()):
            found[hit.article.id] = hit, told
    return [hit for hit, _ in found.values()]


def sentences_of(hit: Hit) -> list[str]:
    """The sentences of a passage found, in order."""
    text = hit.passage.text
    return [text[start:end] for start, end in split_sentences(text, hit.article.language)]


def same_language(language: str | None, hit: Hit) -> bool:
    """Whether a question in ``language`` and ``hit`` are in one language, as far as can be told."""
    return language is None or hit.article.language in (None, language)
