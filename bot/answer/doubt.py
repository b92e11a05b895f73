"""Tells quotes that answer a question from those that only come close.

An article that says that a bridge reopened is close to "How tall is the bridge?", and doesn't tell. Of a quote in
the question's language four things are weighed in a logistic model: its cosine to the question; how much of what
is asked, names aside, its passage has words for; whether it has one for the first of them, mostly the thing asked
for; and whether the quote holds a value of the kind asked for. ``python -m benchmarks doubt`` fits it, and prints
what it does. For quotes in another language, whose words can't be compared, the evidence of the gate has to be
higher.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer.answer_type import expected
from bot.answer.counts import counted
from bot.answer.facts import language_of, names
from bot.answer.gate import evidence, same_language
from bot.answer.measures import measures
from bot.answer.story import kin
from bot.answer.synonyms import groups
from bot.answer.values import things_counted
from index.library import Library
from index.search import Hit, searchable


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether a quote answers: ``cosine`` is -1..1, the others are 0..1; see this module."""

    cosine: float
    told: float
    focus: float
    value: float


_WEIGHTS = Signals(cosine=56.2, told=2.22, focus=0.953, value=3.01)
_BIAS = -53.8
_BOUND = -1.0
_OTHER_LANGUAGE = 1.0
"""How much more than the bound of the gate the evidence must be."""


def certainty(question: str, hit: Hit, quote: str, cosine: float, library: Library) -> float:
    """How sure it is that ``quote``, of the passage of ``hit``, answers ``question``; doubtful unless above 0.

    ``cosine`` is that of the quote to the question.
    """
    if not same_language(question, hit):
        return evidence(question, hit, library) - _OTHER_LANGUAGE
    found = signals(question, hit, quote, cosine, library)
    return (
        _WEIGHTS.cosine * found.cosine
        + _WEIGHTS.told * found.told
        + _WEIGHTS.focus * found.focus
        + _WEIGHTS.value * found.value
        + _BIAS
        - _BOUND
    )


def signals(question: str, hit: Hit, quote: str, cosine: float, library: Library) -> Signals:
    """What tells whether ``quote``, of the passage of ``hit``, answers a question in its language."""
    asked = expected(question)
    aside = {*names(question, language_of(question)), *asked.asking}
    held = library.words_held(question, searchable(hit.article.title, hit.passage))
    asked_for = [(weight, share) for word, weight, share in held if word not in aside]
    mass = sum(weight for weight, _ in asked_for)
    value = (
        asked.holds(quote, hit.article.language)
        and measures(question, quote, hit.article.language)
        and _counts(question, quote)
    )
    return Signals(
        cosine,
        told=sum(weight * share for weight, share in asked_for) / mass if mass else 1.0,
        focus=asked_for[0][1] if asked_for else 1.0,
        value=float(value),
    )


def _counts(question: str, quote: str) -> bool:
    """Whether ``quote`` counts what ``question`` asks "how many" of, if it does."""
    things = groups(things_counted(question))
    return not things or any(
        kin(thing, count.behind | count.around) for count in counted(quote) for thing in things
    )
