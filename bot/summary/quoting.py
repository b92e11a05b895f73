"""Chooses the sentences of one or many articles that say the most together, each fact once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile

import numpy as np

from bot.answer.disagreement.statements import LONGEST_SENTENCE, ArticleSentence
from bot.answer.engines.engine import Claim, Draft
from bot.summary.choosing.introductions import introduced
from bot.summary.choosing.references import needed_before
from bot.summary.choosing.roles import chosen_by_role, has_role, other_side
from bot.summary.choosing.salience import Floats, by_words, diverse, salience, standardised
from bot.summary.choosing.standing import joint, turns_against
from bot.summary.choosing.turns import in_turn, same_fact
from bot.summary.choosing.voice import is_cut_off, is_item
from bot.summary.choosing.worth import worth
from index.library import Library

# Sentences whose vectors are compared: embedding them is what takes the time.
_COMPARED = 64
# In the standard deviations of salience: closeness to the topic, and what a sentence loses that leans on another.
_TOPIC = 1.5
_LEANS = 2.0
_CORROBORATING = 2
_MOSTLY = 0.5
"""Where more than this share of an article's statements stand alone, no others make its points."""


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence chosen, those of other articles that state the same, and what is to be told beside it."""

    statement: ArticleSentence
    others: tuple[ArticleSentence, ...] = ()
    beside: tuple[ArticleSentence, ...] = ()

    @property
    def draft(self) -> Draft:
        """The sentence, and what stands beside it, with the evidence, that of other articles included."""
        told = [self.statement]
        for one in self.beside:
            if gap := joint(told[-1], one):
                told[-1] = replace(told[-1], text=told[-1].text + gap + one.text)
            else:
                told.append(one)
        claims = tuple(Claim(one.hit.passage.id, one.text) for one in (*told, *self.others))
        return Draft(" ".join(one.text for one in told), claims, self.statement.speaker)


def choose_in_article(library: Library, listed: Sequence[ArticleSentence], count: int) -> list[Point]:
    """How the article begins and what says most of the rest, each fact once, in its order: ``count`` sentences.

    See ``chosen_by_role``.
    """
    if not listed:
        return []
    alone = np.array([_stands_alone(one) for one in listed])
    if alone.sum() < count and alone.sum() <= _MOSTLY * len(listed):
        alone[:] = True
    ranked = in_turn(library, listed, np.where(alone, worth(library, listed), -np.inf), count)
    ranked += [one for one in listed if _is_needed(one) and one not in ranked]
    answer = other_side(library, listed, ranked[0])
    if answer and answer[0] not in ranked and not any(has_role(one, "denial") for one in answer):
        answer = []  # it would tell again what is told
    choices = (
        introduced(listed, chosen_by_role(ranked, size, answer), ranked, answer)
        for size in range(count, 2 * count)
    )
    *_, points = takewhile(lambda told: len(told) <= count, (_points(chosen, count) for chosen in choices))
    points = points if count == 1 else _completed(points, listed)
    return _explained(points, listed)


def _stands_alone(one: ArticleSentence) -> bool:
    """Whether it is no item and no piece of a quotation: editors chose 3 of 143 such ones, and ruled out 112."""
    return not (is_item(one) or is_cut_off(one)) or _is_needed(one)


def _is_needed(one: ArticleSentence) -> bool:
    """Whether it is told whatever it repeats."""
    return has_role(one, "verdict") or has_role(one, "correction")


def _points(chosen: Sequence[ArticleSentence], count: int) -> list[Point]:
    """Points in the article's order: as many sentences as are too many for ``count`` run on behind another."""
    points: list[Point] = []
    spare = len(chosen) - count
    for one in sorted(chosen, key=lambda each: each.order):
        last = points[-1] if points else None
        if spare > 0 and last and not last.beside and _runs_on(last.statement, one):
            points[-1] = replace(last, beside=(one,))
            spare -= 1
        else:
            points.append(Point(one))
    return points


def _completed(points: Sequence[Point], own: Sequence[ArticleSentence]) -> list[Point]:
    """``points`` with the sentence that runs on behind a single one and turns against it: "But ..."."""
    told = [one for point in points for one in (point.statement, *point.beside)]
    follows = {before.text: after for before, after in pairwise(own)}

    def completed(point: Point) -> Point:
        after = follows.get(point.statement.text)
        if after is None or point.beside or not turns_against(after.text, after.article.language):
            return point
        known = any(after.text in one.text for one in told)
        return point if known or not _runs_on(point.statement, after) else replace(point, beside=(after,))

    return [completed(point) for point in points]


