"""The whole check of a sentence against its evidence: its facts, its sources, and its meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.answer.evidence.attribution import wrong_sources
from bot.answer.evidence.evidence import Evidence
from bot.answer.evidence.quotes import normalise
from bot.answer.evidence.support import TOO_FEW, Support, in_other_language, shared_share, supports
from index.search import Hit

TOO_FAR = "the quote is about something else"

Similarity = Callable[[str, Sequence[str]], list[float]]
"""The cosine (-1..1) of a text to each of others."""

Vectors = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""One vector of length 1 for each text, as ``Library.vectors`` gives them."""

MIN_SIMILARITY = 0.86
MIN_SIMILARITY_FEW_WORDS = 0.885
MIN_SIMILARITY_TRANSLATED = 0.85
STRONG_SIMILARITY = 0.91
MANY_WORDS = 0.6
"""Cosines of multilingual-e5-small, whose scale is narrow: different sentences of an article have 0.79 (median).

The least between a sentence and its evidence: in one language, the same where less than ``MANY_WORDS`` of its
words are shared, and across languages; and the cosine from which too few words in common are forgiven. Fitted by
benchmarks/support.py on tests/data/support; another embedding model needs its own.
"""


MIN_ALIGNED = 0.84
"""The cosine from which a word of the evidence is taken to say the same in other words
(``index/embedding/alignment.py``).

Of 0.80, 0.82 and 0.84, the one that lets no more of the first three parts of tests/data/support through. Things of
one kind ("lifeboats", "helicopters") come close to it.
"""


class Model(Protocol):
    """What compares meanings: a ``Library``, or its ``Similarity``."""

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One vector of length 1 for each text."""
        ...

    def word_cosines(self, text: str, evidence: str) -> Mapping[str, float]:
        """The cosine of each word of ``text`` to its closest of ``evidence``; empty if that can't be told."""
        ...


def cosines(vectors: Vectors) -> Similarity:
    """How close texts are in meaning, by an embedding model."""

    def similarity(text: str, others: Sequence[str]) -> list[float]:
        compared = vectors([text, *others])
        result: list[float] = (compared[1:] @ compared[0]).tolist()
        return result

    return similarity


class Check:
    """Checks sentences of one answer."""

    def __init__(self, question: str, model: Model | None) -> None:
        """Without a ``model`` only words are compared."""
        self._question = question
        self._model = model
        self._similarity = cosines(model.vectors) if model else None

    def __call__(self, sentence: str, evidence: Sequence[Evidence]) -> Support:
        """Whether ``evidence`` supports ``sentence``; a sentence that is one of the quotes supports itself."""
        if any(same_words(sentence, one.text) for one in evidence):
            return Support(True)
        published = {one.hit.article.published_at.date() for one in evidence if one.hit.article.published_at}
        heads = [head for one in evidence for head in heads_of(one.hit)]
        texts = [one.text for one in evidence]
        context = list(dict.fromkeys(one.widened.text for one in evidence))
        facts = partial(
            supports,
            sentence,
            texts,
            context=context,
            around=[one.hit.passage.text for one in evidence],
            heads=heads,
            question=self._question,
            published=published,
        )
        support = facts()
        if support.lacks_words and self._model:
            close_words = self._model.word_cosines(sentence, "\n".join(context)).items()
            support = facts(reworded=[word for word, cosine in close_words if cosine >= MIN_ALIGNED])
        close = max(self._similarity(sentence, [" ".join(texts), *texts])) if self._similarity else None
        if not support.ok and not (support.missing == (TOO_FEW,) and close and close >= STRONG_SIMILARITY):
            return support
        translated = in_other_language(sentence, "\n".join(texts))
        missing = tuple(
            wrong_sources(
                sentence,
                [one.source for one in evidence],
                [*heads, *(one.neighbours for one in evidence)],
                [one.antecedent for one in evidence if one.antecedent],
                translated=translated,
            )
        )
        if not missing and close is not None and close < _least_similarity(sentence, " ".join(texts), translated):
            missing = (TOO_FAR,)
        return Support(not missing, missing)


def _least_similarity(sentence: str, quoted: str, translated: bool) -> float:
    if translated:
        return MIN_SIMILARITY_TRANSLATED
    return MIN_SIMILARITY if shared_share(sentence, quoted) >= MANY_WORDS else MIN_SIMILARITY_FEW_WORDS


def heads_of(hit: Hit) -> Iterator[str]:
    """What stands above the passage: heading, title, outlet, author."""
    article = hit.article
    yield from filter(None, (hit.passage.section, article.title, article.source, article.author))


def same_words(sentence: str, quote: str) -> bool:
    """Whether the two are one text, typography and the final full stop aside."""
    return normalise(sentence).strip(" .") == normalise(quote).strip(" .")
