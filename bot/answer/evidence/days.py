"""The days on which things happen, as sentences give them."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta

import index.text.days
from bot.answer.answer import ResolvedDay
from bot.answer.evidence.content import function_words
from index.text.calendar import WrittenDate, written_dates
from index.text.language import question_language
from index.text.tense import Tense, pattern, tells_of_the_past, tense_at

_CLAUSE = re.compile(r"[,;–—]")
_ASIDE = re.compile(r"[,;:–—()]")
_LONGEST_UPDATE = timedelta(2)
_YEAR = re.compile(r"\d{4}$")
_NEXT_WORD = re.compile(r"\.?\s([^\W\d_]+)")
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
