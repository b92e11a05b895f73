"""How close texts are in meaning, by the library's embedding model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Similarity = Callable[[str, Sequence[str]], list[float]]
"""The cosine (-1..1) of a text to each of others."""

Vectors = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""One vector of length 1 for each text, as ``Library.vectors`` gives them."""


def cosines(vectors: Vectors) -> Similarity:
    """``Similarity`` by ``vectors``."""

    def similarity(text: str, others: Sequence[str]) -> list[float]:
        compared = vectors([text, *others])
        result: list[float] = (compared[1:] @ compared[0]).tolist()
        return result

    return similarity
