"""Which sentences say the most of what a text says: extractive summarisation, without a model that writes.

A sentence's salience adds three things: how near its vector is to the text's centroid (Radev et al. 2004,
https://doi.org/10.1016/j.ipm.2003.10.006), how much of the text's recurring vocabulary it holds (SumBasic's
idea, Nenkova & Vanderwende 2005), and how early it stands, since news tells the main thing first. Sentences are
taken one by one, each marked down for being like one taken before (MMR, Carbonell & Goldstein 1998).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from bot.answer.evidence.content import function_words

Floats = npt.NDArray[np.float32]

# In standard deviations of the centrality; found on BBC and CNN/DailyMail summaries, one set for both. Half or
# twice the weight of either moves ROUGE-1 by less than two points.
_VOCABULARY = 0.7
_LEAD = 4.0
_REDUNDANCY = 0.5
_WORD = re.compile(r"\w{2,}")
# Between the sum (0) and the mean (1) over a sentence's words: neither long nor short sentences win by length.
_LENGTH_POWER = 0.7
_FEW_WORDS = 3


def salience(sentences: Sequence[str], vectors: Floats, places: Floats) -> Floats:
    """How much of what ``sentences`` say each of them says; ``places``: 0 begins an article, 1 ends it.

    ``vectors``: one vector of length 1 a sentence, (sentences, dimensions).
    """
    scores: Floats = standardised(vectors @ vectors.mean(axis=0)) + by_words(sentences, places)
    return scores


def by_words(sentences: Sequence[str], places: Floats) -> Floats:
    """The part of ``salience`` that needs no vectors."""
    scores: Floats = _VOCABULARY * standardised(shared_vocabulary(sentences)) + _LEAD * (1 - places)
    return scores


def diverse(scores: Floats, vectors: Floats) -> Iterable[int]:
    """All indices, the best first, each sentence marked down for being like one that came before."""
    likeness = standardised(vectors @ vectors.T)
    left = scores.copy()
    nearest = np.zeros(len(scores), np.float32)
    for _ in range(len(scores)):
        best = int((left - _REDUNDANCY * nearest).argmax())
        left[best] = -np.inf
        nearest = np.maximum(nearest, likeness[:, best])
        yield best


def standardised(values: Floats) -> Floats:
    """``values`` in standard deviations from their mean."""
    standard: Floats = (values - values.mean()) / (values.std() + 1e-9)
    return standard


def shared_vocabulary(sentences: Sequence[str]) -> Floats:
    """How much of what other sentences speak of each sentence holds."""
    words = [set(_WORD.findall(sentence.lower())) - function_words() for sentence in sentences]
    frequency = Counter(word for own in words for word in own)
    return np.array(
        [sum(frequency[word] for word in own) / (len(own) + _FEW_WORDS) ** _LENGTH_POWER for own in words],
        np.float32,
    )
