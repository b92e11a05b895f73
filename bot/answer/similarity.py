"""How close texts are in meaning, by the library's embedding model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.embedding.calibration import Calibration, Matrix
from index.errors import EmbeddingError


class Comparing(Protocol):
    """What of a ``Library`` it takes."""

    def vectors(self, texts: Sequence[str], /) -> Matrix:
        """See ``Library.vectors``."""

    def calibration(self) -> Calibration:
        """See ``Library.calibration``."""


def likenesses(library: Comparing, text: str, others: Sequence[str]) -> Matrix:
    """How like each of ``others`` is to ``text``, in spreads above what has nothing to do with each other.

    Raises ``EmbeddingError``.
    """
    vectors = library.vectors([text, *others])
    return library.calibration().apart.standards(vectors[1:] @ vectors[0])


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like texts are to the library's model, in spreads above what has nothing to do with each other."""

    library: Comparing

    def of_texts(self, text: str, others: Sequence[str]) -> float:
        """That of ``text`` and the closest of ``others``; what can't be embedded is like nothing."""
        try:
            return float(likenesses(self.library, text, others).max())
        except EmbeddingError:
            return -math.inf
