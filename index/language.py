"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SAMPLE = 2000
_ENOUGH_LETTERS = 20
_SURE = 0.8


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``, or None if it is too short or mixed to tell.

    langid (Lui and Baldwin, 2012), with probabilities normalised by the length of the text.
    """
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _ENOUGH_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    return code if probability >= _SURE and len(code) == 2 else None


def language_certainty(text: str) -> float:
    """How surely ``text`` is in some language, 0 to 1: text read in a wrong encoding looks like none."""
    return float(_identifier().classify(text[:_SAMPLE])[1])


def language_code(declared: str | None) -> str | None:
    """``declared`` as an ISO 639-1 code ("en-GB" gives "en"), or None if it is no such code."""
    code = re.match(r"([a-z]{2})(?:[-_]|$)", (declared or "").strip().lower())
    return code[1] if code else None


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
