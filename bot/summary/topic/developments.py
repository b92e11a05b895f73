"""What has become of a topic, article by article: the first thing that each tells, each event once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.days import resolve_days
from bot.summary.choosing.opening import opening
from bot.summary.choosing.turns import same_fact
from bot.summary.choosing.worth import worth
from bot.summary.summary import outlets_of
from bot.summary.topic.stories import cluster, likeness
from bot.summary.topic.telling import news_days, telling
from index.library import Library
from index.text.language import question_language

SAME_EVENT = 6.0
"""The least likeness of two sentences that tell one event, in spreads of passages that have nothing to do with
each other (``Calibration.apart``)."""
_SAME_NEWS = 7.0
"""The least mean of the likeness of two first sentences and that of their articles, where they tell one event."""

_ARTICLES = 64
_LOOKED_AT = 12
"""Statements of each article in which its opening is looked for, and compared with."""
_LEAST = 0.32
_LEAST_FOREIGN = 0.25
"""The least weight of an event beside that of the weightiest: less is another topic's. In a language other than
the topic's, the words that make it near to the topic are missing."""
_DAYS = 1
"""How many days after an event its reports come."""
_GIVE_DAYS = 3
_A_DAY = 1.0
"""What a day between two reports takes from how alike they are."""
_LONG_AGO = timedelta(7)
# What an event has over one that is as close to the topic: spreads of the topic's scale.
_NEW = 1.0
_OUTLETS = 0.5
_OWN_LANGUAGE = 0.5
_CENTRAL = 0.25
_NEAREST = 3
"""How many others an event is compared with to tell how central it is to the topic."""


@dataclass(frozen=True, slots=True)
class Development:
    """An event of a topic as articles begin with it, that which is told first.

    ``others``: those of its reports that state what the one told does; ``weight``: what speaks for it; ``moment``:
    when it was last reported, in seconds; ``native``: whether it is told in the topic's language.
    """

    reports: tuple[ArticleSentence, ...]
    others: tuple[ArticleSentence, ...]
    weight: float
    moment: float
    native: bool = True

    @property
    def told(self) -> ArticleSentence:
        """The report to be told."""
        return self.reports[0]

    def weighs(self, share: float, foreign: float, events: Sequence[Development]) -> bool:
        """Whether its weight is a ``share`` of the greatest of ``events``, or ``foreign`` if it isn't native."""
        greatest = max(one.weight for one in events)
        return self.weight >= min(greatest, (share if self.native else foreign) * greatest)


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

    Of several reports one in the topic's language is told, else in that of most articles: the newest, and of those
    of one moment that which is worth the most.
    """
    listed = [own[:_LOOKED_AT] for own in list(articles.values())[:_ARTICLES]]
    if not listed:
        return []
    worths = [worth(library, own) for own in listed]
    openings = [opening(own, telling(library, topic, own, each)) for own, each in zip(listed, worths, strict=True)]
    texts = [one.text for one in openings]
    vectors = library.vectors(texts)
    apart = library.calibration().apart.standards(vectors @ vectors.T)
    articles_alike = likeness(library, [(own[0].article, own[0].hit.passage) for own in listed])
    same = ((apart + articles_alike) / 2).astype(np.float32)
    days = np.array([_day(one) for one in openings])
    with np.errstate(invalid="ignore"):  # two without a day are not told apart by it
        apart_by = np.nan_to_num(np.abs(days[:, None] - days[None]), posinf=np.inf)
    same -= _A_DAY * np.minimum(apart_by, _DAYS)
    same[(apart_by > _DAYS) | _on_other_days(openings, listed)] = -np.inf
    scale = library.question_scale(topic)
    close = [scale.standard(one) for one in library.similarities(topic, texts)]
    language = question_language(topic) or Counter(one.article.language for one in openings).most_common(1)[0][0]
    moments = [moment(one) for one in openings]
    ages = sorted(set(moments))
    worthy = {one: float(each[own.index(one)]) for one, own, each in zip(openings, listed, worths, strict=True)}
    found = []
    for group in cluster(same, _SAME_NEWS):
        first, *rest = sorted(
            group,
            key=lambda n: (openings[n].article.language != language, -moments[n], -worthy[openings[n]]),
        )
        reports = [openings[first], *(openings[n] for n in rest)]
        stating = tuple(openings[n] for n in rest if _states(openings[n], openings[first], float(apart[first, n])))
        others = np.sort(np.delete(apart[group], group, axis=1), axis=1)[:, -_NEAREST:]
        weight = max(close[n] for n in group) + _OUTLETS * math.log2(
            max(1, len(outlets_of([one.article for one in reports])))
        )
        weight += _CENTRAL * float(others.mean()) if others.size else 0
        weight += _OWN_LANGUAGE * (reports[0].article.language == language)
        latest = max(moments[n] for n in group)
        weight += _NEW * ages.index(latest) / len(ages)
        native = reports[0].article.language == language
        found.append(Development(tuple(reports), stating, weight, latest, native))
    return [one for one in found if one.weighs(_LEAST, _LEAST_FOREIGN, found)]


def _on_other_days(
    openings: Sequence[ArticleSentence], listed: Sequence[Sequence[ArticleSentence]]
) -> npt.NDArray[np.bool_]:
    """Whether each two give days of which none is the other's: of ten such reports no two told one event.

    Where the opening gives none, it is the days of the article's first statements.
    """
    days = [
        news_days(one) or frozenset().union(*map(news_days, own[:_GIVE_DAYS]))
        for one, own in zip(openings, listed, strict=True)
    ]
    return np.array([[bool(one and other) and one.isdisjoint(other) for other in days] for one in days])


def _states(one: ArticleSentence, told: ArticleSentence, spreads: float) -> bool:
    """Whether ``one``, another report of an event, states what is ``told`` of it, so that it may be cited for it.

    Two sentences in two languages have hardly a word in common: there they must be nearer.
    """
    if one.article.language == told.article.language:
        return same_fact(one, told, spreads)
    return one.figures <= told.figures and spreads >= _SAME_NEWS


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