def _explained(points: Sequence[Point], own: Sequence[ArticleSentence]) -> list[Point]:
    """``points``, each behind the sentence that its opening points back at, where that stands alone."""
    told: list[ArticleSentence] = []
    explained = []
    for point in points:
        needed = needed_before(point.statement, own, told)
        if needed and goes_with(needed, point.statement):
            beside = (point.statement, *point.beside)
            whole = sum(len(one.text) for one in (needed, *beside)) <= LONGEST_SENTENCE
            point = replace(point, statement=needed, beside=beside if whole else beside[:1])
        told += (point.statement, *point.beside)
        explained.append(point)
    return explained


def goes_with(one: ArticleSentence, following: ArticleSentence) -> bool:
    """Whether two sentences are short together, and nobody's words become another's."""
    named = following.speaker == one.speaker or (not one.speaker and (following.speaker or "") in one.text)
    return named and len(one.text) + len(following.text) < LONGEST_SENTENCE


def _runs_on(one: ArticleSentence, following: ArticleSentence) -> bool:
    """Whether two sentences stand one behind the other and can be told together."""
    return bool(joint(one, following)) and goes_with(one, following)


def rank_in_article(library: Library, listed: Sequence[ArticleSentence]) -> list[ArticleSentence]:
    """The sentences of one article, that which is worth the most first."""
    if not listed:
        return []
    return [listed[index] for index in np.argsort(-worth(library, listed), kind="stable")]


def choose_on_topic(
    library: Library,
    topic: str,
    listed: Sequence[ArticleSentence],
    count: int,
    known: Sequence[ArticleSentence] = (),
) -> list[Point]:
    """Up to ``count`` facts on ``topic``, by date; none that ``known`` sentences state."""
    chosen = islice(rank_on_topic(library, topic, listed, known), count)
    return sorted(chosen, key=lambda point: point.statement.order)


def rank_on_topic(
    library: Library, topic: str, listed: Sequence[ArticleSentence], known: Sequence[ArticleSentence] = ()
) -> Iterator[Point]:
    """The facts on ``topic``, the most telling first; none that ``known`` sentences state.

    Each fact is quoted once, from the article that says it best, with the other articles that say it.
    """
    listed, known = shortlist(topic, listed), shortlist(topic, known)
    if not listed:
        return
    texts = [one.text for one in listed]
    vectors = library.vectors(texts)
    apart = library.calibration().apart
    spreads = apart.standards(vectors @ vectors.T)
    to_known = apart.standards(vectors @ library.vectors([one.text for one in known]).T) if known else None
    scores = salience(texts, vectors, np.array([one.place for one in listed], np.float32))
    scores += _TOPIC * standardised(np.array(library.similarities(topic, texts), np.float32))
    scores -= _LEANS * np.array([one.leans for one in listed], np.float32)
    told: list[int] = []
    for index in diverse(scores, vectors):
        one = listed[index]
        if any(same_fact(listed[other], one, spreads[index, other]) for other in told):
            continue
        if to_known is not None and any(same_fact(old, one, to_known[index, n]) for n, old in enumerate(known)):
            continue
        told.append(index)
        yield Point(one, _others(one, listed, spreads[index]))


def _others(
    one: ArticleSentence, listed: Sequence[ArticleSentence], spreads: Floats
) -> tuple[ArticleSentence, ...]:
    """Sentences of other articles that state the same, the closest first, one of an article."""
    same = [
        (float(like), other)
        for other, like in zip(listed, spreads, strict=True)
        if other.article.id != one.article.id and same_fact(one, other, like) and same_fact(other, one, like)
    ]
    closest = {other.article.id: other for _, other in sorted(same, key=lambda pair: pair[0])}
    return tuple(reversed(closest.values()))[:_CORROBORATING]


def shortlist(topic: str, listed: Sequence[ArticleSentence]) -> list[ArticleSentence]:
    """The sentences worth comparing: those that words and places speak for, and of each article its best one."""
    if len(listed) <= _COMPARED:
        return list(listed)
    places = np.array([one.place for one in listed], np.float32)
    asked = frozenset(word.casefold() for word in topic.split())
    scores = by_words([one.text for one in listed], places)
    scores += [len(asked & {word.casefold() for word in one.text.split()}) - _LEANS * one.leans for one in listed]
    ranked = [listed[index] for index in np.argsort(-scores, kind="stable")]
    firsts = {one.article.id: one for one in reversed(ranked)}
    best = [one for one in ranked if firsts[one.article.id] is one]
    rest = [one for one in ranked if firsts[one.article.id] is not one]
    return (best + rest)[:_COMPARED]
