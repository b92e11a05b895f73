"""What more is told of a topic that has fewer events than its summary has points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.similarity import likenesses
from bot.summary.choosing.introductions import calls_unknown
from bot.summary.choosing.references import goes_on_alone, needed_before
from bot.summary.choosing.turns import same_fact, says_again
from bot.summary.choosing.worth import worth
from bot.summary.quoting import Point, goes_with, rank_on_topic
from bot.summary.topic.developments import SAME_EVENT
from index.library import Library

_WORTHY = 0.5
"""Of an article's statements so many may be told where there are too few events: those worth the most."""


def further_facts(
    library: Library,
    topic: str,
    kept: Sequence[Sequence[ArticleSentence]],
    points: Sequence[Point],
    reported: Sequence[ArticleSentence],
    known: Sequence[ArticleSentence],
    corrected: Mapping[ArticleSentence, ArticleSentence],
) -> list[Point]:
    """Facts of the articles ``kept`` that neither ``points`` tell nor other reports of their events.

    The most telling first; no corrections, nor what is corrected.
    """
    told = [*reported, *(one for point in points for one in (point.statement, *point.beside))]
    found = []
    for point in rank_on_topic(library, topic, _worthy(library, kept), known):
        one = point.statement
        if one in told or one in corrected or one in corrected.values():
            continue
        if told:
            spreads = likenesses(library, one.text, [other.text for other in told])
            same = (same_fact(other, one, like) for other, like in zip(told, spreads, strict=True))
            if spreads.max() >= SAME_EVENT or any(same):
                continue
        found.append(point)
    return found


def told_more(
    more: Sequence[Point], points: Sequence[Point], articles: Mapping[str, Sequence[ArticleSentence]]
) -> list[Point]:
    """``more`` points without those that tell hardly more than the ``points``, and those taken before them, do.

    Nor those that call somebody by a surname though nothing told has the full name, or point back at what can't be
    told before them.
    """
    told = [one for point in points for one in (point.statement, *point.beside)]
    words = frozenset().union(*(one.words for one in told))
    found = []
    for point in more:
        one, own = point.statement, articles[point.statement.article.id]
        if says_again(one, told, words) or calls_unknown(one, own, told):
            continue
        before = needed_before(one, own, told)
        if before and goes_with(before, one) and not calls_unknown(before, own, told):
            point = Point(before, beside=(one,))
        elif goes_on_alone(one, own, told):
            continue
        found.append(point)
        told += [point.statement, *point.beside]
        words = words.union(*(each.words for each in (point.statement, *point.beside)))
    return found


def _worthy(library: Library, articles: Sequence[Sequence[ArticleSentence]]) -> list[ArticleSentence]:
    """Of each article the half of its statements that is worth the most."""
    found = []
    for own in articles:
        worths = worth(library, own)
        least = float(np.quantile(worths, _WORTHY))
        found += [one for one, each in zip(own, worths, strict=True) if each >= least]
    return found
