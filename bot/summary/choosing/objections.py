"""How likely a sentence tells the other side, or a limit of what its article tells: by what it means.

A logistic model (ridge) of the sentence's vector less the mean of its article's, so that languages and subjects
make no difference. It was fitted to 120 articles in which editors had marked who answers, denies or objects, what
is not known or not decided, and corrections (``benchmarks/objections.py``). In 45 others whose labels it had not
seen, it puts such a sentence first in 25, where one in eight is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.summary.choosing.salience import Floats
from index.library import Library

PROBE = "The company rejected the accusation."
_SAME = 0.99
"""The cosine of this with its stored vector, if the library's model is the one that the weights are for."""


def objecting(library: Library, own: Sequence[ArticleSentence]) -> Floats:
    """How much each of an article's statements is such a sentence: log-odds above its others.

    Always 0 with another embedding model than the built-in one.
    """
    weights, probe = _stored()
    vectors = library.vectors([PROBE, *(one.text for one in own)])
    if vectors.shape[1] != len(probe) or vectors[0] @ probe < _SAME:
        return np.zeros(len(own), np.float32)
    found: Floats = (vectors[1:] - vectors[1:].mean(axis=0)) @ weights
    return found


@cache
def _stored() -> tuple[Floats, Floats]:
    with (files("bot.summary.choosing") / "objections.npy").open("rb") as file:
        weights, probe = np.load(file).astype(np.float32)
    return weights, probe
