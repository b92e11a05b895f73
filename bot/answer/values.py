"""What a sentence gives of the kind of fact that a question asks for, and whether two such values differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.answer.answer import ResolvedDay
from bot.answer.clock import hours, other_hours
from bot.answer.cues import FUTURE, INTENDED, NEGATING, UNCERTAIN
from bot.answer.days import is_reporting, resolve_days, resolve_months
from bot.answer.facts import content_words, language_of, negated
from bot.answer.meaning import clauses, opposites
from bot.answer.phrases import (
    REJECTING,
    Articles,
    Phrase,
    cause,
    names_given,
    other_cause,
    other_phrase,
    places_given,
)
from bot.answer.quantities import quantities, same_quantity
from bot.answer.statements import Statement
from bot.answer.story import kin, telling_words
from bot.answer.wording import find

Value = TypeVar("Value")

_NEAR = 4
"""Content words behind a verb like "deny" that it denies."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Kind(Generic[Value]):
    """How a kind of fact is read from a sentence that may answer a question, and compared.

    ``read`` gives what may be the answer, each with what it adds to the closeness of its sentence. ``same`` also
    gets both articles; None if the two can't be compared. ``once``: an article that gives the value of the
    other one anywhere doesn't disagree with it.
    """

    read: Callable[[str, Statement], Sequence[tuple[Value, float]]]
    same: Callable[[Value, Value, Articles], bool | None]
    once: bool = False


Read = Sequence[tuple[Value, float]]


def _hours(_question: str, one: Statement) -> Read[Sequence[tuple[int, bool]]]:
    return [(found, 0.0)] if (found := hours(one.text)) else []


def _days(question: str, one: Statement) -> Read[Sequence[ResolvedDay]]:
    """The days and months of a sentence, apart from those on which somebody spoke."""
    if one.published is None:
        return []
    published = one.published.date()
    found = [*resolve_days(one.text, published, one.article.language), *resolve_months(one.text, published)]
    if find(FUTURE, question, language_of(question)):
        found = [day for day in found if day.last >= published]
    days = [day for day in found if not is_reporting(one.text, one.text.find(day.written))]
    for clause in clauses(one.text):
        if within := [day for day in days if day.written in clause]:
            return [(within, 0.0)]
    return []


def _same_days(one: Sequence[ResolvedDay], other: Sequence[ResolvedDay], _articles: Articles) -> bool:
    return any(a.first <= b.last and b.first <= a.last for a in one for b in other)


def _stances(question: str, one: Statement) -> Read[bool]:
    stance = _stance(question, one)
    return [] if stance is None else [(stance, 0.0)]


def _phrases(read: Callable[[str, Statement], Phrase | None]) -> Callable[[str, Statement], Read[Phrase]]:
    return lambda question, one: [(found, 0.0)] if (found := read(question, one)) else []


def _stance(question: str, one: Statement) -> bool | None:
    """Whether a sentence says yes to a question, or no; None if neither."""
    asked = set(telling_words(question))
    words = content_words(one.text)
    language = language_of(one.text)
    met = sum(kin(word, words) for word in asked)
    denials = [
        *negated(one.text),
        *(content_words(one.text[cue.end() :])[:_NEAR] for cue in find(NEGATING, one.text, language)),
    ]
    denied = any(kin(word, scope) for scope in denials for word in content_words(question))
    if any(opposites(one.text, question)):
        return denied
    if denied:
        return False
    if find(REJECTING, one.text, language):
        return None
    unsure = one.text.endswith("?") or any(
        find(cues, one.text, language) and not find(cues, question, language) for cues in (UNCERTAIN, INTENDED)
    )
    return True if asked and 2 * met >= len(asked) and not denials and not unsure else None


KINDS: Mapping[str, Kind[Any]] = {
    "number": Kind(
        quantities,
        lambda one, other, articles: same_quantity(one, other, articles.here, articles.there),
        once=True,
    ),
    "hour": Kind(_hours, lambda one, other, _: not other_hours(one, other)),
    "day": Kind(_days, _same_days),
    "cause": Kind(_phrases(cause), lambda *a: None if (x := other_cause(*a)) is None else not x),
    "name": Kind(names_given, lambda *a: None if (x := other_phrase(*a)) is None else not x),
    "place": Kind(places_given, lambda *a: None if (x := other_phrase(*a)) is None else not x),
    "denial": Kind(_stances, lambda one, other, _: one == other),
}
