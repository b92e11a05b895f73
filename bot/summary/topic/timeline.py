"""The events of a story, each on its day: that which the article gives, else the one on which it came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.answer.answer import ResolvedDay
from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.days import is_reporting
from bot.answer.similarity import likenesses
from bot.summary.choosing.roles import has_role
from bot.summary.choosing.voice import is_bare_quote
from bot.summary.quoting import Point, shortlist
from bot.summary.summary import Event, Timeline, outlets_of
from bot.summary.topic.beside import corrections, is_answer, is_correction
from bot.summary.topic.developments import Development, by_article, developments
from bot.summary.topic.main_day import main_day, went_on_with
from bot.summary.topic.material import gather
from bot.summary.topic.state import with_correction
from index.library import Library
from index.search import Filters

EVENTS = 15

_OPENING = 3
_ONE_DAY = timedelta(1)
_A_WEEK = timedelta(7)

_SAME_EVENT = 3.5
"""The least likeness of two sentences of one day that tell one event, in spreads of passages that have nothing to
do with each other (``Calibration.apart``)."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event on its day; ``said``: the day is only that on which somebody told of it, or the article did.

    ``turning``: an article begins with it, so that it is in, whatever else is told.
    """

    point: Point
    day: ResolvedDay
    weight: float
    turning: bool = False
    said: bool = False


def make_timeline(library: Library, topic: str, scopes: Sequence[str], filters: Filters, count: int) -> Timeline:
    """The ``count`` events of ``topic`` that the most is told of, in the order in which they happened."""
    material = gather(library, topic, scopes, filters)
    if not material.articles:
        return Timeline(topic, abstained=True, nearest=material.nearest)
    found = _entries(library, topic, statements(material.hits))
    book = CitationBook(material.hits)
    events = []
    for one in sorted(found[:count], key=lambda one: (one.day.first, one.day.last, one.point.statement.order)):
        published = one.point.statement.published
        if published and (sentence := book.add(one.point.draft)):
            events.append(Event(one.day.first, one.day.last, one.day.written, published, sentence))
    return Timeline(
        topic,
        tuple(events),
        book.citations,
        material.articles,
        outlets_of(material.articles),
        max(
            (one.point.statement.published.date() for one in found if one.point.statement.published), default=None
        ),
        max(0, len(found) - count),
    )


def _entries(library: Library, topic: str, listed: Sequence[ArticleSentence]) -> list[_Entry]:
    """The events, each once, those that weigh most first: what articles begin with, and what else they date."""
    articles = by_article(listed)
    corrected = corrections(library, listed)
    correcting = {key for key, own in articles.items() if is_correction(own)}
    events = developments(library, topic, articles)
    about = {one.article.id for event in events for one in event.reports}
    turning = [
        entry
        for one in events
        if one.first.published and one.first.article.id not in correcting
        if (entry := _turning_point(one, articles[one.first.article.id]))
    ]
    found = [
        replace(one, point=with_correction(one.point, corrected))
        for one in turning
        if one.day.written or not _is_outweighed(library, one, turning)
    ]
    told = {entry.point.statement for entry in turning} | {one for event in events for one in event.reports}
    others = [
        one for one in listed if one not in told and one.article.id in about - correcting and _is_an_event(one)
    ]
    dated = shortlist(topic, others)
    closeness = library.similarities(topic, [one.text for one in dated])
    newest = max((one.published.date() for one in listed if one.published), default=date.min)
    for close, one in sorted(zip(closeness, dated, strict=True), key=lambda pair: (-pair[0], pair[1].order)):
        entry = _dated(one, close)
        if entry and not _was_planned(entry, newest) and not _is_told(library, entry, found):
            found.append(entry)
    return sorted(found, key=lambda one: (not one.turning, -one.weight))


def _is_outweighed(library: Library, one: _Entry, turning: Sequence[_Entry]) -> bool:
    """Whether another event has the day of ``one`` in its words, and more weight, and may be the same one."""
    others = [each for each in turning if each.day.written and each.day.first == one.day.first]
    return _is_like(library, one, [each for each in others if each.weight > one.weight])


def _turning_point(event: Development, own: Sequence[ArticleSentence]) -> _Entry | None:
    """What an article begins with, on the day that it gives as just gone by, or on which it came out.

    None if that day can't be told: a page that tells of what came later was gone on with for days.
    """
    told = event.first
    assert told.published is not None
    published = told.published.date()
    for one in (told, *(one for one in own[:_OPENING] if _is_an_event(one))):
        language = one.article.language
        later = went_on_with(one.text, published, language)
        if one is told and any(day.first > published + _ONE_DAY for day in later):
            return None
        day = later[0] if later else main_day(one.text, published, language, reported=True)
        if day and abs(published - day.first) <= _ONE_DAY and (later or day.first <= published):
            said = is_reporting(one.text, one.text.find(day.written), language)
            others = event.others if one is event.told else ()
            return _Entry(Point(one, others), day, event.weight, turning=True, said=said)
    others = event.others if told is event.told else ()
    if day := _just_before(told, published):
        return _Entry(Point(told, others), day, event.weight, turning=True)
    return _Entry(
        Point(told, others), ResolvedDay("", published, published), event.weight, turning=True, said=True
    )


def _just_before(told: ArticleSentence, published: date) -> ResolvedDay | None:
    """The day within the week before on which what is ``told`` happened, if it mainly tells of one."""
    day = main_day(told.text, published, told.article.language)
    return day if day and day.first == day.last and timedelta() < published - day.first <= _A_WEEK else None


def _is_an_event(one: ArticleSentence) -> bool:
    """Whether a sentence stands alone and tells of something that happened, not what somebody says of it."""
    apart = is_bare_quote(one) or is_answer(one) or has_role(one, "correction")
    return not (one.published is None or one.leans or apart)


def _dated(one: ArticleSentence, weight: float) -> _Entry | None:
    """A sentence as an event on the day that it gives.

    None if it gives none or several, or only that of its telling, or of what it doesn't mainly tell.
    """
    assert one.published is not None
    day = main_day(one.text, one.published.date(), one.article.language)
    return _Entry(Point(one), day, weight) if day else None


def _was_planned(entry: _Entry, newest: date) -> bool:
    """Whether a sentence tells of what was to come on a day that is over by ``newest``: what came of it counts."""
    published = entry.point.statement.published
    return published is not None and published.date() < entry.day.first <= newest


def _is_told(library: Library, entry: _Entry, found: Sequence[_Entry]) -> bool:
    """Whether the same event is told of its day, or another one as what happened on it.

    Of a month or a year more than one event is told.
    """
    same_days = [one for one in found if (one.day.first, one.day.last) == (entry.day.first, entry.day.last)]
    if entry.day.first == entry.day.last and any(not (one.turning and one.said) for one in same_days):
        return True
    return _is_like(library, entry, same_days)


def _is_like(library: Library, entry: _Entry, others: Sequence[_Entry]) -> bool:
    """Whether one of the ``others`` may tell the event of ``entry``."""
    if not others:
        return False
    near = likenesses(library, entry.point.statement.text, [one.point.statement.text for one in others])
    return bool(near.max() >= _SAME_EVENT)
