"""How far the words of a question are matched in meaning, one by one, by the words of a passage.

Where question and passage are in different languages, hardly a word is the same, and the cosine of the wholes
doesn't tell whether all that is asked for is there. This is the recall of BERTScore weighted by idf (Zhang et al.
2020, https://arxiv.org/abs/1904.09675).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from index.embedding.models import TokenLevel


def alignments(
    model: TokenLevel, question: str, weights: Mapping[str, float], passages: Sequence[npt.NDArray[np.float32]]
) -> list[float]:
    """For each passage, the cosines (-1..1) of the question's words to its closest tokens, averaged.

    ``passages`` are the vectors of their tokens. ``weights`` are those of the question's words, in lower case; the
    others are passed over. 0 if none has any.
    """
    words = [
        (weights[word.lower()], vectors)
        for word, vectors in model.embed_words(question)
        if weights.get(word.lower())
    ]
    return [_alignment(words, tokens) for tokens in passages]


def _alignment(words: Sequence[tuple[float, npt.NDArray[np.float32]]], passage: npt.NDArray[np.float32]) -> float:
    total = sum(weight for weight, _ in words)
    if not total or not len(passage):
        return 0.0
    return sum(weight * _closest(vectors, passage) for weight, vectors in words) / total


def _closest(word: npt.NDArray[np.float32], passage: npt.NDArray[np.float32]) -> float:
    """The cosines of a word's tokens to their closest tokens of the passage, averaged."""
    return float((word @ passage.T).max(axis=1).mean())
