"""The dated events of a story, on the days that the articles give, not on those they came out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.answer.answer import ResolvedDay
from bot.answer.citations import CitationBook
from bot.answer.facts import dates, resolved_days
from bot.answer.lexicon import RELATIVE_DAYS, WEEKDAYS
from bot.summary.material import gather
from bot.summary.quoting import Point, shortlist
from bot.summary.statements import Statement, outlets_of, same_fact, statements
from bot.summary.summary import Event, Timeline
from index.library import Library
from index.search import Filters

Days = Callable[[str, date, str | None], Sequence[ResolvedDay]]
"""The dates that a text in a language gives, published on a day, in the order in which they stand there."""

EVENTS = 15
_WORD = re.compile(r"[^\W\d_]+")


def resolve_days(text: str, published: date, language: str | None) -> list[ResolvedDay]:  # noqa: ARG001
    """The days that ``text`` gives, calendar dates and relative ones, in the order in which they stand there.

    A date without its year is the one nearest to ``published``. See ``facts.resolved_days`` for days of the week.
    """
    calendar, rest = dates(text)
    found = [
        (text.find(one.written), ResolvedDay(one.written, *span))
        for one in calendar
        if (span := _span(one.year, one.month, one.day, published))
    ]
    possible = resolved_days(rest, published)
    for match in _WORD.finditer(rest):
        word = match.group().casefold()
        if word not in RELATIVE_DAYS and word not in WEEKDAYS:
            continue
        (day,) = resolved_days(word, published)
        if word in WEEKDAYS and day + timedelta(7) in possible:
            day += timedelta(7)
        found.append((match.start(), ResolvedDay(match.group(), day, day)))
    return [day for _, day in sorted(found, key=lambda pair: pair[0])]


def _span(year: int | None, month: int, day: int | None, published: date) -> tuple[date, date] | None:
    """The first and the last day of a date; None for a month without a year, and for days that don't exist."""
    if day is None:
        if year is None:
            return None
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(1)
    years = [year] if year else [published.year - 1, published.year, published.year + 1]
    possible = [one for candidate in years if (one := _day(candidate, month, day))]
    nearest = min(possible, key=lambda one: abs((one - published).days), default=None)
    return (nearest, nearest) if nearest else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def make_timeline(
    library: Library, topic: str, scopes: Sequence[str], filters: Filters, count: int, days: Days
) -> Timeline:
    """The ``count`` events of ``topic`` that the most is told of, in the order in which they happened."""
    material = gather(library, topic, scopes, filters)
    if not material.articles:
        return Timeline(topic, abstained=True, nearest=material.nearest)
    dated = [(one, day) for one in statements(material.hits) if (day := _dated(one, days))]
    found = _told_once(library, topic, dated)
    book = CitationBook(topic, material.hits)
    events = []
    for point, day in found[:count]:
        published = point.statement.published
        if published and (sentence := book.add(point.draft)):
            events.append(Event(day.first, day.last, day.written, published, sentence))
    events.sort(key=lambda event: (event.first, event.last, event.published))
    return Timeline(
        topic,
        tuple(events),
        book.citations,
        material.articles,
        outlets_of(material.articles),
        material.as_of,
        max(0, len(found) - count),
    )


def _dated(one: Statement, days: Days) -> ResolvedDay | None:
    """The first day that a sentence gives, which is when what it tells of happens; None if it gives none."""
    if one.published is None:
        return None
    found = days(one.text, one.published.date(), one.article.language)
    return found[0] if found else None


def _told_once(
    library: Library, topic: str, dated: Sequence[tuple[Statement, ResolvedDay]]
) -> list[tuple[Point, ResolvedDay]]:
    """Each event once, by its first report that stands alone, the closest to the topic first."""
    by_day = dict(dated)
    listed = shortlist(topic, list(by_day))
    texts = [one.text for one in listed]
    vectors = library.vectors(texts)
    closeness = library.similarities(topic, texts)
    order = sorted(range(len(listed)), key=lambda index: (listed[index].leans, *listed[index].order))
    events: list[tuple[float, Point, ResolvedDay]] = []
    taken: set[int] = set()
    for index in order:
        if index in taken:
            continue
        one, day = listed[index], by_day[listed[index]]
        same = [
            other
            for other in order
            if other not in taken and other != index
            if by_day[listed[other]].first == day.first
            and same_fact(one, listed[other], float(vectors[index] @ vectors[other]))
        ]
        taken.update((index, *same))
        reports = {listed[other].article.id: listed[other] for other in reversed(same)}
        reports.pop(one.article.id, None)
        weight = closeness[index] + 0.02 * len(reports) - 0.02 * one.place - 0.05 * one.leans
        events.append((weight, Point(one, tuple(reports.values())), day))
    events.sort(key=lambda event: -event[0])
    return [(point, day) for _, point, day in events]
