"""Spellings of names: Bakhmut, Bachmut, Bachmoet and Бахмут are one name.

A name is compared by its key: transliterated to Latin letters, then rewritten so that the letters with which
languages spell one sound become one letter. What keys leave apart, edit similarity may still bring together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import regex
from anyascii import anyascii
from rapidfuzz import fuzz, process

from index.text.segmentation import words

NAME_WORD = r"[^\W\d_a-zß-öø-ÿ][\w'’-]+"
"""A word with a capital, as far as a character class of ``re`` can tell; ``str.isupper`` tells the rest."""

# A capitalised word of three letters or more. Digits belong to it: "Boeing-737" is found by its first part.
_NAME = regex.compile(r"[\p{L}\p{M}]{3,}")

# Ordered: longer spellings of a sound come before shorter ones. Sources: the Dutch, German, English, French
# and Polish ways to write Slavic and Arabic names.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"shch|schtsch|sjtsj|chtch", "s"),
        (r"tsch|tsj|tch|tsh|cz", "s"),
        (r"sch|sh|sj|zh|zj", "s"),
        (r"ck|q", "k"),
        (r"kh|ch|gh|x", "h"),
        (r"ph|w|v", "f"),
        (r"th|dt", "t"),
        (r"oe|ou|oo|ue", "u"),
        (r"ij|yj|iy|yi|ee|ie|ei|ai|ay|ey|y|j", "i"),
        (r"ae", "e"),
        (r"ts|tz|zz|z|c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"g", "h"),
        (r"o", "u"),
        (r"([a-z])\1+", r"\1"),
        (r"(?<=[a-z])h(?![aeiu])(?=[a-z]{0,1}$)", ""),
    )
)

# Below this, different names start to look alike (Iceland and Ireland reach 86).
_SIMILAR = 80

_WORDS = 4096
"""Words whose keys are remembered: the same few stand in most texts."""


def names_in(text: str) -> list[str]:
    """The words of ``text`` that could be names: capitalised, or written in a script without capitals."""
    found = (text[start:end] for start, end in words(text))
    return [word for word in found if not word[0].islower() and _NAME.fullmatch(word)]


@lru_cache(_WORDS)
def name_key(word: str) -> str:
    """How a name is compared: "Bachmoet", "Bakhmut" and "Бахмут" all give "bahmut"."""
    key = re.sub(r"[^a-z]", "", anyascii(word).lower())
    for sound, letter in _SOUNDS:
        key = sound.sub(letter, key)
    return key


def similar_keys(key: str, vocabulary: Sequence[str], limit: int = 3) -> list[tuple[str, float]]:
    """Keys of ``vocabulary`` that may be another spelling of ``key``, with a similarity 0..1, best first."""
    if len(key) < 4:
        return []
    found = process.extract(key, vocabulary, scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=limit)
    return [(match, score / 100) for match, score, _ in found if match[0] == key[0]]


def keys_of(words: Iterable[str]) -> list[str]:
    """The distinct keys of ``words`` that are long enough to mean something."""
    return [key for key in dict.fromkeys(map(name_key, words)) if len(key) >= 3]
