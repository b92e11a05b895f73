"""What each article answers to a question, and where two of the answers differ.

Longer reports tell one thing in words of their own: "Fourteen passengers were hurt", "By the count of the
hospital, 23 people were injured". Such sentences have little in common with each other, but each of them is the
one of its article that answers the question. So each article about what the question names is asked on its own,
and its answer, the sentence closest to the question that has the kind of fact asked for, is compared with those of
the others. Questions that ask for no plain kind of fact have no accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.answer.check import Vectors
from bot.answer.phrases import Articles
from bot.answer.rivals import WholeText, asked_for, far_apart, of_other_times
from bot.answer.statements import Statement
from bot.answer.story import of_another, tells_of
from bot.answer.values import KINDS, Kind

Similarities = Callable[[str, Sequence[str]], list[float]]
"""The cosine (-1..1) of each text to a question."""

_CLOSE = 0.77
"""The least cosine of multilingual-e5-small between a question and a sentence that answers it."""
_ALIKE = 0.82
"""The least cosine of multilingual-e5-small between two sentences that answer one question."""


@dataclass(frozen=True, slots=True)
class _Account:
    """The sentence by which an article answers, and what it gives of the kind of fact asked for."""

    statement: Statement
    value: Any
    cosine: float


def differing_accounts(
    question: str, known: Sequence[Statement], similarities: Similarities, vectors: Vectors, whole: WholeText
) -> list[list[Statement]]:
    """The sentences by which articles answer ``question``, those that agree together; empty if none differ.

    The first side has the answer closest to the question; what can't be compared with it is left out.
    """
    kind = KINDS.get(asked_for(question) or "")
    if kind is None:
        return []
    articles = [
        article for article in dict.fromkeys(one.article.id for one in known) if tells_of(question, whole(article))
    ]
    found = [
        account
        for article in articles
        if (account := _account(question, [one for one in known if one.article.id == article], similarities, kind))
    ]
    sides: list[list[_Account]] = []
    for account in sorted(found, key=lambda one: -one.cosine):
        differing = [_differ(side[0], account, kind, vectors, whole) for side in sides]
        if False in differing:
            sides[differing.index(False)].append(account)
        elif all(differing):
            sides.append([account])
    return [[account.statement for account in side] for side in sides] if len(sides) > 1 else []


def _account(
    question: str, own: Sequence[Statement], similarities: Similarities, kind: Kind[Any]
) -> _Account | None:
    """The answer of one article, whose sentences are ``own``."""
    giving = [
        (one, value)
        for one in own
        if (value := kind.read(question, one)) is not None and not of_another(question, one.text)
    ]
    cosines = similarities(question, [one.text for one, _ in giving])
    best = max(zip(cosines, giving, strict=True), key=lambda pair: pair[0] + kind.bonus(pair[1][1]), default=None)
    return _Account(*best[1], best[0]) if best and best[0] >= _CLOSE else None


def _differ(one: _Account, other: _Account, kind: Kind[Any], vectors: Vectors, whole: WholeText) -> bool | None:
    """Whether two articles answer differently; None if their answers can't be compared."""
    first, second = one.statement, other.statement
    if (
        first.article.language != second.article.language
        or far_apart(first, second)
        or of_other_times(first, second)
        or _likeness(vectors, first.text, second.text) < _ALIKE
    ):
        return None
    here, there = whole(first.article.id), whole(second.article.id)
    return kind.differ(one.value, other.value, Articles(here, there, partial(_likeness, vectors)))


def _likeness(vectors: Vectors, one: str, other: str) -> float:
    compared = vectors([one, other])
    return float(compared[0] @ compared[1])
