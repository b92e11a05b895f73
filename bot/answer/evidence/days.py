"""The days on which things happen, as sentences give them."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta

import index.text.days
from bot.answer.answer import ResolvedDay
from index.text.calendar import WrittenDate, written_dates
from index.text.language import question_language
from index.text.tense import Tense, pattern, tense_at

_CLAUSE = re.compile(r"[,;–—]")
_NEAR = 4
"""Words behind a verb of saying that may tell when something was said."""
_SURELY_NEAREST = timedelta(91)
"""A date without its year is the nearest one where the next is three times as far; beyond that its tense tells."""


def resolve_days(text: str, published: date, language: str | None) -> list[ResolvedDay]:
    """The days that ``text`` gives, calendar dates and relative ones, in the order in which they stand there.

    A date without its year is the one nearest to ``published``; if that is months away, the one ahead or gone by
    that the tense tells of, or none. For relative ones see ``index.text.days``.
    """
    language = language or question_language(text)
    relative = [day for day in index.text.days.relative_days(text, published, language) if day.first == day.last]
    found = [(day.start, ResolvedDay(text[day.start : day.end], day.first, day.last)) for day in relative]
    found += [
        (one.start, ResolvedDay(text[one.start : one.end].strip(" .,"), *span))
        for one in written_dates(text, language)
        if (span := _span(one, published, tense_at(text, one.start, one.end, language or "")))
    ]
    return [day for _, day in sorted(found, key=lambda pair: pair[0])]


def relative_days(text: str, published: date, language: str | None) -> list[ResolvedDay]:
    """The days and weeks of ``text`` that only its date of publication tells, where that is sure."""
    found = index.text.days.relative_days(text, published, language or question_language(text))
    days = [ResolvedDay(text[day.start : day.end], day.first, day.last) for day in found]
    return list(dict.fromkeys(days))


def event_days(text: str, published: date, language: str | None) -> list[ResolvedDay]:
    """Those of ``resolve_days`` on which more happened than that somebody spoke of it."""
    found = resolve_days(text, published, language)
    return [day for day in found if not is_reporting(text, text.find(day.written), language)]


def is_reporting(text: str, at: int, language: str | None) -> bool:
    """Whether what stands at ``at`` tells when something was said: "said on Monday", "on Monday said"."""
    start = max((match.end() for match in _CLAUSE.finditer(text, 0, at)), default=0)
    saying = list(pattern(language or question_language(text) or "", "saying").finditer(text, start, at))
    return bool(saying) and len(text[saying[-1].end() : at].split()) < _NEAR


def _span(written: WrittenDate, published: date, tense: Tense | None) -> tuple[date, date] | None:
    """The first and the last day of a date; None for a month without a year, and if the year is a guess."""
    if not written.day:
        if not written.year or written.year == MAXYEAR:  # the last year has no next month
            return None
        return index.text.days.period("month", 0, date(written.year, written.month, 1))
    years = [written.year] if written.year else [published.year - 1, published.year, published.year + 1]
    possible = sorted(
        (span for year in years if (span := _days(year, written))), key=lambda span: abs(span[0] - published)
    )
    if written.year or (possible and abs(possible[0][0] - published) <= _SURELY_NEAREST):
        return possible[0] if possible else None
    told = (span for span in possible if tense == ("future" if span[0] > published else "past"))
    return next(told, None)


def _days(year: int, written: WrittenDate) -> tuple[date, date] | None:
    try:
        return date(year, written.month, written.days[0]), date(year, written.month, written.days[-1])
    except ValueError:
        return None
