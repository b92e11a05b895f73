"""What is told beside a point: the other party's answer to a claim, and the correction of what was reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.similarity import likenesses
from bot.summary.choosing.objections import objecting
from bot.summary.choosing.references import needed_before, points_back
from bot.summary.choosing.roles import has_role
from bot.summary.choosing.standing import joint, turns_against, with_the_next
from bot.summary.choosing.voice import is_cut_off, is_item
from bot.summary.topic.developments import Development
from index.embedding.roles import ROLES
from index.library import Library

# A logistic model of whether a statement behind a point is one that editors wanted beside it: of what it means
# (``objecting``) and how near it is to the point, the logarithm of how far behind it stands, and two signs in its
# words. Fitted to 165 points of 20 topics while another model of the same kind told what it means, and scaled to
# this one.
_BEHIND = 15
_MEANING = 0.85
_NEARNESS = 0.15
_FARTHER = 0.8
_TURNS = 0.9
_DENIES = 1.75
_BIAS = -2.4
_LEAST = -1.5
"""The least log-odds. With that other model 94 points of topics that were not fitted had something beside them, 31
of them what editors wanted; with rules for who is named, quotes and denies 50, 15 of them that."""
_CORRECTS = 2.0
"""The least nearness of a correction to what it corrects, in the same spreads."""
_ANSWERS = 3.0
"""The least nearness of a party's answer in another article to the claim that it answers, in the same spreads."""
_OPENING = 2
_WORDS = frozenset({1.0})
"""A number that is a word as often: "une version", "for the first time"."""


def answered(
    library: Library, one: ArticleSentence, own: Sequence[ArticleSentence]
) -> tuple[ArticleSentence, ...]:
    """What stands against ``one``, or limits it, in its article ``own`` (its statements in order).

    With the sentence that explains it, if it needs one; nothing where that doesn't stand alone.
    """
    first = own.index(one) + 1
    behind = own[first : first + _BEHIND]
    if not behind or is_answer(one):
        return ()
    signs = objecting(library, own[: first + _BEHIND])[first:]
    signs = _BIAS + _MEANING * signs + _NEARNESS * likenesses(library, one.text, [each.text for each in behind])
    signs -= _FARTHER * np.log1p(np.arange(len(behind)))
    signs += [_TURNS * turns_against(each.text, each.article.language) for each in behind]
    signs += [_DENIES * has_role(each, "denial") for each in behind]
    dangling = library.roles([each.text for each in behind])[:, ROLES.index("dangling")] > 0
    for place in np.argsort(-signs):
        answer = behind[place]
        if signs[place] < _LEAST:
            break
        if answer.speaker not in (None, one.speaker) or is_item(answer) or is_cut_off(answer):
            continue
        if place and dangling[place] and not is_answer(answer):
            continue  # more likely than not, only a sentence that isn't told explains it
        told = _explained(answer, own, one)
        if not told or any(each.speaker not in (None, one.speaker) for each in told):
            continue
        for after in behind[place + 1 : place + 2]:
            goes_on = is_answer(answer) or signs[place + 1] >= _LEAST
            told += [after] if goes_on and joint(answer, after) and after.speaker in (None, one.speaker) else []
        return tuple(told)
    return ()


def _explained(
    answer: ArticleSentence, own: Sequence[ArticleSentence], one: ArticleSentence
) -> list[ArticleSentence]:
    """``answer`` behind the sentence that it needs to be understood; nothing if that is not told and can't be."""
    before = own[own.index(answer) - 1]
    if before is one or not points_back(answer, one.words):
        return [answer]
    if is_answer(answer):  # that which is claimed before
        return [answer] if not answer.leans else [] if before.leans else [before, answer]
    needed = needed_before(answer, own, [one])
    return [needed, answer] if needed and needed.order > one.order else []


def replies(library: Library, events: Sequence[Development]) -> dict[Development, Development]:
    """For each of ``events`` that is a party's answer, the claim which it answers: the nearest one from before."""
    own_words = [one for one in events if not one.told.speaker]
    claims = [one for one in own_words if not is_answer(one.told)]
    found: dict[Development, Development] = {}
    for reply in own_words:
        before = [one for one in claims if one.moment <= reply.moment and one not in found.values()]
        if not is_answer(reply.told) or not before:
            continue
        near = likenesses(library, reply.told.text, [one.told.text for one in before])
        if near.max() >= _ANSWERS:
            found[reply] = before[int(near.argmax())]
    return found


def is_answer(one: ArticleSentence) -> bool:
    """Whether a sentence tells what a party says against something, or that it says nothing."""
    return has_role(one, "denial") or has_role(one, "no_comment")


def corrections(library: Library, listed: Sequence[ArticleSentence]) -> Mapping[ArticleSentence, ArticleSentence]:
    """The corrections in ``listed``, each whole, by the statement that it corrects.

    That is the nearest one of the articles from before that has the number which was wrong; or else one before it
    in its own article that has the right number: an earlier version was wrong.
    """
    found: dict[ArticleSentence, ArticleSentence] = {}
    for one in listed:
        if not has_role(one, "correction") or not one.figures - _WORDS:
            continue
        whole = with_the_next(one)
        right = whole.figures - one.figures
        before = [each for each in listed if each.order < one.order and not has_role(each, "correction")]
        others = [each for each in before if each.article.id != one.article.id]
        wrong = _corrected(library, one, others, one.figures - _WORDS - right)
        own = [each for each in before if each.article.id == one.article.id]
        if wrong := wrong or _corrected(library, whole, own, right - _WORDS):
            found[wrong] = whole
    return found


def _corrected(
    library: Library, one: ArticleSentence, before: Sequence[ArticleSentence], figures: frozenset[float]
) -> ArticleSentence | None:
    """Of the statements ``before`` that have one of the ``figures``, the nearest to the correction ``one``."""
    having = [each for each in before if each.figures & figures]
    if not having:
        return None
    near = likenesses(library, one.text, [each.text for each in having])
    return having[int(near.argmax())] if near.max() >= _CORRECTS else None


def is_correction(own: Sequence[ArticleSentence]) -> bool:
    """Whether an article with the statements ``own`` corrects another one."""
    return any(has_role(one, "correction") for one in own[:_OPENING])
