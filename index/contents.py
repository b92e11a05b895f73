"""What an open library holds: searched, compared. Nothing here changes it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from index.article import ArticleRef, Passage, searchable
from index.catalogue import Catalogue
from index.embedding.calibration import Calibration, QuestionScale
from index.embedding.models import TellsRoles
from index.embedding.roles import ROLES
from index.embedding.similarity import Similarity
from index.search import Filters, Hit, Search
from index.store.care.opening import Store


class Contents(Catalogue):
    """The articles and passages of an open store, by the scopes that may see them."""

    def __init__(self, store: Store, embeddings: Embeddings) -> None:
        super().__init__(store.registry)
        self._lexical = store.lexical
        self._similarity = Similarity(embeddings)
        self._roles = embeddings if isinstance(embeddings, TellsRoles) else None
        self._calibrations = store.calibrations
        self._cache = store.cache
        self._sentences = store.sentences
        self._search = Search(
            store.registry,
            store.vectors,
            store.lexical,
            embeddings,
            self._similarity,
            self._sentences,
            store.calibrations,
        )

    def search(self, question: str, scopes: Sequence[str], k: int = 10, filters: Filters = Filters()) -> list[Hit]:
        """The ``k`` best passages that ``scopes`` may see, best first."""
        hits = self._search.search(question, scopes, k, filters)
        # Their sentences are compared with the question next: by the gate, for quotes, for disagreements.
        self._similarity.remember(self._sentences.known([(hit.passage, hit.article) for hit in hits]))
        return hits

    def similarities(self, question: str, texts: Sequence[str]) -> list[float]:
        """The cosine (-1..1) of each text to the question."""
        return self._similarity.to_question(question, texts)

    def calibration(self) -> Calibration:
        """What the cosines of the embedding model mean in this library."""
        return self._calibrations.current()

    def question_scale(self, question: str, language: str | None = None) -> QuestionScale:
        """Where the cosines of ``question`` to passages in ``language`` that have nothing to do with it lie."""
        return self.calibration().of_question(self._similarity.question(question), language)

    def mutual(self, question: str, hit: Hit) -> float:
        """How far ``question`` and what was found for it are each other's neighbours (``Calibration``)."""
        passage = self.passage_vectors([(hit.article, hit.passage)])[0]
        return self.calibration().mutual(self._similarity.question(question), passage, hit.article.language)

    def passage_vectors(self, hits: Sequence[tuple[ArticleRef, Passage]]) -> npt.NDArray[np.float32]:
        """The vectors of length 1 of passages, under their titles, as they were indexed: nothing is embedded."""
        texts = [searchable(article.title, passage) for article, passage in hits]
        vectors = np.stack(self._cache.embed(texts)).astype(np.float32)
        found: npt.NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return found

    def remember(self, hits: Sequence[tuple[ArticleRef, Passage]]) -> None:
        """Take in the vectors of the sentences of these passages, where they were kept, so that none is made."""
        self._similarity.remember(self._sentences.known([(passage, article) for article, passage in hits]))

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One vector of length 1 a text: (texts, dimensions)."""
        return self._similarity.vectors(texts)

    def roles(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """The log-odds of each of ``ROLES`` for each sentence: (texts, roles); 0 if the model tells none."""
        if self._roles is None or not texts:
            return np.zeros((len(texts), len(ROLES)), np.float32)
        return self._roles.roles(self.vectors(texts))

    def question_vector(self, question: str) -> npt.NDArray[np.float32]:
        """The vector of length 1 of a question; recent ones are remembered."""
        return self._similarity.question(question)

    def question_vectors(self, questions: Sequence[str]) -> npt.NDArray[np.float32]:
        """The vectors of many questions: (questions, dimensions)."""
        return self._similarity.question_vectors(questions)

    def coverages(self, question: str, texts: Sequence[str]) -> list[float]:
        """The share (0..1) of the question's idf mass that each text holds, spellings of names included."""
        terms = self._lexical.terms(question)
        return [self._lexical.coverage(terms, text) for text in texts]
