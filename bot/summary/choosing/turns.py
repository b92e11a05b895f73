"""The order in which an article's sentences are taken: each once, and what an editor would take with those before.

Sentences that say again what those before them, or the title, have said are left out: of the pairs that editors
chose for one summary (``benchmarks/editors_choice.py``), 2.8 in a hundred have more words in common than may be.
Of the others that one is next which an editor would most likely take next: a conditional logit model (McFadden
1974) of a sentence's worth and of what it is to those taken, fitted to the order in which editors took theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.content import content_words
from bot.summary.choosing.salience import Floats
from index.embedding.roles import ROLES
from index.library import Library

_NEW = ("other side", "limit", "next step", "outcome")
"""Roles that are worth more while nothing taken has them."""
TURNS = (
    "likeness to the nearest one taken",
    "words of the nearest one taken",
    "words told",
    "words that left-out ones have brought up",
    "right behind one taken",
    *(f"first with the role {name}" for name in _NEW),
)
TURN_WEIGHTS = np.array([0.105, -0.228, -0.906, -2.404, 0.992, 1.902, 1.541, 1.495, 0.316], np.float32)

_UNEXPLAINED = 1.0
"""What a sentence loses, in log-odds, that surely can't be understood alone and isn't right behind one taken. Of
what editors chose it costs nothing (.517 instead of .518), and of five sentences .07 instead of .10 are not
explained."""
_FIRST = 8
"""The first one taken is one of so many at the beginning: it tells the news oftener (.820 instead of .812)."""
_SHARED = 0.4
"""The share of the shorter one's words that two points have in common at most."""
_TOLD = 0.5
"""The share of a point's words which the title and all points before it have at most."""
_SAME_WORDS = 0.7
_SOME_WORDS = 0.4
_SAME_MEANING = 6.5
"""Spreads above texts that have nothing to do with each other: a cosine of .94 or so with the built-in model."""


class Turns:
    """What each of an article's statements (in order) is to those that are taken."""

    def __init__(self, library: Library, own: Sequence[ArticleSentence]) -> None:
        texts = [one.text for one in own]
        self.vectors = library.vectors(texts)
        self._mean, self._spread = _of_pairs(self.vectors)
        self._words = [one.words for one in own]
        self._title = frozenset(content_words(own[0].article.title)) if own else frozenset()
        self._brought = _brought_up(own)

    def features(self, taken: Sequence[int], roles: Floats) -> Floats:
        """``TURNS`` of each statement, when those with the numbers ``taken`` are: (statements, features).

        ``roles``: the log-odds of each statement's roles, as ``Library.roles`` tells them.
        """
        has = _likely(roles[:, [ROLES.index(name) for name in _NEW]])
        told = [self._words[number] for number in taken]
        known = self._title.union(*told)
        columns = np.array(
            [
                (
                    max((len(words & each) / (min(len(words), len(each)) or 1) for each in told), default=0),
                    len(words & known) / (len(words) or 1),
                    self._unknown(number, taken),
                    number - 1 in taken,
                )
                for number, words in enumerate(self._words)
            ],
            np.float32,
        )
        nearest = np.zeros(len(columns), np.float32)
        if taken:
            cosines = self.vectors @ self.vectors[list(taken)].T
            nearest = (cosines.max(axis=1) - self._mean) / self._spread
        new = has * (1 - has[list(taken)].max(axis=0, initial=0))
        return np.hstack([nearest[:, None], columns, new])

    def _unknown(self, number: int, taken: Sequence[int]) -> float:
        """The share of a statement's words that were brought up before it, in none of those ``taken``."""
        known = self._title.union(*(self._words[other] for other in taken if other < number))
        return len(self._brought[number] - known) / (len(self._words[number]) or 1)


def in_turn(library: Library, own: Sequence[ArticleSentence], worths: Floats, count: int) -> list[ArticleSentence]:
    """``own`` (an article's statements in order, with their ``worths``) as an editor would take them.

    What has a worth of minus infinity is left out, and what tells hardly more than the title and the first
    ``count``.
    """
    roles = library.roles([one.text for one in own])
    dangling = _likely(roles[:, ROLES.index("dangling")]) if roles.any() else np.zeros(len(own), np.float32)
    turns = Turns(library, own)
    apart = library.calibration().apart
    told = frozenset(content_words(own[0].article.title))
    left = [int(number) for number in (-worths).argsort(kind="stable") if np.isfinite(worths[number])]
    taken: list[int] = []
    while left and len(taken) < count:
        gains = worths + turns.features(taken, roles) @ TURN_WEIGHTS
        gains -= _UNEXPLAINED * dangling * [number - 1 not in taken for number in range(len(own))]
        among = left if taken else [number for number in left if number < _FIRST] or left
        last = max(among, key=lambda number: float(gains[number]))
        taken.append(last)
        told |= own[last].words
        alike = apart.standards(turns.vectors @ turns.vectors[last])
        left = [
            number
            for number in left
            if number != last
            and not says_again(own[number], own[last : last + 1], told)
            and not same_fact(own[last], own[number], float(alike[number]))
        ]
    return [own[number] for number in (*taken, *left)]


def _of_pairs(vectors: Floats) -> tuple[float, float]:
    """The mean of the cosines of each two of ``vectors`` of length 1, and their standard deviation."""
    count = len(vectors)
    pairs = count * (count - 1)
    if not pairs:
        return 0.0, 1.0
    mean = (float((vectors.sum(axis=0) ** 2).sum()) - count) / pairs
    square = (float(((vectors.T @ vectors) ** 2).sum()) - count) / pairs
    return mean, max(square - mean**2, 0) ** 0.5 + 1e-9


def _likely(odds: Floats) -> Floats:
    """The likelihoods (0..1) with these log-odds."""
    return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


def says_again(one: ArticleSentence, told: Sequence[ArticleSentence], words: AbstractSet[str]) -> bool:
    """Whether ``one`` has hardly other words than one of those ``told``, or than ``words``, all that are told."""
    return len(one.words & words) > _TOLD * len(one.words) or any(
        len(one.words & each.words) > _SHARED * min(len(one.words), len(each.words)) for each in told
    )


def _brought_up(own: Sequence[ArticleSentence]) -> list[frozenset[str]]:
    """Of each statement, the words that the statements before it have had."""
    before: frozenset[str] = frozenset()
    found = []
    for one in own:
        found.append(one.words & before)
        before |= one.words
    return found


def same_fact(one: ArticleSentence, other: ArticleSentence, spreads: float) -> bool:
    """Whether ``other`` tells nothing that ``one`` doesn't: with another number it is another fact.

    ``spreads``: how like they are, on the scale ``Calibration.apart``.
    """
    if one.figures != other.figures and not (other.figures < one.figures):
        return False
    shorter = min(len(one.words), len(other.words)) or 1
    shared = len(one.words & other.words) / shorter
    return shared >= _SAME_WORDS or (spreads >= _SAME_MEANING and shared >= _SOME_WORDS)
