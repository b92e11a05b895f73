"""What is told beside a point: the other party's answer to a claim, and the correction of what was reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.similarity import likenesses
from bot.summary.choosing.roles import has_role, other_side
from bot.summary.choosing.standing import with_the_next
from bot.summary.topic.developments import Development
from index.library import Library

_NEARER = 0.5
"""How much nearer than the point a sentence must be to the answer, to be what is answered: in spreads of
passages that have nothing to do with each other."""
_CORRECTS = 2.0
"""The least nearness of a correction to what it corrects, in the same spreads."""
_ANSWERS = 3.0
"""The least nearness of a party's answer in another article to the claim that it answers, in the same spreads."""
_OPENING = 2


def answered(
    library: Library, one: ArticleSentence, own: Sequence[ArticleSentence]
) -> tuple[ArticleSentence, ...]:
    """The answer to ``one`` in its article, behind the claim that is answered, if that is another sentence.

    ``own`` are the article's statements in order. Nothing where only a sentence that isn't told would explain the
    answer.
    """
    answer = [] if is_answer(one) else other_side(library, own, one)
    if not answer:
        return ()
    before = list(own[own.index(one) : own.index(answer[0])])
    near = likenesses(library, " ".join(each.text for each in answer), [each.text for each in before])
    best = int(near.argmax())
    told = {0: one}
    if near[best] > near[0] + _NEARER and (not before[best].leans or best == 1):
        told[best] = before[best]
    if answer[0].leans and len(before) - 1 not in told:
        if before[-1].leans:
            return ()
        told[len(before) - 1] = before[-1]
    parts = [*(each for place, each in sorted(told.items()) if place), *answer]
    return tuple(parts) if all(each.speaker in (None, one.speaker) for each in parts) else ()


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
    """The corrections in ``listed``, each whole, by the statement of another article that it corrects.

    That is the nearest one from before that has the number which was wrong.
    """
    found: dict[ArticleSentence, ArticleSentence] = {}
    for one in listed:
        if not has_role(one, "correction") or not one.figures:
            continue
        wrong = [
            other
            for other in listed
            if other.article.id != one.article.id and other.order < one.order and other.figures & one.figures
            if not has_role(other, "correction")
        ]
        if not wrong:
            continue
        near = likenesses(library, one.text, [other.text for other in wrong])
        if near.max() >= _CORRECTS:
            found[wrong[int(near.argmax())]] = with_the_next(one)
    return found


def is_correction(own: Sequence[ArticleSentence]) -> bool:
    """Whether an article with the statements ``own`` corrects another one."""
    return any(has_role(one, "correction") for one in own[:_OPENING])
