"""A topic as it stands: the latest development first, then how it came to it, one point an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.similarity import likenesses
from bot.summary.choosing.standing import joint
from bot.summary.quoting import Point, rank_on_topic, same_fact, shortlist
from bot.summary.topic.beside import answered, corrections, is_correction, replies
from bot.summary.topic.developments import SAME_EVENT, Development, by_article, developments, moment
from index.library import Library

# Characters and sentences of a point with what stands beside it, and of its paragraph alone.
_LONGEST = 700
_MOST = 5
_PARAGRAPH = 400
_FIRST = 3


def choose_state(
    library: Library,
    topic: str,
    listed: Sequence[ArticleSentence],
    count: int,
    known: Sequence[ArticleSentence] = (),
) -> list[Point]:
    """Up to ``count`` points on ``topic``, the latest development first; none that ``known`` sentences state.

    Beside a claim stands the other party's answer, and beside what was reported wrongly its correction. Where
    there are fewer events than points, more is told of them.
    """
    articles = by_article(listed)
    events = [one for one in developments(library, topic, articles) if not _stated(library, one.told, known)]
    corrected = corrections(library, listed)
    plain = [one for one in events if not is_correction(articles[one.told.article.id])] or events
    answers = {one.told: answered(library, one.told, articles[one.told.article.id]) for one in plain}
    newest = max(plain, key=lambda one: one.moment, default=None)
    for reply, claim in replies(library, plain).items():
        first, second = (reply, claim) if reply is newest else (claim, reply)
        answers[first.told] = (*answers[first.told], second.told)
        plain = [one for one in plain if one is not second]
    chosen = _chosen(plain, answers, count)
    points = [Point(one.told, one.others, _fitting(one.told, answers[one.told])) for one in chosen]
    points[:1] = [_with_its_paragraph(one, articles[one.statement.article.id]) for one in points[:1]]
    points = [with_correction(point, corrected) for point in points]
    if len(points) < count:
        points += _more(library, topic, listed, points, known, corrected)[: count - len(points)]
    return sorted(points, key=lambda one: (-_moment(one.statement, chosen), *one.statement.order[1:]))


def _chosen(
    events: Sequence[Development], answers: Mapping[ArticleSentence, Sequence[ArticleSentence]], count: int
) -> list[Development]:
    """The latest event, that which most speaks for of those with two sides, and the weightiest of the others."""
    newest = max(events, key=lambda one: one.moment, default=None)
    ranked = sorted(events, key=lambda one: -one.weight)
    disputed = next((one for one in ranked if answers[one.told]), None)
    return list(dict.fromkeys(one for one in (newest, disputed, *ranked) if one))[:count]


def _moment(one: ArticleSentence, chosen: Sequence[Development]) -> float:
    """When a point's event was last reported: its own, or that with which its article begins."""
    return max((event.moment for event in chosen if one in event.reports), default=moment(one))


def _fitting(one: ArticleSentence, beside: Sequence[ArticleSentence]) -> tuple[ArticleSentence, ...]:
    fits = len(beside) < _MOST and sum(len(each.text) for each in (one, *beside)) <= _LONGEST
    return tuple(beside) if fits else ()


def _with_its_paragraph(point: Point, own: Sequence[ArticleSentence]) -> Point:
    """The latest development with the sentences that follow it in its paragraph, as far as there is room."""
    told = [point.statement]
    behind = own.index(point.statement) + 1
    for one in own[behind : behind + _FIRST - 1]:
        if not joint(told[-1], one) or sum(len(each.text) for each in (*told, one)) > _PARAGRAPH:
            break
        told.append(one)
    beside = [*told[1:], *(one for one in point.beside if one not in told)]
    return replace(point, beside=_fitting(point.statement, beside) or point.beside)


def with_correction(point: Point, corrected: Mapping[ArticleSentence, ArticleSentence]) -> Point:
    """``point`` with the correction of what its article reports, and of what its sentences say above all."""
    told = (point.statement, *point.beside)
    wrong = sorted(
        (one for one in corrected if one.article.id == point.statement.article.id), key=lambda one: one not in told
    )
    if not wrong:
        return point
    right = corrected[wrong[0]]
    beside = (*point.beside, *(() if wrong[0] in told or wrong[0].leans else (wrong[0],)), right)
    return Point(point.statement, point.others, beside)


def _more(
    library: Library,
    topic: str,
    listed: Sequence[ArticleSentence],
    points: Sequence[Point],
    known: Sequence[ArticleSentence],
    corrected: Mapping[ArticleSentence, ArticleSentence],
) -> list[Point]:
    """Facts that ``points`` don't tell, the most telling first; no corrections, nor what is corrected."""
    told = [one for point in points for one in (point.statement, *point.beside, *point.others)]
    found = []
    for point in rank_on_topic(library, topic, listed, known):
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


def _stated(library: Library, one: ArticleSentence, known: Sequence[ArticleSentence]) -> bool:
    """Whether one of the ``known`` sentences says it already."""
    near = shortlist("", known)
    if not near:
        return False
    spreads = likenesses(library, one.text, [other.text for other in near])
    return any(same_fact(other, one, like) for other, like in zip(near, spreads, strict=True))
