"""Which sentences say the most of what a text says: extractive summarisation, without a model that writes.

A sentence's salience adds three things: how near its vector is to the text's centroid (Radev et al. 2004,
https://doi.org/10.1016/j.ipm.2003.10.006), how much of the text's recurring vocabulary it holds (SumBasic's
idea, Nenkova & Vanderwende 2005), and how early it stands, since news tells the main thing first. Sentences are
taken one by one, each marked down for being like one taken before (MMR, Carbonell & Goldstein 1998).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

# In standard deviations of the centrality; found on BBC and CNN/DailyMail summaries, one set for both.
_VOCABULARY = 0.7
_LEAD = 4.0
_REDUNDANCY = 0.5
# Short words carry grammar in most languages.
_WORD = re.compile(r"\w{4,}")
# Between the sum (0) and the mean (1) over a sentence's words: neither long nor short sentences win by length.
_LENGTH_POWER = 0.7
_FEW_WORDS = 3


def most_salient(sentences: Sequence[str], vectors: Floats, count: int) -> list[int]:
    """The indices of up to ``count`` sentences that say the most together, the most salient first.

    ``vectors``: one vector of length 1 a sentence, (sentences, dimensions).
    """
    if not sentences:
        return []
    centroid = vectors.mean(axis=0)
    salience = (
        _standardised(vectors @ centroid)
        + _VOCABULARY * _standardised(_shared_vocabulary(sentences))
        + _LEAD * np.linspace(1, 0, len(sentences), dtype=np.float32)
    )
    likeness = _standardised(vectors @ vectors.T)
    chosen: list[int] = []
    while len(chosen) < min(count, len(sentences)):
        scores = salience.copy()
        if chosen:
            scores -= _REDUNDANCY * np.maximum(likeness[:, chosen].max(axis=1), 0)
            scores[chosen] = -np.inf
        chosen.append(int(scores.argmax()))
    return chosen


def _shared_vocabulary(sentences: Sequence[str]) -> Floats:
    """How much of what other sentences speak of each sentence holds."""
    words = [set(_WORD.findall(sentence.lower())) for sentence in sentences]
    frequency = Counter(word for own in words for word in own)
    return np.array(
        [sum(frequency[word] for word in own) / (len(own) + _FEW_WORDS) ** _LENGTH_POWER for own in words],
        np.float32,
    )


def _standardised(values: Floats) -> Floats:
    standardised: Floats = (values - values.mean()) / (values.std() + 1e-9)
    return standardised
