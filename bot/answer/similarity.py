"""How close texts are in meaning, by the library's embedding model."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.embedding.calibration import Calibration
from index.errors import EmbeddingError

Similarity = Callable[[str, Sequence[str]], list[float]]
"""The cosine (-1..1) of a text to each of others."""

Vectors = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""One vector of length 1 for each text, as ``Library.vectors`` gives them."""


class Comparing(Protocol):
    """What of a ``Library`` it takes."""

    def vectors(self, texts: Sequence[str], /) -> npt.NDArray[np.float32]:
        """See ``Library.vectors``."""

    def calibration(self) -> Calibration:
        """See ``Library.calibration``."""

    def word_likeness(self, text: str, evidence: str, /) -> Mapping[str, float]:
        """See ``Library.word_likeness``."""


def cosines(vectors: Vectors) -> Similarity:
    """``Similarity`` by ``vectors``."""

    def similarity(text: str, others: Sequence[str]) -> list[float]:
        compared = vectors([text, *others])
        result: list[float] = (compared[1:] @ compared[0]).tolist()
        return result

    return similarity


class Likeness:
    """How like texts are to the library's model, in spreads above what has nothing to do with each other."""

    def __init__(self, library: Comparing) -> None:
        self._library = library
        self._similarity = cosines(library.vectors)

    def of_texts(self, text: str, others: Sequence[str]) -> float:
        """That of ``text`` and the closest of ``others``; what can't be embedded is like nothing."""
        try:
            return self._library.calibration().apart.standard(max(self._similarity(text, others)))
        except EmbeddingError:
            return -math.inf

    def of_words(self, text: str, evidence: str) -> Mapping[str, float]:
        """That of each word of ``text`` and the closest of ``evidence``; none if the model can't tell."""
        return self._library.word_likeness(text, evidence)
