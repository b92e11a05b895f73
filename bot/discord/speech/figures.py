"""Days and spans of time, as the language that is spoken writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from babel.dates import format_date, format_interval, format_skeleton

from bot.answer.answer import ResolvedDay
from bot.discord.speech.phrase import day, locale


def stamp(when: date) -> str:
    """A day as every reader's Discord writes it; at noon, so that it is the same day nearly everywhere."""
    return f"<t:{int(datetime.combine(when, time(12), UTC).timestamp())}:D>"


def moment(when: datetime, style: str = "R") -> str:
    """A moment as every reader's Discord writes it: how long ago, or till then, or with ``F`` in full."""
    return f"<t:{int(when.timestamp())}:{style}>"


def days(first: date, last: date) -> str:
    """A day, a month, a year, or the days from ``first`` to ``last``, in words."""
    if first == last:
        return day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return format_skeleton("y", first, locale=locale())
    if first.day == 1 and (last + timedelta(1)).day == 1 and (first.year, first.month) == (last.year, last.month):
        return format_skeleton("yMMMM", first, locale=locale())
    return format_interval(first, last, "yMMMMd", locale=locale())


def weekday(number_of_day: int) -> str:
    """The name of a day of the week, 0 for Monday."""
    return format_date(date(2024, 1, 1) + timedelta(number_of_day), "EEEE", locale=locale())


def meanings(resolved: Sequence[ResolvedDay]) -> str:
    """What relative dates mean: ``Friday: 12 May 2023; last month: April 2023``. A weekday isn't said twice."""
    return "; ".join(f"{one.written}: {_meaning(one)}" for one in resolved)


def _meaning(resolved: ResolvedDay) -> str:
    if resolved.first != resolved.last:
        return days(resolved.first, resolved.last)
    name = weekday(resolved.first.weekday())
    if resolved.written.casefold() == name.casefold():
        return day(resolved.first)
    return format_date(resolved.first, "full", locale=locale())
