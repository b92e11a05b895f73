"""The words of a text that carry its meaning, by their beginnings: enough to find them inflected."""

from __future__ import annotations

from functools import cache, lru_cache

from bot.answer.evidence.overlap import stem
from bot.answer.evidence.statement import term
from index.text.calendar import weekday_names
from index.text.languages import codes, table
from index.text.segmentation import words

_TEXTS = 1024
"""Sentences whose words are remembered: of each they are asked for several times for one answer."""


@cache
def function_words() -> frozenset[str]:
    """The closed-class words of all languages that there is a table for, negations aside."""
    return frozenset().union(*(table(code, "small").get("words", "").split() for code in codes()))


@cache
def _negations() -> frozenset[str]:
    return frozenset().union(*(table(code, "small").get("negations", "").split() for code in codes()))


def is_negation(word: str) -> bool:
    """Whether ``word`` negates, "isn't" included."""
    return word.casefold() in _negations() or word.casefold().endswith(("n't", "n’t"))


@lru_cache(_TEXTS)
def content_words(text: str) -> tuple[str, ...]:
    """The stems of the words of ``text``, in order, without numbers, days of the week and closed-class words."""
    told = (term(text[start:end]) for start, end in words(text))
    kept = (word for word in told if not (word in _idle() or is_negation(word) or any(map(str.isdigit, word))))
    return tuple(map(stem, kept))


@cache
def _idle() -> frozenset[str]:
    return function_words().union(*(weekday_names(code) for code in codes()))
