"""How a text that was read differs from what its author wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+")
_KEPT = 0.9
"""Of a paragraph's words, for it not to be lost."""
_SHORTEST_RUN = 3
"""Words in the same order; fewer stand in any text."""


@dataclass(frozen=True, slots=True)
class Score:
    """Words of a text that aren't the article's, of all its words; paragraphs that aren't there, of all."""

    foreign: int = 0
    words: int = 0
    lost: int = 0
    paragraphs: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.foreign + other.foreign,
            self.words + other.words,
            self.lost + other.lost,
            self.paragraphs + other.paragraphs,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """A score, with the paragraphs that are lost and the words that are too many."""

    score: Score
    lost: Sequence[str]
    foreign: Sequence[str]


def compare(text: str, parts: Sequence[str], allowed: Iterable[str] = ()) -> Comparison:
    """``text`` beside the paragraphs ``parts``; what is in ``allowed`` may stand before them, and need not."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for part in (*allowed, *parts):
        start = len(words)
        words += words_of(part)
        spans.append((start, len(words)))
    read = words_of(text)
    matched = [False] * len(words)
    own = [False] * len(read)
    for at, there, length in SequenceMatcher(None, words, read, autojunk=False).get_matching_blocks():
        whole = any(start >= at and end <= at + length for start, end in spans if start < end)
        if length >= _SHORTEST_RUN or whole:
            matched[at : at + length] = [True] * length
            own[there : there + length] = [True] * length
    asked = spans[len(spans) - len(parts) :]
    lost = [
        part
        for part, (start, end) in zip(parts, asked, strict=True)
        if sum(matched[start:end]) < _KEPT * (end - start)
    ]
    foreign = _runs(read, own)
    return Comparison(Score(own.count(False), len(read), len(lost), len(parts)), lost, foreign)


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text``, in lower case."""
    return tuple(_WORD.findall(text.casefold()))


def _runs(words: Sequence[str], own: Sequence[bool]) -> list[str]:
    runs: list[list[str]] = []
    for number, word in enumerate(words):
        if not own[number]:
            if not runs or own[number - 1]:
                runs.append([])
            runs[-1].append(word)
    return [" ".join(run) for run in runs]
