"""What a sentence does in an article, told from its vector: a logistic model a role, in all of its languages.

The weights are fitted by ``benchmarks/editors_choice.py``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np

from index.embedding.e5.weights import Floats


@cache
def load() -> Floats:
    """The weights that are in force, one column a role: those of the vector's numbers, then what is added."""
    with (files("index.embedding.e5") / "roles.npy").open("rb") as file:
        weights: Floats = np.load(file).astype(np.float32)
    return weights
