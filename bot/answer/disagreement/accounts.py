"""What each article answers to a question, and where two of the answers differ.

Longer reports tell one thing in words of their own: "Fourteen passengers were hurt", "By the count of the
hospital, 23 people were injured". Such sentences have little in common with each other, but each of them is the
one of its article that answers the question. So each article about what the question names is asked on its own,
in the question's words without its names, which the sentence that answers seldom repeats. Its answer, the closest
sentence that gives the kind of fact asked for, is compared with those of the others. Questions that ask for no
plain kind of fact have no accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.answer.disagreement.phrases import Articles
from bot.answer.disagreement.rivals import WholeText, far_apart, of_other_times, of_others
from bot.answer.disagreement.statements import Statement
from bot.answer.disagreement.story import name_keys, of_another, tells_of
from bot.answer.disagreement.values import KINDS, Kind
from bot.answer.evidence.facts import language_of, names
from bot.answer.question.asking import asked_for, without_names
from bot.answer.similarity import Vectors, cosines

Similarities = Callable[[str, Sequence[str]], list[float]]
"""The cosine (-1..1) of each text to a question."""

_CLOSE = 0.74
"""The least cosine of multilingual-e5-small between what a question asks and a sentence that answers it."""
_VERY_CLOSE = 0.78
"""The same in an article that doesn't name what the question does."""
_FIRST = 3
"""Articles, of those found, that may do so: the second report of a thing is seldom far behind the first."""
_MORE_ALIKE = 0.865
"""The least cosine of multilingual-e5-small between two sentences that answer one question which names nothing, or
are in articles that came out more than ``_SOON`` days apart, which seldom tell of one event."""
_SOON = 7
_NEAR = 0.1
"""How much less close to the question a sentence may be that also answers it."""
_NEXT = 0.12
"""How much less close to it the answer of another article may be."""


@dataclass(frozen=True, slots=True)
class _Account:
    """The sentence by which an article answers, and what it gives of the kind of fact asked for.

    ``given``: all that the article gives of that kind in sentences nearly as close. ``named``: the article has
    what the question names.
    """

    statement: Statement
    value: Any
    score: float
    given: Sequence[Any]
    named: bool


def differing_accounts(
    question: str, known: Sequence[Statement], similarities: Similarities, vectors: Vectors, whole: WholeText
) -> list[list[Statement]]:
    """The sentences by which articles answer ``question``, those that agree together; empty if none differ.

    The first side has the answer closest to the question; what can't be compared with it is left out.
    """
    kind = KINDS.get(asked_for(question) or "")
    if kind is None:
        return []
    nameless = without_names(question)
    found = []
    for rank, article in enumerate(dict.fromkeys(one.article.id for one in known)):
        named = tells_of(question, whole(article))
        own = [one for one in known if one.article.id == article] if named or rank < _FIRST else []
        if account := _account(question, nameless, own, similarities, kind, named=named):
            found.append(account)
    sides: list[list[_Account]] = []
    closest = max((account.score for account in found), default=0.0)
    found = [account for account in found if account.score >= closest - _NEXT]
    for account in sorted(found, key=lambda one: (not one.named, -one.score)):
        differing = [_differ(question, side[0], account, kind, vectors, whole) for side in sides]
        if False in differing:
            sides[differing.index(False)].append(account)
        elif all(differing):
            sides.append([account])
    return [[account.statement for account in side] for side in sides] if len(sides) > 1 else []


def _account(
    question: str,
    nameless: str,
    own: Sequence[Statement],
    similarities: Similarities,
    kind: Kind[Any],
    *,
    named: bool,
) -> _Account | None:
    """The answer of one article, whose sentences are ``own``; see ``_Account`` for ``named``.

    ``nameless`` is the question without its names.
    """
    read = [(one, value, fit) for one in own for value, fit in kind.read(question, one)]
    close = similarities(nameless, [one.text for one, _, _ in read])
    scores = [cosine + fit for cosine, (_, _, fit) in zip(close, read, strict=True)]
    if not scores or max(scores) < (_CLOSE if named else _VERY_CLOSE):
        return None
    statement, value, _ = read[scores.index(max(scores))]
    if of_another(question, statement.text):
        return None
    near = [value for (_, value, _), score in zip(read, scores, strict=True) if score >= max(scores) - _NEAR]
    return _Account(statement, value, max(scores), near, named)


def _differ(
    question: str, one: _Account, other: _Account, kind: Kind[Any], vectors: Vectors, whole: WholeText
) -> bool | None:
    """Whether two articles answer differently; None if their answers can't be compared."""
    first, second = one.statement, other.statement
    if (
        first.article.language != second.article.language
        or far_apart(first, second)
        or of_other_times(first, second)
        or (not (one.named and other.named) and _in_the_place_of(question, first, second, whole))
        or _likeness(vectors, first.text, second.text) < _needed_likeness(question, first, second, kind)
    ):
        return None
    articles = Articles(whole(first.article.id), whole(second.article.id), partial(_likeness, vectors))
    same = kind.same(one.value, other.value, articles)
    if same is not False:
        return None if same is None else False
    turned = Articles(articles.there, articles.here, articles.cosine)
    told = any(kind.same(one.value, value, articles) for value in other.given) or any(
        kind.same(other.value, value, turned) for value in one.given
    )
    return None if told and kind.once else True


def _in_the_place_of(question: str, one: Statement, other: Statement, whole: WholeText) -> bool:
    """Whether one sentence names what the question does, and the other one others instead."""
    return bool(name_keys(question) & (name_keys(one.text) | name_keys(other.text))) and of_others(
        one, other, whole
    )


def _needed_likeness(question: str, one: Statement, other: Statement, kind: Kind[Any]) -> float:
    """The least cosine between sentences of two articles that may tell of one event."""
    if not names(question, language_of(question)):
        return _MORE_ALIKE
    if one.published is None or other.published is None:
        return kind.alike
    days = abs((one.published.date() - other.published.date()).days)
    return kind.alike if days <= _SOON else _MORE_ALIKE


def _likeness(vectors: Vectors, one: str, other: str) -> float:
    return cosines(vectors)(one, [other])[0]
