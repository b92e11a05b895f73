"""What a message wants, told by the sample messages that are nearest to it in meaning.

The vote of the nearest (k nearest neighbours, weighted by closeness) over vectors less their mean. So it holds for
every embedding model, whatever its cosines are like, and in languages without samples, as far as the model knows
them. What no kind has most of the vote for is a question.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from bot.answer.question.languages import codes, messages
from bot.answer.question.question import Kind
from index.article import digest
from index.library import Library
from index.text.segmentation import words

Floats = npt.NDArray[np.float32]

BUILT_IN = "vectors.npz"
"""The samples' vectors by the built-in model, beside the samples: so nobody waits for them."""

_NEIGHBOURS = 15
_SHARPNESS = 10.0
"""How much more a closer sample counts: its vote is e to the power of this times its cosine."""
_MOST = 0.5


class Kinds:
    """Tells kinds by the embedding model of ``library``. Safe to use from several threads."""

    def __init__(self, library: Library, model: str, folder: Path) -> None:
        """``model`` names the library's embedding model. Vectors of the samples are kept in ``folder``."""
        self._library = library
        self._model = model
        self._folder = folder
        self._guard = threading.Lock()
        self._known: _Samples | None = None

    def kind_of(self, text: str) -> Kind:
        """The kind of a message; ``UNCLEAR`` if it asks something and lacks its subject.

        Raises ``EmbeddingError`` if the model gives no vectors.
        """
        with self._guard:
            if self._known is None:
                self._known = self._samples()
        return self._known.nearest(self._library.question_vector(text))

    def _samples(self) -> _Samples:
        kinds, texts = samples()
        key = digest(self._model, *texts)
        kept = self._folder / f"messages-{key[:16]}.npz"
        for stored in (files("bot.answer.question.languages").joinpath(BUILT_IN), kept):
            if stored.is_file() and (vectors := read_vectors(stored.read_bytes(), key)) is not None:
                return _Samples(vectors, kinds)
        vectors = self._library.question_vectors(texts)
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(".part")
        unfinished.write_bytes(written_vectors(vectors, key))
        unfinished.replace(kept)
        return _Samples(vectors, kinds)


class _Samples:
    def __init__(self, vectors: Floats, kinds: list[Kind]) -> None:
        self._mean = vectors.mean(axis=0)
        self._vectors = _centred(vectors, self._mean)
        self._kinds = kinds

    def nearest(self, vector: Floats) -> Kind:
        cosines = self._vectors @ _centred(vector[None], self._mean)[0]
        nearest = np.argsort(-cosines)[:_NEIGHBOURS]
        votes: defaultdict[Kind, float] = defaultdict(float)
        for place in nearest:
            votes[self._kinds[place]] += float(np.exp(_SHARPNESS * (cosines[place] - cosines[nearest[0]])))
        return _elected(votes)


def _elected(votes: Mapping[Kind, float]) -> Kind:
    """The kind with most of the votes; all chatter votes together first, since it must not be looked up."""
    whole = sum(votes.values())
    chatter = [kind for kind in votes if kind.is_chatter]
    if sum(votes[kind] for kind in chatter) >= _MOST * whole:
        return max(chatter, key=lambda kind: votes[kind])
    kind = max(votes, key=lambda kind: votes[kind])
    return kind if votes[kind] >= _MOST * whole and not kind.is_chatter else Kind.QUESTION


def samples() -> tuple[list[Kind], list[str]]:
    """The sample messages of all languages, and their kinds."""
    pairs = [(Kind(kind), text) for code in codes() for kind, texts in messages(code).items() for text in texts]
    return [kind for kind, _ in pairs], [text for _, text in pairs]


def is_sample(text: str) -> bool:
    """Whether ``text`` is one of the samples, but for capitals and punctuation."""
    return _bare(text) in _bare_samples()


@cache
def _bare_samples() -> frozenset[str]:
    return frozenset(map(_bare, samples()[1]))


def _bare(text: str) -> str:
    return " ".join(text[start:end].casefold() for start, end in words(text))


def written_vectors(vectors: Floats, key: str) -> bytes:
    """``vectors`` as the bytes of a file, one byte a number; ``key`` names the model and the texts."""
    scales = np.abs(vectors).max(axis=1, keepdims=True) / 127
    buffer = BytesIO()
    np.savez_compressed(
        buffer, key=np.array(json.dumps(key)), scales=scales, steps=np.round(vectors / scales).astype(np.int8)
    )
    return buffer.getvalue()


def read_vectors(stored: bytes, key: str) -> Floats | None:
    """The vectors in such a file, or None if they are of another model or other texts, or it is damaged."""
    try:
        with np.load(BytesIO(stored)) as arrays:
            if json.loads(str(arrays["key"])) != key:
                return None
            vectors: Floats = (arrays["steps"] * arrays["scales"]).astype(np.float32)
            return vectors
    except (ValueError, KeyError, OSError, BadZipFile):
        return None


def _centred(vectors: Floats, mean: Floats) -> Floats:
    apart = vectors - mean
    unit: Floats = apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9)
    return unit
