"""Words, and places to break a text, in any script.

Scripts that write spaces are cut at them; runs of those that write none (Chinese, Japanese, Thai, Lao, Khmer,
Burmese) are cut by ICU's dictionaries (Unicode TR29 and TR14).
"""

from __future__ import annotations

from collections.abc import Iterator

import regex
from icu4py.breakers import BaseBreaker, LineBreaker, SentenceBreaker, WordBreaker

Span = tuple[int, int]

_WORD = regex.compile(r"\w+")  # of this library, unlike the standard one's, vowel signs belong to their words
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{LB=SA}]+")
_ROOT = ""


def words(text: str) -> list[Span]:
    """The words of ``text`` as (start, end) offsets into it: runs of letters, their marks, and digits."""
    if not _UNSPACED.search(text):
        return [word.span() for word in _WORD.finditer(text)]
    spans: list[Span] = []
    for word in _WORD.finditer(text):
        start, end = word.span()
        for run in _UNSPACED.finditer(text, start, end):
            if start < run.start():
                spans.append((start, run.start()))
            spans += ((run.start() + a, run.start() + b) for a, b in _segments(WordBreaker, run[0], _ROOT))
            start = run.end()
        if start < end:
            spans.append((start, end))
    return spans


def unspaced(text: str) -> list[str]:
    """The runs of ``text`` in scripts that write no spaces between words."""
    return _UNSPACED.findall(text)


def line_breaks(text: str) -> list[int]:
    """Where ``text`` may be broken, the end included: after a space, between ideographs, between words of Thai."""
    return [end for _, end in _segments(LineBreaker, text, _ROOT)]


def sentence_ends(text: str, language: str = "") -> list[int]:
    """Where sentences end by their punctuation, but for abbreviations that CLDR lists for ``language``."""
    locale = f"{language}@ss=standard" if language else _ROOT
    return [end for _, end in _segments(SentenceBreaker, text, locale)]


def _segments(breaker: type[BaseBreaker], text: str, locale: str) -> Iterator[Span]:
    """What ``breaker`` finds, as offsets of characters; it counts units of UTF-16 itself."""
    # Half a surrogate pair cannot be handed to it; replaced one for one, the offsets stay right.
    found = breaker(text.encode("utf-8", "replace").decode(), locale).segments()
    if text.isascii() or max(text, default="") <= "\uffff":
        return found
    offsets = [number for number, character in enumerate(text) for _ in range(1 + (character > "\uffff"))]
    offsets.append(len(text))
    return ((offsets[start], offsets[end]) for start, end in found)
