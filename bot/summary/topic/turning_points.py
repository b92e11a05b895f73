"""How likely an editor would put a sentence into a topic's timeline: a logistic model of what can be told of it.

Editors named the turning points of 20 topics, 140 in all, and every sentence that tells one. The weights are
fitted to the 1,378 sentences that they saw and that have a day. Under cross-validation, topic by topic, a model of
five times as many features (who speaks, tenses, how many other articles tell it) is no better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeGuard

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.summary.choosing.salience import Floats, standardised
from bot.summary.choosing.worth import worth
from bot.summary.topic.main_day import EventDay, Given
from index.library import Library
from index.text.tense import pattern

FEATURES = (
    "worth in its article",
    "near its beginning",
    "closeness to the topic",
    "centrality to all that is told",
    "gives the day of what happened",
    "gives the day on which it was told",
    "gives a day of the story that no article begins with",
    "gives a month",
    "somebody says",
)
WEIGHTS = np.array([0.62, 1.1, 0.13, 0.23, 1.16, 1.88, 2.5, -2.76, 0.55], np.float32)
"""That of a day with which none begins is raised from 0.5: no fewer are right, and the story has no gaps."""
BIAS = -3.25

_OPENING = 3
"""Statements at the beginning of an article, which tell its news."""
_BEFORE = timedelta(10)
"""How long before its first article a story may have begun."""
_MONTH = timedelta(27)


def turning_points(
    library: Library,
    topic: str,
    articles: Mapping[str, Sequence[ArticleSentence]],
    days: Mapping[ArticleSentence, EventDay | None],
) -> dict[ArticleSentence, float]:
    """The log-odds that a statement of ``articles`` (each one's in order) tells a turning point of ``topic``."""
    listed = [one for own in articles.values() for one in own]
    odds = features(library, topic, articles, days) @ WEIGHTS + BIAS
    return dict(zip(listed, map(float, odds), strict=True))


def features(
    library: Library,
    topic: str,
    articles: Mapping[str, Sequence[ArticleSentence]],
    days: Mapping[ArticleSentence, EventDay | None],
) -> Floats:
    """``FEATURES`` of each statement of ``articles``: (statements, features)."""
    listed = [one for own in articles.values() for one in own]
    places = [place for own in articles.values() for place in range(len(own))]
    texts = [one.text for one in listed]
    vectors = library.vectors(texts)
    published = [one.published.date() for one in listed if one.published]
    scale = library.question_scale(topic)
    close = np.array([scale.standard(one) for one in library.similarities(topic, texts)], np.float32)
    columns = (
        np.concatenate([worth(library, own) for own in articles.values()]),
        [place < _OPENING for place in places],
        close - close.max(),
        standardised(vectors @ vectors.mean(axis=0)),
        [_is_given(days[one], "event") for one in listed],
        [_is_given(days[one], "telling") for one in listed],
        _alone([days[one] for one in listed], places, published),
        [(day := days[one]) is not None and day.day.last - day.day.first >= _MONTH for one in listed],
        [bool(pattern(one.article.language or "en", "saying").search(one.text)) for one in listed],
    )
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def _alone(days: Sequence[EventDay | None], places: Sequence[int], published: Sequence[date]) -> list[bool]:
    """Whether each of ``days`` is one of the story, as long as it was ``published`` on, that none begins with."""
    openings = [day for day, place in zip(days, places, strict=True) if place < _OPENING]
    begun = {day.day.first for day in openings if _is_given(day, "event")}
    first, last = min(published, default=date.max), max(published, default=date.min)
    return [
        _is_given(day, "event")
        and day.day.first == day.day.last
        and first - _BEFORE <= day.day.first <= last
        and day.day.first not in begun
        for day in days
    ]


def _is_given(day: EventDay | None, given: Given) -> TypeGuard[EventDay]:
    return day is not None and day.given == given
