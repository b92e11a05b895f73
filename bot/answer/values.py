"""What a sentence gives of the kind of fact that a question asks for, and whether two such values differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.answer.amounts import UNITS
from bot.answer.answer import ResolvedDay
from bot.answer.clock import hours, other_hours
from bot.answer.counts import Count, agree, counted, kind_of
from bot.answer.cues import FUTURE, INTENDED, NEGATING, UNCERTAIN
from bot.answer.days import is_reporting, resolve_days, resolve_months
from bot.answer.facts import content_words, language_of, negated, plain_letters
from bot.answer.meaning import opposites
from bot.answer.phrases import REJECTING, Articles, cause, name, other_cause, other_phrase, place, said_by
from bot.answer.statements import Statement
from bot.answer.story import kin, mentioned, name_words, places, telling_words
from bot.answer.synonyms import groups
from bot.answer.wording import find
from index.names import name_key

Value = TypeVar("Value")

_RATE = re.compile(
    r"^[^.;]{0,25}?\b(?:a|an|per|each|every|pro|im|por|al|a la)\s"
    r"(day|week|month|year|dag|maand|jaar|tag|monat|jahr|día|mes|año)\b"
)
_OF_MORE = re.compile(r"\s(?:of (?:the|them|these|those|its|their)|van de|der|de l[oa]s)\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:how many|hoeveel|wie ?viele|cu[áa]nt[oa]s|combien de)\s+(?P<noun>[^\W\d_]+)", re.IGNORECASE
)
_SPEAKER = re.compile(
    r"(?<=[,”\"] )(?:said|says|according to|zei|zegt|aldus|sagte|sagt|dijo|según)\b(?! that)[^;]*"
)
_NEAR = 4
"""Content words behind a verb like "deny" that it denies."""
_CLOSE_BY = 0.2
"""The least share of the question's words that stand by a number that answers it."""
_THING_BONUS = 0.04
"""How much closer a sentence counts that calls what it counts as the question does."""
_FARTHEST = 50
"""How many times larger one of two numbers of the same thing may be."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Kind(Generic[Value]):
    """How a kind of fact is read from a sentence that may answer a question, and compared.

    ``differ`` also gets both articles: what the other tells as well is no difference. None if the
    two can't be compared.
    ``bonus`` is added to the cosine by which the sentence of an article is chosen.
    """

    read: Callable[[str, Statement], Value | None]
    differ: Callable[[Value, Value, Articles], bool | None]
    bonus: Callable[[Value], float] = lambda _: 0.0


@dataclass(frozen=True, slots=True)
class _Counts:
    """``others``: the names of the sentence, if the question has none of them, speakers aside.

    ``of_the_thing``: whether what is counted is called as in the question.
    """

    text: str
    counts: tuple[Count, ...]
    others: frozenset[str]
    of_the_thing: bool


def _numbers(question: str, one: Statement) -> _Counts | None:
    """The numbers of a sentence that count what the question asks for, those closest to its words."""
    wanted, things = groups(telling_words(question)), groups(things_counted(question))
    fitting = [count for count in counted(one.text) if _fits(count, question) and not _of_more(count, one.text)]
    near = [
        sum(kin(word, count.around) for word in wanted) + any(kin(thing, count.behind) for thing in things)
        for count in fitting
    ]
    most = max(near, default=0)
    if not most or most < _CLOSE_BY * len(wanted):
        return None
    counts = tuple(count for count, met in zip(fitting, near, strict=True) if met == most)
    of_the_thing = any(kin(thing, count.behind) for thing in things for count in counts)
    return _Counts(one.text, counts, _other_names(question, one.text, counts[0]), of_the_thing)


def _other_names(question: str, text: str, count: Count) -> frozenset[str]:
    """The names before a number and those of places, speakers aside; none if one of the question's is there."""
    asked = {name_key(word) for word in _WORD.findall(question)}
    if asked & {name_key(name) for name in name_words(text)}:
        return frozenset()
    where = f"{text[: count.amount.start]}. In {', in '.join(places(text))}"
    named = [name for name in name_words(_SPEAKER.sub("", where)) if name_key(name) not in said_by(text)]
    return frozenset(map(plain_letters, named))


def things_counted(question: str) -> list[str]:
    """The stems of what ``question`` asks to be counted ("how many signatures"); none if it asks otherwise."""
    asked = _NUMBERED.search(question)
    return content_words(asked["noun"]) if asked else []


def _fits(count: Count, question: str) -> bool:
    """Whether a number has the unit that the question asks for, or none if it asks for things."""
    unit = count.amount.unit
    if asked := _NUMBERED.search(question):
        return unit == UNITS.get(asked["noun"].casefold())
    return unit is not None


def _of_more(count: Count, text: str) -> bool:
    """Whether a number counts some of more: "two of the three"."""
    return bool(_OF_MORE.match(text[count.amount.end :]))


def _other_numbers(one: _Counts, other: _Counts, articles: Articles) -> bool | None:
    for others, text in ((one.others, articles.there), (other.others, articles.here)):
        if others and not mentioned(others, text):  # the women's contest, the fire in the next town
            return None
    pairs = [
        (ours, theirs)
        for ours in one.counts
        for theirs in other.counts
        if ours.change == theirs.change
        and kind_of(ours.amount) == kind_of(theirs.amount)
        and _rate(ours, one.text) == _rate(theirs, other.text)
    ]
    if any(agree(ours.amount, one.text, theirs.amount, other.text) for ours, theirs in pairs):
        return False
    return any(_of_one_size(ours, theirs) for ours, theirs in pairs) or None


def _of_one_size(one: Count, other: Count) -> bool:
    """Whether two numbers may be of one thing: 2,000 borrowers are not the 32 million of another sentence."""
    return any(
        max(first, second) <= _FARTHEST * min(first, second) for first in one.values for second in other.values
    )


def _rate(count: Count, text: str) -> str | None:
    found = _RATE.match(text[count.amount.end :])
    return found[1] if found else None


def _hours(_question: str, one: Statement) -> tuple[tuple[int, bool], ...] | None:
    return tuple(hours(one.text)) or None


def _days(question: str, one: Statement) -> tuple[ResolvedDay, ...] | None:
    """The days and months of a sentence, apart from those on which somebody spoke."""
    if one.published is None:
        return None
    published = one.published.date()
    found = [*resolve_days(one.text, published, one.article.language), *resolve_months(one.text, published)]
    if find(FUTURE, question, language_of(question)):
        found = [day for day in found if day.last >= published]
    return tuple(day for day in found if not is_reporting(one.text, one.text.find(day.written))) or None


def _other_days(one: tuple[ResolvedDay, ...], other: tuple[ResolvedDay, ...], _articles: Articles) -> bool:
    return all(a.last < b.first or b.last < a.first for a in one for b in other)


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
    "number": Kind(_numbers, _other_numbers, lambda one: _THING_BONUS * one.of_the_thing),
    "hour": Kind(_hours, lambda one, other, _: other_hours(one, other)),
    "day": Kind(_days, _other_days),
    "cause": Kind(cause, other_cause),
    "name": Kind(name, other_phrase),
    "place": Kind(place, other_phrase),
    "denial": Kind(_stance, lambda one, other, _: one != other),
}
