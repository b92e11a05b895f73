"""Which language a text is in."""

from __future__ import annotations

import io
import lzma
import re
from array import array
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

from index.text.segmentation import unspaced

_SAMPLE = 2000
_ENOUGH_LETTERS = 20
_UNSPACED_LETTER = 3
"""As many letters of an alphabet one tells as much as, of a script that writes no spaces."""
_SURE = 0.8
_SURE_OF_QUESTION = 0.4
"""Of XQuAD's 3,570 questions in three languages, 0.2% are taken for another language, and 2% for none."""
_SENTENCES = 512
"""Sentences whose language is remembered: of each it is asked several times for one answer."""


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``, or None if it is too short or mixed to tell.

    langid (Lui and Baldwin, 2012), with probabilities normalised by the length of the text.
    """
    return _detect(text, _SURE)


@lru_cache(_SENTENCES)
def question_language(question: str) -> str | None:
    """As ``detect_language``, for a sentence or two, where one is seldom as sure as with a whole article."""
    return _detect(question, _SURE_OF_QUESTION)


def _detect(text: str, sure: float) -> str | None:
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample)) + (_UNSPACED_LETTER - 1) * sum(map(len, unspaced(sample)))
    if letters < _ENOUGH_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    return code if probability >= sure and len(code) == 2 else None


def language_ranks(text: str) -> dict[str, float]:
    """How likely ``text`` is in each language (ISO 639-1), 0 to 1."""
    return {code: float(probability) for code, probability in _identifier().rank(text[:_SAMPLE])}


def read_tables() -> None:
    """Read what telling languages takes, so that no question has to wait for it. Doing it again does nothing."""
    _identifier()


def language_code(declared: str | None) -> str | None:
    """``declared`` as an ISO 639-1 code ("en-GB" gives "en"), or None if it is no such code."""
    code = re.match(r"([a-z]{2})(?:[-_]|$)", (declared or "").strip().lower())
    return code[1] if code else None


@cache
def _identifier() -> LanguageIdentifier:
    """py3langid's model, unpacked in memory: its own way needs 70 MB on the disk, which may be full."""
    with np.load(io.BytesIO(lzma.decompress((MODEL_DIR / MODEL_FILE).read_bytes()))) as model:
        return LanguageIdentifier(
            model["ptc"],
            model["pc"],
            model["classes"].tolist(),
            _array(model["nextmove"]),
            model["out_feat"].tolist(),
            norm_probs=True,
            tk_row=_array(model["nextmove_row"]),
        )


def _array(numbers: npt.NDArray[np.unsignedinteger]) -> array[int]:
    """``numbers`` as Python's own kind of array, whose single elements are faster to read."""
    found = array(numbers.dtype.char)
    found.frombytes(numbers.data.cast("B"))
    return found
