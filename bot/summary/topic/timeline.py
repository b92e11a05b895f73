"""The events of a story, each on its day: that which the article gives, else the one on which it came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.answer.evidence.citations import CitationBook
from bot.summary.choosing.roles import has_role
from bot.summary.choosing.turns import same_fact
from bot.summary.quoting import Point
from bot.summary.summary import Event, Timeline, outlets_of
from bot.summary.topic.beside import corrections, is_correction
from bot.summary.topic.developments import by_article
from bot.summary.topic.main_day import days_of
from bot.summary.topic.material import gather
from bot.summary.topic.same_event import Telling, same_event
from bot.summary.topic.state import with_correction
from bot.summary.topic.turning_points import turning_points
from index.library import Library
from index.search import Filters
from index.text.language import question_language

EVENTS = 15

_LOOKED_AT = 14
"""Statements of each article that may tell an event."""
_LEAST = -0.75
_SAME = -1.0
"""The least log-odds of what is told, and of what tells the same event. With these 88 of 140 turning points that
editors named are told, and 91 of 129 events told are such ones, under cross-validation, topic by topic."""
_CORROBORATING = 2
_OWN_LANGUAGE = 1.0
"""What a sentence in the topic's language has over another that tells the same event: log-odds."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sentence that tells an event, and the log-odds that it is a turning point.

    ``native``: whether it is in the topic's language.
    """

    telling: Telling
    odds: float
    native: bool

    @property
    def rank(self) -> tuple[float, tuple[float, str, int]]:
        """What is told of several sentences about one event comes first: the likely, then the early one."""
        return -self.odds - _OWN_LANGUAGE * self.native, self.telling.statement.order


def make_timeline(library: Library, topic: str, scopes: Sequence[str], filters: Filters, count: int) -> Timeline:
    """The ``count`` likeliest turning points of ``topic``, in the order in which they happened."""
    material = gather(library, topic, scopes, filters)
    if not material.articles:
        return Timeline(topic, abstained=True, nearest=material.nearest)
    listed = statements(material.hits)
    corrected = dict(corrections(library, listed))
    found = _events(library, _entries(library, topic, listed))
    book = CitationBook(material.hits)
    events = []
    told = sorted(found, key=lambda pair: -pair[0].odds)[:count]
    saying = {entry.telling.statement for entry, _ in told}
    for entry, others in sorted(told, key=lambda pair: _moment(pair[0])):
        statement, day = entry.telling.statement, entry.telling.day.day
        # Once: with the entry that tells what was wrong, else with the first one of its article.
        of_it = {wrong: right for wrong, right in corrected.items() if wrong not in saying or wrong is statement}
        point = with_correction(Point(statement, others), of_it)
        for one in [wrong for wrong in of_it if wrong.article.id == statement.article.id]:
            corrected.pop(one)
        if statement.published and (sentence := book.add(point.draft)):
            events.append(Event(day.first, day.last, day.written, statement.published, sentence))
    return Timeline(
        topic,
        tuple(events),
        book.citations,
        material.articles,
        outlets_of(material.articles),
        _newest([entry.telling for entry, _ in found]),
        max(0, len(found) - count),
    )


def _entries(library: Library, topic: str, listed: Sequence[ArticleSentence]) -> list[_Entry]:
    """The sentences that may tell events, in their ``rank``."""
    if not listed:
        return []
    articles = {key: own[:_LOOKED_AT] for key, own in by_article(listed).items()}
    days = {one: day for own in articles.values() for one, day in zip(own, days_of(own), strict=True)}
    odds = turning_points(library, topic, articles, days)
    language = question_language(topic) or Counter(one.article.language for one in odds).most_common(1)[0][0]
    tellings = [
        Telling(one, day, place)
        for own in articles.values()
        if not is_correction(own)
        for place, one in enumerate(own)
        if (day := days[one]) and not (one.leans or has_role(one, "correction"))
    ]
    newest = _newest(tellings)
    entries = [
        _Entry(one, odds[one.statement], one.statement.article.language == language)
        for one in tellings
        if not _was_planned(one, newest)
    ]
    return sorted(entries, key=lambda one: one.rank)


def _events(library: Library, entries: Sequence[_Entry]) -> list[tuple[_Entry, tuple[ArticleSentence, ...]]]:
    """Each event once, with sentences of other articles that state what the one told does; one in any case."""
    likely = [one for one in entries if one.odds >= _LEAST] or list(entries[:1])
    if not likely:
        return []
    vectors = library.vectors([one.telling.statement.text for one in likely])
    likeness = library.calibration().apart.standards(vectors @ vectors.T)
    told: dict[int, list[ArticleSentence]] = {}
    for number, one in enumerate(likely):
        before = list(told)
        same = same_event(one.telling, [likely[n].telling for n in before], likeness[number, before])
        if not before or same.max() <= _SAME:
            told[number] = []
            continue
        nearest = before[int(same.argmax())]
        first, statement = likely[nearest].telling.statement, one.telling.statement
        other = statement.article.id not in {first.article.id, *(each.article.id for each in told[nearest])}
        if other and same_fact(first, statement, float(likeness[number, nearest])):
            told[nearest].append(statement)
    return [(likely[number], tuple(others[:_CORROBORATING])) for number, others in told.items()]


def _was_planned(one: Telling, newest: date | None) -> bool:
    """Whether a sentence tells of what was to come on a day that is over by ``newest``: what came of it counts."""
    published = one.statement.published
    return bool(published and newest and published.date() < one.day.day.first <= newest)


def _newest(tellings: Sequence[Telling]) -> date | None:
    """The day on which the newest of the articles came out."""
    return max((one.statement.published.date() for one in tellings if one.statement.published), default=None)


def _moment(entry: _Entry) -> tuple[date, date, tuple[float, str, int]]:
    day = entry.telling.day.day
    return day.first, day.last, entry.telling.statement.order
