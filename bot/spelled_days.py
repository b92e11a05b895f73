"""Days in words, in the language of who reads them (CLDR)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import format_date, format_interval, format_skeleton

from bot.answer.answer import ResolvedDay

ENGLISH = "en_GB"


def in_words(first: date, last: date, locale: str) -> str:
    """A day, a month, a year, or the days from ``first`` to ``last``; ``locale`` is Babel's name of a language."""
    if first == last:
        return format_date(first, "long", locale=locale)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return format_skeleton("y", first, locale=locale)
    if first.day == 1 and (last + timedelta(1)).day == 1 and (first.year, first.month) == (last.year, last.month):
        return format_skeleton("yMMMM", first, locale=locale)
    return format_interval(first, last, "yMMMMd", locale=locale)


def meanings(resolved: Sequence[ResolvedDay], locale: str) -> str:
    """What relative dates mean: ``Friday: 12 May 2023; last month: April 2023``. A weekday isn't said twice."""
    return "; ".join(f"{one.written}: {_meaning(one, locale)}" for one in resolved)


def _meaning(resolved: ResolvedDay, locale: str) -> str:
    name = format_date(resolved.first, "EEEE", locale=locale)
    if resolved.first != resolved.last or resolved.written.casefold() == name.casefold():
        return in_words(resolved.first, resolved.last, locale)
    return format_date(resolved.first, "full", locale=locale)
