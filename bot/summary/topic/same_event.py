"""Whether two sentences tell one event: a logistic model of how like they are, and of their days.

Fitted to 1,749 pairs of sentences of which editors said whether they tell the same turning point of a topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.summary.choosing.salience import Floats
from bot.summary.topic.main_day import EventDay

FEATURES = (
    "likeness",
    "words in common",
    "one language",
    "one day",
    "a day apart",
    "each gives another day",
    "one article",
    "one behind the other",
)
WEIGHTS = np.array([0.45, 4.87, -2.71, 2.4, 0.96, -1.67, 1.04, 2.56], np.float32)
BIAS = -3.75

_ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells an event: its day, and its place among the statements of its article."""

    statement: ArticleSentence
    day: EventDay
    place: int


def same_event(one: Telling, others: Sequence[Telling], likeness: Floats) -> Floats:
    """The log-odds that each of ``others`` tells the event of ``one``: none where both say when, and not the same.

    ``likeness``: how like each is to it, on the scale ``Calibration.apart``. Of 135 pairs of sentences that give
    two days of what happened, one tells one event.
    """
    odds: Floats = features(one, others, likeness) @ WEIGHTS + BIAS
    odds[
        [one.day.given == other.day.given == "event" and _gap(one, other) > timedelta() for other in others]
    ] = -np.inf
    return odds


def features(one: Telling, others: Sequence[Telling], likeness: Floats) -> Floats:
    """``FEATURES`` of ``one`` and each of ``others``."""
    rows = [_features(one, other, float(like)) for other, like in zip(others, likeness, strict=True)]
    return np.array(rows, np.float32).reshape(-1, len(FEATURES))


def _features(one: Telling, other: Telling, like: float) -> tuple[float, ...]:
    first, second = one.statement, other.statement
    native = first.article.language == second.article.language
    gap = _gap(one, other)
    own = bool(one.day.day.written and other.day.day.written)
    together = first.article.id == second.article.id
    return (
        like,
        native * len(first.words & second.words) / (len(first.words | second.words) or 1),
        native,
        gap <= timedelta(),
        gap == _ONE_DAY,
        own and gap > timedelta(),
        together,
        together and abs(one.place - other.place) == 1,
    )


def _gap(one: Telling, other: Telling) -> timedelta:
    """How long it is from the day of the earlier one to that of the later one; nothing or less if they overlap."""
    return max(one.day.day.first, other.day.day.first) - min(one.day.day.last, other.day.day.last)
