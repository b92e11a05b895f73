"""Tells in what two statements of one thing disagree, if they do.

They are held against each other if they have enough words in common; they disagree if a number, a day, an hour, a
name, a cause or a place that both give is another one, or if one denies what the other says. What agrees by
rounding, or tells of another event, is no disagreement; in doubt there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.answer.answer import ResolvedDay
from bot.answer.asking import asked_for
from bot.answer.clock import other_hour
from bot.answer.counts import other_number
from bot.answer.cues import CAUSE, NEGATING
from bot.answer.days import is_reporting, resolve_days
from bot.answer.facts import content_words, dates, language_of, negated, stem
from bot.answer.meaning import opposites
from bot.answer.statements import Statement
from bot.answer.story import name_keys, name_words, places
from bot.answer.synonyms import groups
from bot.answer.wording import find

WholeText = Callable[[str], str]
"""All that an article says, by its id."""

SHARED = 0.3
_LIKENESS = 0.6
"""The least likeness (Jaccard) of two sentences for what nobody asked about to count as a disagreement."""
_ASKED_LIKENESS = 0.2
_ASKED_NUMBER = 0.3
_ASKED_NAME = 0.4
_NEVER = 1.1
_LONGEST_NAME = 3
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_YEAR = re.compile(r"\b(?:in|since|by|of|im|sinds|seit|desde|en)\s((?:19|20)\d\d)\b")
_DAYS_APART = 60
"""Reports that came out further apart are taken to be of different events."""


def disagree(one: Statement, other: Statement, whole: WholeText, question: str = "") -> str | None:
    """In what two statements disagree: ``number``, ``day``, ``hour``, ``denial``, ``name``, ``cause``, ``place``.

    None if they agree, or speak of different things. What ``question`` asks for is looked at with less caution
    than the rest. How close the two are in meaning is for the caller to say.
    """
    if one.text == other.text or one.article.language != other.article.language or far_apart(one, other):
        return None
    shared = share(one, other)
    if shared < SHARED or of_other_times(one, other) or of_others(one, other, whole):
        return None
    asked = asked_for(question)
    likeness = alike(one, other)
    if asked == "number" and likeness >= _ASKED_NUMBER and other_number(one.text, other.text, question):
        return "number"
    if asked != "number" and likeness >= _LIKENESS and other_number(one.text, other.text, None):
        return "number"
    needed = {kind: _ASKED_LIKENESS if asked == kind else _LIKENESS for kind in _KINDS}
    needed["name"] = _ASKED_NAME if asked == "name" else _NEVER
    needed["place"] = _ASKED_NAME if asked == "place" else _NEVER
    if likeness >= (_ASKED_LIKENESS if asked in ("day", "hour") else _LIKENESS) and other_hour(
        one.text, other.text
    ):
        return "hour"
    for kind, differs in _KINDS.items():
        if likeness >= needed[kind] and differs(one, other, whole):
            return kind
    return None


def share(one: Statement, other: Statement) -> float:
    """The part of the shorter statement's content words that the other has too, with words of one count as one."""
    first, second = groups(one.words), groups(other.words)
    return len(first & second) / max(1, min(len(first), len(second)))


def alike(one: Statement, other: Statement) -> float:
    """The content words that two statements have in common, of all that they have (Jaccard), names aside."""
    named = {stem(name) for statement in (one, other) for name in name_words(statement.text)}
    first, second = (groups(statement.words - named) for statement in (one, other))
    return len(first & second) / max(1, len(first | second))


def far_apart(one: Statement, other: Statement) -> bool:
    """Whether two articles came out so far apart that they tell of different events."""
    if one.published is None or other.published is None:
        return False
    return abs((one.published.date() - other.published.date()).days) > _DAYS_APART


def of_other_times(one: Statement, other: Statement) -> bool:
    """Whether both give years, and not one in common: then they tell of different events.

    Unless the year is all the difference: a bridge built "in 1994" and "in 1996".
    """
    first, second = _years(one), _years(other)
    return bool(first and second and not first & second and one.figures - first and other.figures - second)


