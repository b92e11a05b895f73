"""The models that choose a summary's sentences, fitted to what editors chose: roles, then what is taken next."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.gate import Numbers, fit
from bot.answer.disagreement.statements import ArticleSentence
from bot.summary.choosing.salience import Floats
from bot.summary.choosing.turns import Turns
from bot.summary.choosing.worth import FEATURES
from index.embedding.roles import ROLES

FOLDS = 5
_ALSO = 0.5
"""What a sentence that would do as well counts, where a chosen one counts 1."""
_ROLE_RIDGE = 0.003
_RIDGE = 10.0
_STEPS = 12
_MISLEADING = 2.0
"""What a choice weighs without which a summary would mislead, if it is not the news itself."""
_PLAIN = len(FEATURES) - len(ROLES)


Turn = tuple[Numbers, float]
"""The features of what was taken and of what might have been, in rows, and what the choice weighs."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An article's statements, what is known of them, and what editors said of them, by number.

    ``chosen`` the most important first. ``roles`` are the numbers of those that have each of ``ROLES``, None if
    nobody was asked; ``misleading`` are chosen ones that must not be missing.
    """

    own: list[ArticleSentence]
    features: Floats
    vectors: Floats
    turns: Turns
    chosen: tuple[int, ...]
    also: frozenset[int]
    never: frozenset[int]
    roles: tuple[frozenset[int] | None, ...]
    misleading: dict[int, str]
    quoted: frozenset[int]

    def liked(self) -> Numbers:
        """How much each statement was liked, 0..1."""
        return np.array([(n in self.chosen) + _ALSO * (n in self.also) for n in range(len(self.own))])


def folds(choices: Sequence[Choice]) -> list[int]:
    """The fold of each article."""
    return [random.Random(number).randrange(FOLDS) for number in range(len(choices))]


def fitted_roles(choices: Sequence[Choice]) -> Numbers:
    """The weights of each role, one column each: (dimensions + 1, roles)."""
    return np.stack([_role(choices, number) for number in range(len(ROLES))], axis=1)


def _role(choices: Sequence[Choice], number: int) -> Numbers:
    asked = [one for one in choices if one.roles[number] is not None]
    told = [one.liked() if number == 0 else _has(one, number) for one in asked]
    vectors = np.concatenate([one.vectors for one in asked]).astype(np.float64)
    return fit(vectors, np.concatenate(told), np.ones(len(vectors)), _ROLE_RIDGE)


def _has(choice: Choice, number: int) -> Numbers:
    having = choice.roles[number] or frozenset()
    return np.array([float(n in having) for n in range(len(choice.own))])


def with_roles(choices: Sequence[Choice], weights: Callable[[int], Numbers]) -> list[Floats]:
    """The features of each article, its roles told by the ``weights`` for its number."""
    found = []
    for number, one in enumerate(choices):
        own = weights(number)
        found.append(np.hstack([one.features[:, :_PLAIN], one.vectors @ own[:-1] + own[-1]]).astype(np.float32))
    return found


def turns_of(choice: Choice, features: Floats) -> list[Turn]:
    """What editors took next of an article, before the others that they might have taken.

    What they would have taken as well, and took later, is none of these.
    """
    found = []
    for place, number in enumerate(choice.chosen):
        others = {*choice.chosen, *choice.also}
        order = [number, *(n for n in range(len(choice.own)) if n not in others)]
        known = np.hstack([features, turns_with(choice, features, choice.chosen[:place])])
        found.append((known[order].astype(np.float64), _MISLEADING if number in choice.misleading else 1.0))
    return found


def fitted_turns(turns: Sequence[Turn]) -> Numbers:
    """The weights of ``FEATURES`` and ``TURNS``, by which what editors took next is worth the most.

    A conditional logit model by Newton's method, with a ridge (Train 2009, chapter 3).
    """
    rows = np.concatenate([each for each, _ in turns])
    spread = rows.std(axis=0) + 1e-9
    rows /= spread
    firsts = np.cumsum([0, *(len(each) for each, _ in turns[:-1])])
    sizes = [len(each) for each, _ in turns]
    shares = np.array([share for _, share in turns])
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        gains = rows @ weights
        likely = np.exp(gains - np.repeat(np.maximum.reduceat(gains, firsts), sizes))
        likely /= np.repeat(np.add.reduceat(likely, firsts), sizes)
        means = np.add.reduceat(rows * likely[:, None], firsts)
        slope = shares @ (means - rows[firsts]) + _RIDGE * weights
        curvature = (rows.T * (likely * np.repeat(shares, sizes))) @ rows - (means.T * shares) @ means
        weights -= np.linalg.solve(curvature + _RIDGE * np.eye(len(weights)), slope)
    return np.asarray(weights / spread)


def turns_with(choice: Choice, features: Floats, taken: Sequence[int]) -> Floats:
    """``TURNS`` of an article's statements with the roles that its ``features`` have."""
    return choice.turns.features(taken, features[:, _PLAIN:])


def taken(choice: Choice, features: Floats, weights: Numbers, count: int) -> list[int]:
    """The ``count`` statements that are worth the most, each with those taken before."""
    found: list[int] = []
    worths = features @ weights[: len(FEATURES)]
    for _ in range(min(count, len(choice.own))):
        gains = worths + turns_with(choice, features, found) @ weights[len(FEATURES) :]
        gains[found] = -np.inf
        found.append(int(gains.argmax()))
    return found
