"""Which sentences say the most."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from bot.salience import most_salient

DAM = "The ministry opened the gates of the Seldrin dam on Thursday night."
HOMES = "The flood below the Seldrin dam reached 612 homes, the town says."
AGAIN = "The ministry opened the gates of the Seldrin dam late on Thursday night."
WEATHER = "Sunshine is forecast."


def vectors(*rows: tuple[float, ...]) -> npt.NDArray[np.float32]:
    array = np.array(rows, np.float32)
    unit: npt.NDArray[np.float32] = array / np.linalg.norm(array, axis=1, keepdims=True)
    return unit


def test_nothing_to_choose_from() -> None:
    assert most_salient([], vectors((1, 0))[:0], 3) == []


def test_no_more_than_there_are() -> None:
    assert most_salient([DAM], vectors((1, 0)), 5) == [0]


def test_a_repetition_comes_after_what_is_new() -> None:
    others = [f"Another matter entirely is reported under number {number}." for number in range(5)]
    about = vectors((1, 0, 0.4), (1, 0, 0.4), (0.5, 0.7, 0.5), *[(0.3, 0.9, 0.2 + 0.05 * n) for n in range(5)])
    order = most_salient([DAM, AGAIN, HOMES, *others], about, len(about))
    assert order[-1] == 1


def test_what_stands_apart_comes_last() -> None:
    order = most_salient([DAM, HOMES, WEATHER], vectors((1, 0.1, 0), (0.9, 0.4, 0), (0, 0, 1)), 3)
    assert order[-1] == 2


@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_sentence_once(count: int) -> None:
    order = most_salient([DAM, HOMES, WEATHER], vectors((1, 0, 0), (1, 0, 0), (1, 0, 0)), count)
    assert len(order) == len(set(order)) == count
