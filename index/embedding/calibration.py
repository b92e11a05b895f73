"""What the cosines of an embedding model mean: a scale learned from the library itself.

Unrelated texts have a cosine of .8 with one model and of .1 with another, and one question is closer to everything
than the next. So a cosine is compared with those of a background: passages of many articles of the library, and
where it is small, texts on all kinds of things. It is told in spreads above their mean, as the question itself
sees them, and, against passages that are close to every question, by how far the two are each other's neighbours
(CSLS, Conneau et al. 2018, https://arxiv.org/abs/1710.04087).

How far above them the nearest lie though none answers hangs on the model, too: on how many directions its vectors
spread over. So what is nearest is told in the distance from their mean to those of them that come next.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

ARTICLES = 256
"""One passage each of so many are the background: more make no other scale."""

ENOUGH = 64
"""From so many passages of its own on, a library's background has no others: these are in other languages, and
with them unrelated texts would lie in two heaps, one for each."""

_ONE_LANGUAGE = 24
"""From so many texts in the language of a passage on, these alone are its background: a question in another one
is further from all of them."""

_NEIGHBOURS = 5
_ITSELF = 0.9999
# The part of the background that may answer the question, and so is none.
_ANSWERING = 0.04
_ONE_SPREAD_BELOW = 15.87
"""Percent of what is spread normally that lies more than one spread below the mean."""
_LEAST_SPREAD = 1e-3
"""Of cosines that are all alike nothing can be told."""


def taken_in(articles: int) -> int:
    """How many articles the background takes in, of a library of so many: of few, a small share.

    What stands beside them are texts on all kinds of things. The articles of a small library tell of a few
    stories, so that any of them is likely to be about what is asked: no background. Of many, hardly one is.
    """
    return min(articles, ARTICLES) ** 2 // ARTICLES


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the cosines of unrelated texts lie."""

    mean: float
    spread: float

    def standard(self, cosine: float) -> float:
        """``cosine`` in spreads above the mean of unrelated texts."""
        return (cosine - self.mean) / self.spread

    def standards(self, cosines: Matrix) -> Matrix:
        """``standard`` of each of ``cosines``."""
        return (cosines - self.mean) / self.spread


@dataclass(frozen=True, slots=True)
class QuestionScale(Scale):
    """Where the cosines of one text to the background lie; ``near`` is the mean of the nearest."""

    near: float

    @property
    def reach(self) -> float:
        """How far the nearest lie above the mean: much with a model whose cosines have a long tail."""
        return max(self.near - self.mean, _LEAST_SPREAD)


@dataclass(frozen=True, slots=True)
class Across:
    """A question as if it were asked in another language: its ``vector``, and how much further it is from all that
    is in that language than from what is in its own."""

    vector: Matrix
    further: float


@dataclass(frozen=True)
class Calibration:
    """The ``background``: (texts, dimensions), vectors of length 1, ``articles`` of which are the library's own.

    ``languages`` are those of its texts, None where unknown. ``apart`` is the scale of cosines between those which
    have nothing to do with each other, whatever share of the pairs is alike.
    """

    background: Matrix
    languages: tuple[str | None, ...]
    articles: int
    apart: Scale

    @classmethod
    def learn(cls, own: Matrix, general: Matrix, languages: Sequence[str | None] = ()) -> Calibration:
        """From one passage each of ``own`` articles, and of ``general`` texts for a library that has few.

        Both are (texts, dimensions), of length 1; ``languages`` are those of all. At least two texts are needed.
        """
        parts = [own] if len(own) >= ENOUGH else [part for part in (own, general) if len(part)]
        background = np.concatenate(parts)
        cosines = background @ background.T
        apart = cosines[np.triu_indices(len(background), 1)]
        apart = apart[apart < _ITSELF] if (apart < _ITSELF).any() else apart
        known = (*languages, *[None] * len(background))[: len(background)]
        return cls(background, known, len(own), _lower(apart))

    def of_question(self, vector: Matrix, language: str | None = None) -> QuestionScale:
        """The scale of the question with this ``vector``, of length 1, for passages in ``language``."""
        cosines = np.sort(self._by_language.get(language, self.background) @ vector)[::-1]
        return _scale(cosines[max(1, int(len(cosines) * _ANSWERING)) :])

    def across(self, vector: Matrix, language: str | None) -> Mapping[str | None, Across]:
        """The question with this ``vector`` in the other languages of a library that has its ``language``, too.

        What a language adds to all its vectors is taken away, and what another one adds is put in its place.
        """
        heaps = {one: texts.mean(axis=0) for one, texts in self._by_language.items()}
        own = heaps.pop(language, None)
        if own is None:
            return {}
        found: dict[str | None, Across] = {}
        for other, centre in heaps.items():
            shifted = vector - own + centre
            found[other] = Across(shifted / np.linalg.norm(shifted), float((own - centre) @ vector))
        return found

    def mutual(self, question: Matrix, passage: Matrix, language: str | None = None) -> float:
        """How far question and passage, in ``language``, are each other's neighbours; both are of length 1.

        It is 0 where both are as close to each other as to the nearest others, -1 where no closer than to most.
        Passages that are close to every question are seen through.
        """
        asked = self.of_question(question, language)
        cosines = np.sort(self.background @ passage)[::-1]
        found = _scale(cosines[cosines < _ITSELF])
        return (2 * float(question @ passage) - asked.near - found.near) / (asked.reach + found.reach)

    @cached_property
    def _by_language(self) -> dict[str | None, Matrix]:
        """The texts in each language of which there are enough."""
        counts = Counter(language for language in self.languages if language)
        return {
            language: self.background[[one == language for one in self.languages]]
            for language, count in counts.items()
            if count >= _ONE_LANGUAGE
        }

    def to_bytes(self) -> bytes:
        """What ``from_bytes`` reads."""
        file = io.BytesIO()
        np.savez(
            file,
            own=self.background[: self.articles],
            general=self.background[self.articles :],
            languages=[language or "" for language in self.languages],
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Calibration:
        """A calibration that was kept. Raises ``ValueError`` for anything else."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as kept:
                return cls.learn(kept["own"], kept["general"], [str(one) or None for one in kept["languages"]])
        except (OSError, KeyError, EOFError, ValueError, BadZipFile) as error:
            raise ValueError("This is no calibration.") from error

    @property
    def general(self) -> Matrix:
        """The vectors of the general texts among the background."""
        return self.background[self.articles :]


def _lower(cosines: Matrix) -> Scale:
    """The scale of the lower half of ``cosines``: what is alike lies above."""
    low, middle = (float(one) for one in np.percentile(cosines, [_ONE_SPREAD_BELOW, 50]))
    return Scale(middle, max(middle - low, _LEAST_SPREAD))


def _scale(cosines: Matrix) -> QuestionScale:
    """That of ``cosines``, the highest first.

    The nearest of few are not as near as those of many: they are put as much further as they would be in what is
    spread normally.
    """
    mean, spread = float(cosines.mean()), max(float(cosines.std()), _LEAST_SPREAD)
    further = _height(ARTICLES) / _height(len(cosines))
    return QuestionScale(mean, spread, mean + further * (float(cosines[:_NEIGHBOURS].mean()) - mean))


def _height(count: int) -> float:
    """About how many spreads the nearest of ``count`` lie above the mean, spread normally."""
    return NormalDist().inv_cdf(1 - _NEIGHBOURS / 2 / max(count, 3 * _NEIGHBOURS))
