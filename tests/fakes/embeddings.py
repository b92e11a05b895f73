"""An embedding model for tests of the store: deterministic, fast, and without any sense of meaning."""

from __future__ import annotations

import hashlib
import math
import re

from langchain_core.embeddings import Embeddings

from index.embedding.general import GENERAL

DIMENSIONS = 128


class WordEmbeddings(Embeddings):
    """Hashed bags of words (Weinberger et al. 2009, feature hashing) behind LangChain's real interface.

    Texts that share words are close, translations are not: whatever depends on meaning needs the real model.
    ``embedded`` holds every text that was embedded as a document, in order.
    """

    def __init__(self) -> None:
        self.embedded: list[str] = []

    @property
    def embedded_of_articles(self) -> list[str]:
        """What was embedded but for the sentences with which a new library calibrates its model."""
        return [text for text in self.embedded if text not in GENERAL]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = [0.0] * DIMENSIONS
        vector[0] = 0.1  # a text without words has a direction too
        for word in re.findall(r"\w+", text.lower()):
            digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()
            number = int.from_bytes(digest, "big")
            vector[1 + (number >> 1) % (DIMENSIONS - 1)] += 1.0 if number & 1 else -1.0
        length = math.hypot(*vector)
        return [value / length for value in vector]
