"""Whether what a sentence says of a day is past or to come, by its verbs.

Each language's table lists closed-class words, irregular verbs and endings (regular expressions, whole words), of
strong cues ("will", "was", "said"), and of weak ones that may also be other words ("planned", "\\w+ed").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from index.text.languages import table

Tense = Literal["past", "future", "unsure"]

_KINDS: tuple[tuple[str, Tense, bool], ...] = (
    ("unsure", "unsure", True),
    ("future", "future", True),
    ("past", "past", True),
    ("future_weak", "future", False),
    ("past_weak", "past", False),
)
"""In this order: a part of "is expected to be opened" is no cue of its own."""
_BOUNDARY = re.compile(r"[,;:()\"“”„«»–—]|\s-\s|[.!?]\s")
_VERBLESS = 4
"""The most words of a clause that may have no verb, and so has that of its sentence: "on Monday,"."""
_NEAR = 3
"""The most words between a weak cue and the day that it tells of."""


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    tense: Tense
    strong: bool


def tense_at(text: str, start: int, end: int, language: str) -> Tense | None:
    """Whether ``text[start:end]``, which names a day, lies in the past or the future; None if nothing shows it.

    The verb that governs it is the last one before it in its clause, else the first one behind it. A weak cue
    counts only near the day, or where no other cue of the clause is against it. A clause without a verb has the
    tense that all others of the sentence share.
    """
    text = text[:1].lower() + text[1:] if len(text[:1].lower()) == 1 else text
    text = text[:start] + "§" * (end - start) + text[end:]  # so that the day is no part of a cue
    if pattern(language, "since_before").search(text[:start]):
        return "past"
    cues = _cues(text, language)
    left, right = _clause(text, start, end, language)
    inside = [cue for cue in cues if left <= cue.start and cue.end <= right]
    before = [cue for cue in inside if cue.end <= start]
    if not inside:
        return _shared(cues) if len(text[left:right].split()) <= _VERBLESS else None
    governing = before[-1] if before else inside[0]
    tense: Tense | None = governing.tense
    if not governing.strong:
        apart = len(text[governing.end : start].split())
        against = {cue.tense for cue in before if cue.strong} - {governing.tense}
        beside = bool(before) and apart <= 1 and not against
        near = bool(before) and apart <= _NEAR and _shared(before) is not None
        tense = governing.tense if beside or near else _shared(inside)
    undone = pattern(language, "undone")
    if undone.search(text, governing.start, governing.end) or (tense == "future" and undone.search(text)):
        return "unsure"  # a match that was put off: to Monday, on Monday or from Monday?
    if tense == "past" and pattern(language, "until_before").search(text[:start]):
        return "unsure"
    return tense


def tells_of_the_past(text: str, language: str) -> bool:
    """Whether a cue of the past stands in ``text``; yes, for all that is known, in a language without any."""
    return not table(language, "days").get("past") or any(cue.tense == "past" for cue in _cues(text, language))


def _shared(cues: Sequence[_Cue]) -> Tense | None:
    """The tense of all ``cues``; None if there is none, or they differ."""
    tenses = {cue.tense for cue in cues}
    return tenses.pop() if len(tenses) == 1 else None


def _clause(text: str, start: int, end: int, language: str) -> tuple[int, int]:
    """Where the clause begins and ends that ``text[start:end]`` stands in."""
    bounds = [
        match.span() for pattern_ in (_BOUNDARY, pattern(language, "clauses")) for match in pattern_.finditer(text)
    ]
    left = max((stop for begin, stop in bounds if stop <= start), default=0)
    behind = sorted(begin for begin, _ in bounds if begin >= end)
    if behind and text[behind[0]] == "," and len(text[left:start].split()) <= 1:
        behind = behind[1:]  # "On Monday, the court will rule": the comma divides no clauses
    return left, behind[0] if behind else len(text)


def _cues(text: str, language: str) -> list[_Cue]:
    found: list[_Cue] = []
    for name, tense, strong in _KINDS:
        for match in pattern(language, name).finditer(text):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(_Cue(*match.span(), tense, strong))
    return sorted(found, key=lambda cue: cue.start)


@cache
def pattern(language: str, name: str) -> re.Pattern[str]:
    """The words that the table "days" of a language has under ``name`` ("a.b" goes down); nothing if it has none.

    Of names that end in "before" or "behind", the words match at the end or the beginning of what is searched.
    """
    words: Any = table(language, "days")
    for part in name.split("."):
        words = words.get(part, {})
    found = rf"(?<![\w-])(?:{'|'.join(words) or '(?!)'})(?!\w|-\w)"
    return re.compile(
        rf"{found}\s*$" if name.endswith("before") else rf"\s?{found}" if name.endswith("behind") else found
    )
