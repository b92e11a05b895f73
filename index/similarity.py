"""How close texts are in meaning, as wholes and word by word."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache
from langchain_core.embeddings import Embeddings

from index.embeddings import TokenLevel

# Sentences of popular passages are asked for again and again; 20,000 vectors take about 30 MB.
_REMEMBERED = 20_000

Vectors = npt.NDArray[np.float32]
"""One vector of length 1 in each row: (texts or tokens, dimensions)."""


class Similarity:
    """Cosines from an embedding model, with a memory for recent texts. Safe to use from several threads."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._memory: LRUCache[str, Vectors] = LRUCache(_REMEMBERED)
        self._guard = threading.Lock()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 a text: (texts, dimensions), or (0, 0) without texts."""
        if not texts:
            return np.zeros((0, 0), np.float32)
        with self._guard:
            known = {text: self._memory[text] for text in texts if text in self._memory}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            for text, vector in zip(missing, self._embeddings.embed_documents(missing), strict=True):
                known[text] = _unit(vector)
            with self._guard:
                self._memory.update((text, known[text]) for text in missing)
        return np.stack([known[text] for text in texts])

    def to_question(self, question: str, texts: Sequence[str]) -> list[float]:
        """The cosine (-1..1) of each text to a question."""
        if not texts:
            return []
        cosines: list[float] = (self.vectors(texts) @ _unit(self._embeddings.embed_query(question))).tolist()
        return cosines

    def alignments(self, question: str, weights: Mapping[str, float], texts: Sequence[str]) -> list[float] | None:
        """How far (-1..1) each text matches the words of a question in meaning, one by one.

        ``weights`` are those of the question's words, in lower case; the others are passed over. Where question
        and text are in different languages, hardly a word is the same, and the cosine of the wholes doesn't tell
        whether all that is asked for is there. None with an embedding model without vectors of single tokens.

        This is the recall of BERTScore weighted by idf (Zhang et al. 2020, https://arxiv.org/abs/1904.09675).
        """
        if not isinstance(self._embeddings, TokenLevel):
            return None
        words = [
            (weights[word.lower()], vectors)
            for word, vectors in self._embeddings.embed_words(question)
            if word.lower() in weights
        ]
        return [_alignment(words, tokens) for tokens in self._embeddings.embed_tokens(texts)]


def _alignment(words: Sequence[tuple[float, Vectors]], text: Vectors) -> float:
    """The cosine of each of the weighed ``words`` to the closest token of ``text``, averaged; 0 without words."""
    total = sum(weight for weight, _ in words)
    if not total or not len(text):
        return 0.0
    return sum(weight * float((vectors @ text.T).max(axis=1).mean()) for weight, vectors in words) / total


def _unit(vector: Sequence[float]) -> Vectors:
    array = np.asarray(vector, np.float32)
    unit: Vectors = array / np.linalg.norm(array)
    return unit
