"""What a sentence gives of the kind of fact that a question asks for, and whether two such values differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.answer.answer import ResolvedDay
from bot.answer.disagreement.clock import hours, other_hours
from bot.answer.disagreement.phrases import (
    REJECTING,
    Articles,
    causes_given,
    names_given,
    places_given,
    same_cause,
    same_phrase,
)
from bot.answer.disagreement.quantities import quantities, same_quantity
from bot.answer.disagreement.statements import Statement
from bot.answer.disagreement.story import kin, telling_words
from bot.answer.evidence.cues import FUTURE, INTENDED, NEGATING, UNCERTAIN
from bot.answer.evidence.days import is_reporting, resolve_days
from bot.answer.evidence.facts import content_words, language_of, negated
from bot.answer.evidence.meaning import clauses, opposites
from bot.answer.evidence.wording import classes, find

Value = TypeVar("Value")
Readings = Sequence[tuple[Value, float]]
"""What a sentence may give as the answer, each with what it adds to the closeness of the sentence."""

_NEAR = 4
"""Content words behind a verb like "deny" that it denies."""
_UNDOING = classes(
    en="annul*,void,overturn*,quash*,revok*,withdr*,retract*,called off,too few,fell short,falls short",
    nl="nietig*,ingetrokken,herroep*,te weinig",
    de="aufgehoben,ungültig,zurückgezogen,widerruf*,zu wenig*",
    es="anul*,revoc*,retir*",
)
"""What came to nothing."""
_DENIED = re.compile(
    r"\b(?:was|were|is|are|been|werd|werden|wurde|wurden|fue|fueron) (?:never|not|niet|nooit|nicht|nie|no|nunca)\b"
)
_OTHERS = re.compile(r"\b(?:other|another|else|andere\w*|otr[oa]s?)\b", re.IGNORECASE)
"""What is denied of others isn't denied."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[Value]):
    """How a kind of fact is read from a sentence that may answer a question, and compared.

    ``same`` also gets both articles; None if the two can't be compared. ``once``: an article that gives the value
    of the other one, too, doesn't disagree with it. ``alike``: the least cosine of multilingual-e5-small between
    two sentences that answer one question.
    """

    read: Callable[[str, Statement], Readings[Value]]
    same: Callable[[Value, Value, Articles], bool | None]
    once: bool = False
    alike: float = 0.8


@dataclass(frozen=True, slots=True)
class _Stance:
    """Whether a sentence says yes to a question."""

    yes: bool
    text: str


def _hours(_question: str, one: Statement) -> Readings[Sequence[tuple[int, bool]]]:
    return [(found, 0.0)] if (found := hours(one.text)) else []


def _days(question: str, one: Statement) -> Readings[Sequence[ResolvedDay]]:
    """The days and months of a sentence, apart from those on which somebody spoke."""
    if one.published is None:
        return []
    published = one.published.date()
    found = resolve_days(one.text, published, one.article.language)
    if find(FUTURE, question, language_of(question)):
        found = [day for day in found if day.last >= published]
    days = [day for day in found if not is_reporting(one.text, one.text.find(day.written), one.article.language)]
    for clause in clauses(one.text):
        if within := [day for day in days if day.written in clause]:
            return [(within, 0.0)]
    return [(days, 0.0)] if days else []


def _same_days(one: Sequence[ResolvedDay], other: Sequence[ResolvedDay], _articles: Articles) -> bool:
    return any(a.first <= b.last and b.first <= a.last for a in one for b in other)


def _stances(question: str, one: Statement) -> Readings[_Stance]:
    """Whether a sentence says yes to a question, or no; nothing if neither."""
    asked = set(telling_words(question))
    words = content_words(one.text)
    language = language_of(one.text)
    met = sum(kin(word, words) for word in asked)
    denials = [
        *negated(one.text),
        *(content_words(clause) for clause in clauses(one.text) if _undoes(clause, language)),
        *(content_words(one.text[cue.end() :])[:_NEAR] for cue in find(NEGATING, one.text, language)),
    ]
    denied = any(kin(word, scope) for scope in denials for word in content_words(question))
    if asked and not met and not denied:
        return []
    if any(opposites(one.text, question)):
        return [(_Stance(denied, one.text), 0.0)]
    if denied:
        return [] if _OTHERS.search(one.text) else [(_Stance(False, one.text), 0.0)]
    if find(REJECTING, one.text, language):
        return []
    unsure = one.text.endswith("?") or any(
        find(cues, one.text, language) and not find(cues, question, language) for cues in (UNCERTAIN, INTENDED)
    )
    says_so = asked and 3 * met >= len(asked) and not denials and not unsure
    return [(_Stance(True, one.text), 0.0)] if says_so else []


def _undoes(clause: str, language: str | None) -> bool:
    """Whether a clause denies what stands before: "the brake was never touched", "the vote was annulled"."""
    return bool(_DENIED.search(clause) or find(_UNDOING, clause, language))


def _same_stance(one: _Stance, other: _Stance, _articles: Articles) -> bool:
    if one.yes != other.yes:
        return False
    return not (any(opposites(one.text, other.text)) and any(opposites(other.text, one.text)))


KINDS: Mapping[str, Kind[Any]] = {
    "number": Kind(quantities, same_quantity, once=True),
    "hour": Kind(_hours, lambda one, other, _: not other_hours(one, other)),
    "day": Kind(_days, _same_days),
    "cause": Kind(causes_given, same_cause),
    "name": Kind(names_given, same_phrase, alike=0.835),
    "place": Kind(places_given, same_phrase),
    "denial": Kind(_stances, _same_stance, alike=0.76),
}
