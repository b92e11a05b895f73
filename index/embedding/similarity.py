"""How close texts are in meaning, with a memory for the vectors of recent texts."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache
from langchain_core.embeddings import Embeddings

from index.embedding.models import Local

# Sentences of popular passages are asked for again and again; 20,000 vectors take about 30 MB.
_REMEMBERED = 20_000
# One answer compares its question several times.
_QUESTIONS = 100


class Similarity:
    """Cosines from an embedding model. Safe to use from several threads."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._memory: LRUCache[str, npt.NDArray[np.float32]] = LRUCache(_REMEMBERED)
        self._questions: LRUCache[str, npt.NDArray[np.float32]] = LRUCache(_QUESTIONS)
        self._guard = threading.Lock()

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
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

    def remember(self, vectors: Mapping[str, npt.NDArray[np.float32]]) -> None:
        """Take in vectors of length 1 that were worked out before, by text."""
        with self._guard:
            self._memory.update(vectors)

    def to_question(self, question: str, texts: Sequence[str]) -> list[float]:
        """The cosine (-1..1) of each text to a question."""
        if not texts:
            return []
        cosines: list[float] = (self.vectors(texts) @ self.question(question)).tolist()
        return cosines

    def question_vectors(self, questions: Sequence[str]) -> npt.NDArray[np.float32]:
        """Those of many questions: (questions, dimensions). Nothing is remembered.

        A model behind an API, where a question is a text like any other, is asked for all of them at once.
        """
        model = self._embeddings
        if isinstance(model, Local):
            return np.stack([_unit(model.embed_query(question)) for question in questions])
        return np.stack([_unit(vector) for vector in model.embed_documents(list(questions))])

    def question(self, question: str) -> npt.NDArray[np.float32]:
        """The vector of a question, of length 1."""
        with self._guard:
            known = self._questions.get(question)
        if known is None:
            known = _unit(self._embeddings.embed_query(question))
            with self._guard:
                self._questions[question] = known
        return known


def _unit(vector: Sequence[float]) -> npt.NDArray[np.float32]:
    array = np.asarray(vector, np.float32)
    unit: npt.NDArray[np.float32] = array / np.linalg.norm(array)
    return unit
