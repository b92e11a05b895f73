"""What the cosines of an embedding model mean: a scale learned from the library itself.

Unrelated texts have a cosine of .8 with one model and of .1 with another, and one question is closer to everything
than the next. So a cosine is compared with those of a background: passages of many articles of the library, and
where it is small, texts on all kinds of things. It is told in spreads above their mean, as the question itself
sees them, and, against passages that are close to every question, by how far the two are each other's neighbours
(CSLS, Conneau et al. 2018, https://arxiv.org/abs/1710.04087).

How far above them the nearest lie though none answers hangs on the model, too: on how many directions its vectors
spread over. So both are told from where the library's own sentences lie, looked for without their article.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
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
    """Where the cosines of one question to the background lie; ``near`` is the mean of the nearest."""

    near: float


@dataclass(frozen=True, slots=True)
class Across:
    """A question as if it were asked in another language: its ``vector``, and how much further it is from all that
    is in that language than from what is in its own."""

    vector: Matrix
    further: float


@dataclass(frozen=True, slots=True)
class Nearness:
    """How far above its background a question finds something, in spreads: its closest ``sentence``, and a passage
    as ``mutual`` neighbours."""

    sentence: float
    mutual: float


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Where the nearness of what is nearest lies, though it doesn't answer."""

    sentence: Scale
    mutual: Scale

    @classmethod
    def learn(cls, found: Sequence[Nearness]) -> Unanswered:
        """From what was found for sentences of the library in other articles, some of which are copies."""
        return cls(
            _lower(np.array([one.sentence for one in found], np.float32)),
            _lower(np.array([one.mutual for one in found], np.float32)),
        )


USUAL = Unanswered(Scale(4.5, 1.3), Scale(1.2, 1.8))
"""That of the built-in model, for a library too small to tell."""


@dataclass(frozen=True)
class Calibration:
    """The ``background``: (texts, dimensions), vectors of length 1, ``articles`` of which are the library's own.

    ``languages`` are those of its texts, None where unknown. ``pairs`` is the scale of cosines between them;
    ``apart`` that of those which have nothing to do with each other, whatever share of the pairs is alike.
    """

    background: Matrix
    languages: tuple[str | None, ...]
    articles: int
    pairs: Scale
    apart: Scale
    unanswered: Unanswered = USUAL

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
        return cls(background, known, len(own), _scale(apart), _lower(apart))

    def of_question(self, vector: Matrix, language: str | None = None) -> QuestionScale:
        """The scale of the question with this ``vector``, of length 1, for passages in ``language``."""
        cosines = np.sort(self._by_language.get(language, self.background) @ vector)[::-1]
        cosines = cosines[max(1, int(len(cosines) * _ANSWERING)) :]
        scale = _scale(cosines)
        return QuestionScale(scale.mean, scale.spread, float(cosines[:_NEIGHBOURS].mean()))

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

    def nearness(self, question: Matrix, passage: Matrix, closest: float, language: str | None = None) -> Nearness:
        """How near a passage in ``language`` is to a question, and its closest sentence, whose cosine is given.

        Both vectors are of length 1. It is told in spreads above what is ``unanswered``.
        """
        raw = self.above_background(question, passage, closest, language)
        return Nearness(
            self.unanswered.sentence.standard(raw.sentence), self.unanswered.mutual.standard(raw.mutual)
        )

    def above_background(
        self, question: Matrix, passage: Matrix, closest: float, language: str | None = None
    ) -> Nearness:
        """The same in spreads of the background itself.

        What question and passage have with their nearest others counts against their being each other's.
        """
        scale = self.of_question(question, language)
        mutual = (2 * float(question @ passage) - scale.near - self._near(passage)) / self.pairs.spread
        return Nearness(scale.standard(closest), mutual)

    def with_unanswered(self, found: Sequence[Nearness]) -> Calibration:
        """This one, with what was found above the background by questions that are not answered."""
        return replace(self, unanswered=Unanswered.learn(found))

    @cached_property
    def _by_language(self) -> dict[str | None, Matrix]:
        """The texts in each language of which there are enough."""
        counts = Counter(language for language in self.languages if language)
        return {
            language: self.background[[one == language for one in self.languages]]
            for language, count in counts.items()
            if count >= _ONE_LANGUAGE
        }

    def _near(self, passage: Matrix) -> float:
        """The mean cosine of a passage to its nearest in the background, itself aside."""
        cosines = np.sort(self.background @ passage)[::-1]
        return float(cosines[cosines < _ITSELF][:_NEIGHBOURS].mean())

    def to_bytes(self) -> bytes:
        """What ``from_bytes`` reads."""
        file = io.BytesIO()
        scales = (self.unanswered.sentence, self.unanswered.mutual)
        np.savez(
            file,
            own=self.background[: self.articles],
            general=self.background[self.articles :],
            languages=[language or "" for language in self.languages],
            unanswered=[(scale.mean, scale.spread) for scale in scales],
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Calibration:
        """A calibration that was kept. Raises ``ValueError`` for anything else."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as kept:
                known = cls.learn(kept["own"], kept["general"], [str(one) or None for one in kept["languages"]])
                sentence, mutual = (Scale(float(mean), float(spread)) for mean, spread in kept["unanswered"])
                return replace(known, unanswered=Unanswered(sentence, mutual))
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


def _scale(cosines: Matrix) -> Scale:
    return Scale(float(cosines.mean()), max(float(cosines.std()), _LEAST_SPREAD))
