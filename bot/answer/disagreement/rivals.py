"""Tells in what two statements of one thing disagree, whatever was asked.

They are held against each other if they have most words in common; they disagree if a number, a day, an hour or a
cause that both give is another one, or if one denies what the other says. What agrees by rounding, or tells of
another event, is no disagreement; in doubt there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.answer.answer import ResolvedDay
from bot.answer.disagreement.clock import other_hour
from bot.answer.disagreement.counts import other_number
from bot.answer.disagreement.phrases import said_by
from bot.answer.disagreement.statements import Statement
from bot.answer.disagreement.story import name_keys, name_words
from bot.answer.evidence.cues import CAUSE, NEGATING
from bot.answer.evidence.days import is_reporting, resolve_days
from bot.answer.evidence.facts import content_words, dates, language_of, negated, stem
from bot.answer.evidence.meaning import opposites
from bot.answer.evidence.synonyms import groups
from bot.answer.evidence.wording import find

WholeText = Callable[[str], str]
"""All that an article says, by its id."""

SHARED = 0.3
_LIKENESS = 0.6
"""The least likeness (Jaccard) of two sentences that are held against each other."""
_LIKENESS_OF_DENIAL, _SHARED_BY_DENIAL = 0.4, 0.55
"""The same where one denies what the other says, and the least share: the rest tells who says so, and when."""
_YEAR = re.compile(r"\b(?:in|since|by|of|im|sinds|seit|desde|en)\s((?:19|20)\d\d)\b")
_DAYS_APART = 60
"""Reports that came out further apart are taken to be of different events."""


def disagree(one: Statement, other: Statement, whole: WholeText) -> str | None:
    """In what two statements disagree: ``number``, ``hour``, ``day``, ``denial``, ``cause``.

    None if they agree, or speak of different things. How close the two are in meaning is for the caller to say.
    """
    if one.text == other.text or one.article.language != other.article.language or far_apart(one, other):
        return None
    shared = share(one, other)
    if shared < SHARED or of_other_times(one, other) or of_others(one, other, whole):
        return None
    likeness = alike(one, other)
    if likeness >= _LIKENESS:
        return next((kind for kind, differs in _KINDS.items() if differs(one, other)), None)
    close = likeness >= _LIKENESS_OF_DENIAL and shared >= _SHARED_BY_DENIAL
    return "denial" if close and _denied(one, other) else None


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
    ours, theirs = (name_keys(text) - said_by(text) for text in (one.text, other.text))
    if not ours or not theirs or ours & theirs:
        return False
    return not (ours & name_keys(whole(other.article.id)) or theirs & name_keys(whole(one.article.id)))


def _other_day(one: Statement, other: Statement) -> bool:
    ours, theirs = _days(one), _days(other)
    if {day.written.casefold() for day in ours} & {day.written.casefold() for day in theirs}:
        return False  # "on Sunday", printed a week later
    return bool(ours and theirs) and all(a.last < b.first or b.last < a.first for a in ours for b in theirs)


def _days(one: Statement) -> list[ResolvedDay]:
    """The days that a statement gives, apart from those on which somebody spoke."""
    if one.published is None:
        return []
    found = resolve_days(one.text, one.published.date(), one.article.language)
    return [day for day in found if not is_reporting(one.text, one.text.find(day.written), one.article.language)]


def _denied(one: Statement, other: Statement) -> bool:
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


def _other_cause(one: Statement, other: Statement) -> bool:
    ours, theirs = _cause(one.text), _cause(other.text)
    return bool(ours and theirs) and not ours & theirs


def _cause(text: str) -> set[str]:
    """The stems of what ``text`` gives as a cause."""
    found = find(CAUSE, text, language_of(text))
    if not found:
        return set()
    return set(content_words(re.split(r"[.;:,!?]", text[found[-1].end() :], maxsplit=1)[0])[:5])


_KINDS: dict[str, Callable[[Statement, Statement], bool]] = {
    "number": lambda one, other: other_number(one.text, other.text),
    "hour": lambda one, other: other_hour(one.text, other.text),
    "day": _other_day,
    "denial": _denied,
    "cause": _other_cause,
}
