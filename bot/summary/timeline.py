"""The dated events of a story, on the days that the articles give, not on those they came out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer.answer import ResolvedDay
from bot.answer.disagreement.statements import ArticleSentence, outlets_of, same_fact, statements
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.days import Days, when
from bot.summary.material import gather
from bot.summary.quoting import Point, shortlist
from bot.summary.summary import Event, Timeline
from index.library import Library
from index.search import Filters

EVENTS = 15


def make_timeline(
    library: Library, topic: str, scopes: Sequence[str], filters: Filters, count: int, days: Days
) -> Timeline:
    """The ``count`` events of ``topic`` that the most is told of, in the order in which they happened."""
    material = gather(library, topic, scopes, filters)
    if not material.articles:
        return Timeline(topic, abstained=True, nearest=material.nearest)
    dated = [(one, day) for one in statements(material.hits) if (day := _dated(one, days))]
    found = _told_once(library, topic, dated)
    book = CitationBook(material.hits)
    events = []
    for point, day in sorted(found[:count], key=lambda one: (one[1].first, one[1].last, one[0].statement.order)):
        published = point.statement.published
        if published and (sentence := book.add(point.draft)):
            events.append(Event(day.first, day.last, day.written, published, sentence))
    return Timeline(
        topic,
        tuple(events),
        book.citations,
        material.articles,
        outlets_of(material.articles),
        material.as_of,
        max(0, len(found) - count),
    )


def _dated(one: ArticleSentence, days: Days) -> ResolvedDay | None:
    """The day of what a sentence tells; None if it gives none, or can't be understood alone."""
    if one.published is None or one.leans:
        return None
    return when(one.text, one.published.date(), one.article.language, days)


def _told_once(
    library: Library, topic: str, dated: Sequence[tuple[ArticleSentence, ResolvedDay]]
) -> list[tuple[Point, ResolvedDay]]:
    """Each event once, by its first report that stands alone, the closest to the topic first."""
    by_day = dict(dated)
    listed = shortlist(topic, list(by_day))
    texts = [one.text for one in listed]
    vectors = library.vectors(texts)
    apart = library.calibration().apart
    closeness = library.similarities(topic, texts)
    order = sorted(range(len(listed)), key=lambda index: listed[index].order)
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
            and same_fact(one, listed[other], apart.standard(float(vectors[index] @ vectors[other])))
        ]
        taken.update((index, *same))
        reports = {listed[other].article.id: listed[other] for other in reversed(same)}
        reports.pop(one.article.id, None)
        weight = closeness[index] + 0.02 * len(reports) - 0.02 * one.place
        events.append((weight, Point(one, tuple(reports.values())), day))
    events.sort(key=lambda event: -event[0])
    return [(point, day) for _, point, day in events]
