"""Whether a paragraph is an article's own, or an aside of the site: by what it means and by its words.

A logistic model of two vectors: that of the paragraph, and the mean of those that its tokens have before the model
reads them. The words alone rule out nearly all that articles say, at a fortieth of the time. The weights are
fitted by ``benchmarks/asides.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from index.embedding.e5.weights import Floats

ASIDE = 3.0
"""The log-odds from which a paragraph is an aside: 1 in 1,000 of an article's own at its edges are above."""


@dataclass(frozen=True, slots=True)
class Asides:
    """The weights of words and meaning, each followed by what is added."""

    words: Floats
    meaning: Floats

    def by_words(self, mean: Floats) -> float:
        """What the mean vector of a paragraph's tokens tells: below 0 for what its meaning won't make an aside."""
        return float(self.words[:-1] @ mean + self.words[-1])

    def by_meaning(self, vector: Floats) -> float:
        """What a paragraph's vector adds: the sum are the log-odds."""
        return float(self.meaning[:-1] @ vector + self.meaning[-1])


@cache
def load() -> Asides:
    """The weights that are in force."""
    with (files("index.embedding.e5") / "asides.npy").open("rb") as file:
        words, meaning = np.load(file).astype(np.float32)
    return Asides(words, meaning)
