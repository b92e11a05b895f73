"""The day that a sentence mainly tells of, for timelines: of all days that it gives, that of what happened.

A sentence without any tells of the day that its article begins with, else of that on which the article came out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.answer.answer import ResolvedDay
from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.content import function_words
from bot.answer.evidence.days import event_days, relative_days, resolve_days
from index.text.calendar import written_dates
from index.text.language import question_language
from index.text.tense import pattern, tells_of_the_past

_ASIDE = re.compile(r"[,;:–—()]")
_LONGEST_UPDATE = timedelta(2)
_YEAR = re.compile(r"\d{4}$")
_NEXT_WORD = re.compile(r"\.?\s([^\W\d_]+)")
_ONE_DAY = timedelta(1)
_A_WEEK = timedelta(7)
_OPENING = 3
"""Statements in which an article says when that happened which it tells."""

Given = Literal["event", "telling", "article"]


@dataclass(frozen=True, slots=True)
class EventDay:
    """The day of what a sentence tells, and how it is ``given``: as that of the event, as that on which somebody
    told of it, or only by its article.
    """

    day: ResolvedDay
    given: Given


def days_of(own: Sequence[ArticleSentence]) -> list[EventDay | None]:
    """The day of what each of an article's statements (in order) tells.

    None if it gives several, or tells of another time without a day, or if the article was gone on with for days.
    """
    if not own or own[0].published is None:
        return [None] * len(own)
    published = own[0].published.date()
    language = own[0].article.language
    given = [_given(one.text, published, language) for one in own]
    story = _story_day(own[:_OPENING], given[:_OPENING], published)
    found: list[EventDay | None] = []
    for number, (one, day) in enumerate(zip(own, given, strict=True)):
        opens = number < _OPENING and not resolve_days(one.text, published, language)
        undated = opens or not _tells_of_a_time(one.text, published, language)
        found.append(day or (EventDay(story, "article") if story and undated else None))
    return found


def _given(text: str, published: date, language: str | None) -> EventDay | None:
    """The day that a sentence mainly tells of; else the last day of the week before that it gives at all."""
    later = went_on_with(text, published, language)
    if later and later[0].first <= published + _ONE_DAY:
        return EventDay(later[0], "event")
    if day := main_day(text, published, language):
        return EventDay(day, "event")
    if day := main_day(text, published, language, reported=True):
        return EventDay(day, "telling")
    week = [
        one
        for one in resolve_days(text, published, language)
        if one.first == one.last and timedelta() <= published - one.first <= _A_WEEK
    ]
    return EventDay(max(week, key=lambda one: one.first), "article") if week else None


def _story_day(
    opening: Sequence[ArticleSentence], given: Sequence[EventDay | None], published: date
) -> ResolvedDay | None:
    """The day on which that happened which an article begins with: by its words, or the one on which it came out.

    None if it tells there of what came later: it was gone on with for days.
    """
    language = opening[0].article.language
    if any(day.first > published + _ONE_DAY for day in went_on_with(opening[0].text, published, language)):
        return None
    for one, each in zip(opening, given, strict=True):
        if each is None or each.day.first != each.day.last or published - each.day.first > _A_WEEK:
            continue
        if each.day.first <= published or went_on_with(one.text, published, language):
            return ResolvedDay("", each.day.first, each.day.last)
    return ResolvedDay("", published, published)


def _tells_of_a_time(text: str, published: date, language: str | None) -> bool:
    """Whether a sentence names a day, a week, a month or a year, be it one that nothing was told of."""
    return bool(written_dates(text, language) or relative_days(text, published, language))


def main_day(text: str, published: date, language: str | None, reported: bool = False) -> ResolvedDay | None:
    """The day on which that happened which a sentence mainly tells; None if it gives none, or several.

    Not a day in a name ("the Jan. 6 committee"), nor one to or from which something goes on ("until July 9"), nor
    that of a clause aside ("after they won on Monday"), nor one ahead of what has happened. ``reported``: that on
    which it was said counts, too.
    """
    language = language or question_language(text) or ""
    found = {}
    for day in (resolve_days if reported else event_days)(text, published, language):
        at = text.find(day.written)
        ahead = day.first > published and tells_of_the_past(_unsaid(text[:at], language), language)
        if not (ahead or _in_name(text, at, day, language) or _is_aside(text[:at], day, language)):
            found[day.first, day.last] = day
    return next(iter(found.values())) if len(found) == 1 else None


def went_on_with(text: str, published: date, language: str | None) -> list[ResolvedDay]:
    """The days after ``published`` that ``text`` tells of as gone by: its page was gone on with after that day."""
    if resolve_days(text, published, language):
        return []
    later = resolve_days(text, published + _LONGEST_UPDATE, language)
    return [day for day in later if day.first > published]


def _unsaid(text: str, language: str) -> str:
    """``text`` without the verbs of saying, whose tense is not that of what happened."""
    return pattern(language, "saying").sub("", text)


def _in_name(text: str, at: int, day: ResolvedDay, language: str) -> bool:
    """Whether a date is part of a name or describes something: "the July 4 parade", "l'attaque du 6 janvier"."""
    if day.first != day.last or not re.search(r"\d", day.written):
        return False
    if pattern(language, "name_before").search(text[:at].lower()):
        return True
    behind = _NEXT_WORD.match(text[at + len(day.written) :].lstrip("," if _YEAR.search(day.written) else ""))
    before = re.findall(r"[^\W\d_]+", text[:at])[-1:]
    alone = not before or before[0].casefold() not in function_words()
    return behind is not None and alone and behind[1].casefold() not in function_words()


def _is_aside(before: str, day: ResolvedDay, language: str) -> bool:
    """Whether a day bounds something, or stands in a clause that tells no more than how, whose, since or if."""
    bounds = ("since_before", "until_before", *(("toward_before",) if day.first == day.last else ()))
    if any(pattern(language, name).search(before) for name in bounds):
        return True
    start = max((match.end() for match in _ASIDE.finditer(before)), default=0)
    return bool(pattern(language, "asides").search(before.lower(), start))
