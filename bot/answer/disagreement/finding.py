"""Finds where articles, or people in them, say things that cannot all be true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.answer.disagreement.accounts import Similarities, differing_accounts
from bot.answer.disagreement.rivals import SHARED, WholeText, disagree, share
from bot.answer.disagreement.statements import Statement
from bot.answer.evidence.attribution import Source, sources
from bot.answer.evidence.facts import content_words, language_of, stem
from bot.answer.evidence.wording import classes, has
from bot.answer.similarity import Vectors, cosines

MOST_SIDES = 4

_DAYS_OF_CHANGE = 3
"""Numbers reported so many days apart are taken to have changed."""

_SAME_THING = 0.86
"""Cosine of multilingual-e5-small from which two sentences may speak of one thing."""
_CHANGES = classes(
    en="so far,now,risen,rises,rose,climb*,latest,updated,revised,corrected,correction,initially,at first,earlier,"
    "previously,since then,no longer,toll,recovered,confirmed,postponed,rescheduled,moved to,new date,instead of",
    nl="inmiddels,opgelopen,nieuwste,bijgesteld,gecorrigeerd,eerder,aanvankelijk,dodental,uitgesteld,verplaatst",
    de="inzwischen,mittlerweile,gestiegen,aktualisiert,korrigiert,zunächst,zuvor,verschoben,bisher",
    es="hasta ahora,ya,aument*,asciende*,ascendió,actualiz*,corregi*,inicialmente,aplazad*,anteriormente",
    fr="désormais,bilan,alourdi,actualisé,corrigé,initialement,reporté",
)
"""Words of a report that replaces an earlier one."""
_TOLL = frozenset(
    map(
        stem,
        "dead killed died deaths injured wounded hurt missing hospitalised evacuated cases infected arrested "
        "detained displaced homeless rescued votes doden omgekomen gewonden vermisten tote verletzte vermisste "
        "muertos heridos desaparecidos morts blessés".split(),
    )
)
"""What is counted anew while a story goes on."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Contrast:
    """Statements that cannot all be true, the oldest first; each side may stand in several articles.

    ``superseded``: the sides are reports of one thing as it changed, so that the last is the state of things.
    """

    sides: tuple[tuple[Statement, ...], ...]
    superseded: bool


def answered_differently(
    question: str, known: Sequence[Statement], similarities: Similarities, vectors: Vectors, whole: WholeText
) -> Contrast | None:
    """Where the articles that ``known`` stand in answer ``question`` differently; see ``accounts``."""
    sides = [tuple(side) for side in differing_accounts(question, known, similarities, vectors, whole)]
    return _contrast(sides[:MOST_SIDES]) if sides else None


def _contrast(sides: Sequence[tuple[Statement, ...]]) -> Contrast:
    ordered = sorted(sides, key=lambda side: min(_moment(statement) for statement in side))
    return Contrast(tuple(ordered), _superseded(ordered))


def find_contrasts(
    cited: Sequence[Statement], others: Sequence[Statement], vectors: Vectors, whole: WholeText
) -> list[Contrast]:
    """Where one of ``others`` says something else than one of ``cited`` does; each disagreement once.

    ``vectors`` embeds texts, and ``whole`` gives the text of an article.
    """
    found: list[Contrast] = []
    told: set[tuple[str, str]] = set()
    for one in cited:
        against = [
            other
            for other in _apart(one, others)
            if (one.text, other.text) not in told and disagree(one, other, whole)
        ]
        if not against:
            continue
        close = cosines(vectors)(one.text, [other.text for other in against])
        ranked = sorted(zip(close, against, strict=True), key=lambda pair: -pair[0])
        near = [other for cosine, other in ranked if cosine >= _SAME_THING]
        if not near:
            continue
        sides = _sides(one, near, whole)
        told |= {
            (first.text, second.text) for side in combinations(sides, 2) for first in side[0] for second in side[1]
        }
        told |= {(second, first) for first, second in told}
        found.append(_contrast(sides))
    return found


def _apart(one: Statement, others: Sequence[Statement]) -> Iterator[Statement]:
    """Those of ``others`` in other articles, or in the same one by another speaker."""
    said_by = _said_by(one)
    for other in others:
        if other.article.id != one.article.id or (
            said_by and (theirs := _said_by(other)) and not theirs & said_by
        ):
            yield other


def _said_by(one: Statement) -> frozenset[str]:
    """What those who say it are recognised by; empty for what the article says itself."""
    named = [Source(one.speaker)] if one.speaker else sources(one.text)
    return frozenset().union(*(source.words for source in named))


def _sides(one: Statement, against: Sequence[Statement], whole: WholeText) -> list[tuple[Statement, ...]]:
    """Each thing said once, with all who say it; what agrees with a side joins it."""
    sides: list[list[Statement]] = [[one]]
    for other in against:
        side = next(
            (
                side
                for side in sides[1:]
                if not disagree(side[0], other, whole) and share(side[0], other) >= SHARED
            ),
            None,
        )
        if side is None and len(sides) < MOST_SIDES:
            sides.append([other])
        elif side is not None and all(other.article.id != known.article.id for known in side):
            side.append(other)
    return [tuple(side) for side in sides]


def _moment(one: Statement) -> tuple[float, str]:
    """When it was said; what has no date comes last."""
    return (one.published.timestamp() if one.published else float("inf"), one.article.id)


def _superseded(sides: Sequence[Sequence[Statement]]) -> bool:
    """Whether the last of ``sides`` came out later, and counts what changes or says that it changed.

    Claims of different speakers are opinions, however far apart.
    """
    first, last = sides[0][0], sides[-1][0]
    if not (first.published and last.published) or _moment(first)[0] >= _moment(last)[0]:
        return False
    if (ours := _said_by(first)) and (theirs := _said_by(last)) and not ours & theirs:
        return False
    if has(_CHANGES, last.text, language_of(last.text)):
        return True
    both = share(first, last) >= SHARED and first.figures != last.figures and bool(first.figures and last.figures)
    late = (last.published.date() - first.published.date()).days >= _DAYS_OF_CHANGE
    counted = all(set(content_words(side[0].text)) & _TOLL for side in sides)
    return both and (counted or late)
