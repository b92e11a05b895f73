"""Which sentences say the most."""

from __future__ import annotations

import numpy as np

from bot.summary.choosing.salience import Floats, diverse, salience

DAM = "The ministry opened the gates of the Seldrin dam on Thursday night."
HOMES = "The flood below the Seldrin dam reached 612 homes, the town says."
AGAIN = "The ministry opened the gates of the Seldrin dam late on Thursday night."
WEATHER = "Sunshine is forecast."


def vectors(*rows: tuple[float, ...]) -> Floats:
    array = np.array(rows, np.float32)
    unit: Floats = array / np.linalg.norm(array, axis=1, keepdims=True)
    return unit


def ranked(sentences: list[str], about: Floats) -> list[int]:
    """The numbers of the sentences of one text, the most salient first."""
    places = np.linspace(0, 1, len(sentences), dtype=np.float32)
    return list(diverse(salience(sentences, about, places), about))


def test_one_sentence_says_all_of_it() -> None:
    assert ranked([DAM], vectors((1, 0))) == [0]


def test_a_repetition_comes_after_what_is_new() -> None:
    others = [f"Another matter entirely is reported under number {number}." for number in range(5)]
    about = vectors((1, 0, 0.4), (1, 0, 0.4), (0.5, 0.7, 0.5), *[(0.3, 0.9, 0.2 + 0.05 * n) for n in range(5)])
    order = ranked([DAM, AGAIN, HOMES, *others], about)
    assert order[-1] == 1


def test_what_stands_apart_comes_last() -> None:
    order = ranked([DAM, HOMES, WEATHER], vectors((1, 0.1, 0), (0.9, 0.4, 0), (0, 0, 1)))
    assert order[-1] == 2


def test_each_sentence_once() -> None:
    order = ranked([DAM, HOMES, WEATHER], vectors((1, 0, 0), (1, 0, 0), (1, 0, 0)))
    assert sorted(order) == [0, 1, 2]
