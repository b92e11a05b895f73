"""With which sentence an article tells its news."""

from __future__ import annotations

import numpy as np

from bot.answer.disagreement.statements import statements
from bot.summary.choosing.opening import opening
from bot.summary.choosing.salience import Floats
from tests.fakes.hits import hit

TEXT = (
    "For years the harbour of Tarnside was a place of dreams. The harbour of Tarnside is to be sold to a Dutch "
    "company, the council decided. It sat until midnight. This decision has angered many."
)


def worths(*values: float) -> Floats:
    return np.array(values, np.float32)


def test_the_most_telling_sentence_is_told_not_the_first() -> None:
    own = statements([hit("one", TEXT, title="Council sells the harbour of Tarnside")])
    assert opening(own, worths(0, 1, 0, 0)).text.startswith("The harbour of Tarnside is to be sold")


def test_what_leans_or_points_back_is_not_told() -> None:
    own = statements([hit("one", TEXT, title="Council sells the harbour of Tarnside")])
    assert opening(own, worths(1, 0, 9, 9)).text.startswith("For years")
