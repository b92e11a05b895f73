"""What has become of a topic, article by article: the first thing that each tells, each event once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.days import resolve_days
from bot.summary.choosing.opening import opening
from bot.summary.summary import outlets_of
from bot.summary.topic.stories import cluster
from index.library import Library
from index.text.language import question_language

SAME_EVENT = 6.0
"""The least likeness of two first sentences that tell one event, in spreads of passages that have nothing to do
with each other (``Calibration.apart``)."""

_ARTICLES = 64
_DAYS = 1
"""How many days after an event its reports come."""
_LONG_AGO = timedelta(7)
# What an event has over one that is as close to the topic: spreads of the topic's scale.
_NEW = 1.0
_OUTLETS = 0.5
_OWN_LANGUAGE = 0.5


@dataclass(frozen=True, slots=True)
class Development:
    """An event of a topic as articles begin with it, that which is told first.

    ``weight``: what speaks for it; ``moment``: when it was last reported, in seconds.
    """

    reports: tuple[ArticleSentence, ...]
    weight: float
    moment: float

    @property
    def told(self) -> ArticleSentence:
        """The report to be told."""
        return self.reports[0]

    @property
    def others(self) -> tuple[ArticleSentence, ...]:
        """Other outlets' reports that give no number which the one told lacks."""
        return tuple(one for one in self.reports[1:] if one.figures <= self.told.figures)


def by_article(listed: Sequence[ArticleSentence]) -> dict[str, list[ArticleSentence]]:
    """The statements of each article in their order."""
    found: dict[str, list[ArticleSentence]] = {}
    for one in listed:
        found.setdefault(one.article.id, []).append(one)
    return {key: sorted(own, key=lambda one: one.order) for key, own in found.items()}


def developments(
    library: Library, topic: str, articles: Mapping[str, Sequence[ArticleSentence]]
) -> list[Development]:
    """The events with which ``articles`` begin, each once whatever outlet and language it is told in.

    Of several reports the one in the topic's language is told, else in that of most articles, then the earliest.
    """
    openings = [opening(own) for own in list(articles.values())[:_ARTICLES]]
    if not openings:
        return []
    texts = [one.text for one in openings]
    vectors = library.vectors(texts)
    alike = library.calibration().apart.standards(vectors @ vectors.T)
    days = np.array([_day(one) for one in openings])
    with np.errstate(invalid="ignore"):  # two without a day are not told apart by it
        alike[np.abs(days[:, None] - days[None]) > _DAYS] = -np.inf
    scale = library.question_scale(topic)
    close = [scale.standard(one) for one in library.similarities(topic, texts)]
    language = question_language(topic) or Counter(one.article.language for one in openings).most_common(1)[0][0]
    moments = [moment(one) for one in openings]
    ages = sorted(set(moments))
    found = []
    for group in cluster(alike, SAME_EVENT):
        reports = sorted(
            (openings[n] for n in group), key=lambda one: (one.article.language != language, one.order)
        )
        weight = max(close[n] for n in group) + _OUTLETS * math.log2(
            max(1, len(outlets_of([one.article for one in reports])))
        )
        weight += _OWN_LANGUAGE * (reports[0].article.language == language)
        latest = max(moments[n] for n in group)
        weight += _NEW * ages.index(latest) / len(ages)
        found.append(Development(tuple(reports), weight, latest))
    return found


def looks_back(one: ArticleSentence) -> date | None:
    """The day of what a sentence tells, if that was over long before its article came out."""
    if one.published is None:
        return None
    published = one.published.date()
    days = [day.last for day in resolve_days(one.text, published, one.article.language)]
    return max(days) if days and max(days) < published - _LONG_AGO else None


def moment(one: ArticleSentence) -> float:
    """When a sentence's article came out, or what it looks back on happened; 0 if the article has no date."""
    if one.published is None:
        return 0.0
    back = looks_back(one)
    return one.published.timestamp() - ((one.published.date() - back).total_seconds() if back else 0.0)


def _day(one: ArticleSentence) -> float:
    return one.published.date().toordinal() if one.published else math.inf
