"""A topic as it stands: the latest development first, then how it came to it, one point an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.similarity import likenesses
from bot.summary.choosing.introductions import introducing
from bot.summary.choosing.roles import has_role
from bot.summary.choosing.standing import joint
from bot.summary.choosing.turns import same_fact
from bot.summary.quoting import Point, choose_in_article, shortlist
from bot.summary.topic.beside import answered, corrections, is_correction, replies
from bot.summary.topic.developments import Development, by_article, developments, moment
from bot.summary.topic.further import further_facts, told_more
from index.library import Library

# Characters and sentences of a point with what stands beside it, and of its paragraph alone.
_LONGEST = 700
_MOST = 5
_PARAGRAPH = 400
_FIRST = 3
_SURE = 0.55
_SURE_FOREIGN = 0.25
"""The least weight of the latest development, beside that of the weightiest event. See ``developments._LEAST``."""


def choose_state(
    library: Library,
    topic: str,
    listed: Sequence[ArticleSentence],
    count: int,
    known: Sequence[ArticleSentence] = (),
) -> list[Point]:
    """Up to ``count`` points on ``topic``, the latest development first; none that ``known`` sentences state.

    Beside a claim stands the other party's answer, and beside what was reported wrongly its correction. Where
    there are fewer events than points, more is told of them. A single article is told as its summary tells it.
    """
    articles = by_article(listed)
    if len(articles) == 1 and not known:
        return choose_in_article(library, next(iter(articles.values())), count)
    events = [one for one in developments(library, topic, articles) if not _stated(library, one.told, known)]
    corrected = corrections(library, listed)
    plain = [one for one in events if not is_correction(articles[one.told.article.id])] or events
    answers = {one.told: answered(library, one.told, articles[one.told.article.id]) for one in plain}
    newest = _newest(plain)
    plain = [one for one in plain if newest is None or one.moment <= newest.moment]
    for reply, claim in replies(library, plain).items():
        first, second = (reply, claim) if reply is newest else (claim, reply)
        answers[first.told] = (*answers[first.told], second.told)
        plain = [one for one in plain if one is not second]
    chosen = _chosen(plain, answers, count)
    points = [_in_order(Point(one.told, one.others, _fitting(one.told, answers[one.told]))) for one in chosen]
    points[:1] = [_with_its_paragraph(one, articles[one.statement.article.id]) for one in points[:1]]
    points = [with_correction(point, corrected) for point in points]
    if len(points) < count:
        kept = [articles[key] for key in dict.fromkeys(one.article.id for event in plain for one in event.reports)]
        reported = [one for event in chosen for one in event.reports]
        more = further_facts(library, topic, kept, points, reported, known, corrected)
        further = told_more(more, points, articles)[: count - len(points)]
        for one in further:
            told = [each for point in (*points, *further) for each in (point.statement, *point.beside)]
            points.append(_with_its_answer(library, one, articles[one.statement.article.id], told))
    older = sorted(points[1:], key=lambda one: (-_moment(one.statement, chosen), *one.statement.order[1:]))
    return _introduced([*points[:1], *older], articles)


def _chosen(
    events: Sequence[Development], answers: Mapping[ArticleSentence, Sequence[ArticleSentence]], count: int
) -> list[Development]:
    """The latest event, that which most speaks for of those with two sides, and the weightiest of the others.

    Of those with two sides one in which the one denies the other in so many words goes before.
    """
    newest = _newest(events)
    ranked = sorted(events, key=lambda one: -one.weight)
    disputed = next((one for one in ranked if any(has_role(each, "denial") for each in answers[one.told])), None)
    disputed = disputed or next((one for one in ranked if answers[one.told]), None)
    return list(dict.fromkeys(one for one in (newest, disputed, *ranked) if one))[:count]


def _newest(events: Sequence[Development]) -> Development | None:
    """The latest of ``events`` that is surely about the topic; of those reported at one moment the weightiest."""
    sure = [one for one in events if one.weighs(_SURE, _SURE_FOREIGN, events)]
    return max(sure, key=lambda one: (one.moment, one.weight), default=None)


def _moment(one: ArticleSentence, chosen: Sequence[Development]) -> float:
    """When a point's event was last reported: its own, or that with which its article begins."""
    own = (
        event.moment for event in chosen if any(one.article.id == report.article.id for report in event.reports)
    )
    return max(own, default=moment(one))


def _fitting(one: ArticleSentence, beside: Sequence[ArticleSentence]) -> tuple[ArticleSentence, ...]:
    fits = len(beside) < _MOST and sum(len(each.text) for each in (one, *beside)) <= _LONGEST
    return tuple(beside) if fits else ()


def _in_order(point: Point) -> Point:
    """``point`` with its sentences as they stand in their article, if they are all of one."""
    told = sorted((point.statement, *point.beside), key=lambda one: one.order)
    return replace(point, statement=told[0], beside=tuple(told[1:])) if _of_one_article(told) else point


def _of_one_article(told: Sequence[ArticleSentence]) -> bool:
    return len({one.article.id for one in told}) == 1


def _with_its_answer(
    library: Library, point: Point, own: Sequence[ArticleSentence], told: Sequence[ArticleSentence]
) -> Point:
    """``point`` with what stands against it or limits it, unless that is ``told``."""
    answer = answered(library, point.statement, own)
    return (
        point
        if point.beside or any(one in told for one in answer)
        else replace(point, beside=_fitting(point.statement, answer))
    )


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
    """``point`` with the correction of what its article reports, and of what its sentences say above all.

    What an article says of its own earlier version matters only if the point tells it.
    """
    told = (point.statement, *point.beside)
    own = [one for one in corrected if one.article.id == point.statement.article.id]
    wrong = sorted(
        (one for one in own if one in told or corrected[one].article.id != one.article.id),
        key=lambda one: one not in told,
    )
    if not wrong:
        return point
    right = corrected[wrong[0]]
    beside = (*point.beside, *(() if wrong[0] in told or wrong[0].leans else (wrong[0],)), right)
    return Point(point.statement, point.others, beside)


def _introduced(points: Sequence[Point], articles: Mapping[str, Sequence[ArticleSentence]]) -> list[Point]:
    """``points`` behind the sentences that introduce whom they call by a surname, where there is room."""
    told: list[ArticleSentence] = []
    found = []
    for point in points:
        own = articles[point.statement.article.id]
        first = introducing(point.statement, own, told)
        if first and not point.others and _fitting(first[0], [*first[1:], point.statement, *point.beside]):
            point = Point(first[0], (), (*first[1:], point.statement, *point.beside))
        found.append(point)
        told += [point.statement, *point.beside]
    return found


def _stated(library: Library, one: ArticleSentence, known: Sequence[ArticleSentence]) -> bool:
    """Whether one of the ``known`` sentences says it already."""
    near = shortlist("", known)
    if not near:
        return False
    spreads = likenesses(library, one.text, [other.text for other in near])
    return any(same_fact(other, one, like) for other, like in zip(near, spreads, strict=True))