def _years(one: Statement) -> set[float]:
    dated = {float(day.year) for day in dates(one.text)[0] if day.year}
    return dated | {float(year) for year in _YEAR.findall(one.text)}


def of_others(one: Statement, other: Statement, whole: WholeText) -> bool:
    """Whether each names somebody or something that the other's whole article doesn't: they tell of others."""
    ours, theirs = name_keys(one.text), name_keys(other.text)
    if not ours or not theirs or ours & theirs:
        return False
    return not (ours & name_keys(whole(other.article.id)) or theirs & name_keys(whole(one.article.id)))


def _other_day(one: Statement, other: Statement, _whole: WholeText) -> bool:
    ours, theirs = _days(one), _days(other)
    if {day.written.casefold() for day in ours} & {day.written.casefold() for day in theirs}:
        return False  # "on Sunday", printed a week later
    return bool(ours and theirs) and all(a.last < b.first or b.last < a.first for a in ours for b in theirs)


def _days(one: Statement) -> list[ResolvedDay]:
    """The days that a statement gives, apart from those on which somebody spoke."""
    if one.published is None:
        return []
    found = resolve_days(one.text, one.published.date(), one.article.language)
    return [day for day in found if not is_reporting(one.text, one.text.find(day.written))]


def _denied(one: Statement, other: Statement, _whole: WholeText) -> bool:
    """Whether one denies what the other says, or uses its opposite of the same things."""
    first, second = _denials(one.text), _denials(other.text)
    if not first and not second:
        return any(opposites(one.text, other.text)) and any(opposites(other.text, one.text))
    if first and second:
        return False
    denying, said = (first, other) if first else (second, one)
    common = [(len(said.words & set(scope)), len(scope)) for scope in denying]
    return any(2 * met > all_ and met > (all_ > 1) for met, all_ in common)


def _denials(text: str) -> list[list[str]]:
    """For each word of ``text`` that denies, the stems of what it denies."""
    denied = [scope for scope in negated(text) if scope]
    behind = [text[match.end() :] for match in find(NEGATING, text, language_of(text))]
    denied += [content_words(re.split(r"[.;:!?]", rest, maxsplit=1)[0])[:4] for rest in behind]
    return [scope for scope in denied if scope]


def _other_cause(one: Statement, other: Statement, _whole: WholeText) -> bool:
    ours, theirs = _cause(one.text), _cause(other.text)
    return bool(ours and theirs) and not ours & theirs


def _cause(text: str) -> set[str]:
    """The stems of what ``text`` gives as a cause."""
    found = find(CAUSE, text, language_of(text))
    if not found:
        return set()
    return set(content_words(re.split(r"[.;:,!?]", text[found[-1].end() :], maxsplit=1)[0])[:5])


def _other_name(one: Statement, other: Statement, whole: WholeText) -> bool:
    """Whether both say the same of somebody whom the other's article doesn't so much as name."""
    ours, theirs = name_keys(one.text), name_keys(other.text)
    only_ours, only_theirs = ours - theirs, theirs - ours
    if not 0 < len(only_ours) <= _LONGEST_NAME or not 0 < len(only_theirs) <= _LONGEST_NAME:
        return False
    here, there = name_keys(whole(one.article.id)), name_keys(whole(other.article.id))
    return bool(only_ours - there) and bool(only_theirs - here)


def _other_place(one: Statement, other: Statement, _whole: WholeText) -> bool:
    """Whether behind a preposition of place each has words that the other hasn't at all."""
    ours, theirs = _slots(one.text), _slots(other.text)
    first = [words for words in ours if not words & other.words]
    second = [words for words in theirs if not words & one.words]
    return bool(first and second)


def _slots(text: str) -> list[set[str]]:
    """The words of each place that ``text`` names, as stems."""
    found = [set(content_words(place)) for place in places(text)]
    return [words for words in found if words]


_KINDS: dict[str, Callable[[Statement, Statement, WholeText], bool]] = {
    "day": _other_day,
    "denial": _denied,
    "cause": _other_cause,
    "name": _other_name,
    "place": _other_place,
}
