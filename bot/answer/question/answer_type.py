"""What kind of answer a question asks for, and whether a sentence holds one that the question doesn't.

The sentence that repeats a question best often doesn't answer it ("The show is back for a new season"): one that
adds a number, where a number is asked for, is likelier to. The kinds are of the coarse answer types of question
classification (Li and Roth 2002, https://aclanthology.org/C02-1150/), as far as a question's first words tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.answer.evidence.statement import Statement
from bot.answer.question.languages import known_words
from bot.answer.question.question import Part
from index.text.language import question_language
from index.text.numbers import numbers


class AnswerType(StrEnum):
    """The kinds of answers that are told apart."""

    NUMBER = "number"
    DAY = "day"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Expected:
    """What ``type`` of answer a question asks for, and what it counts itself."""

    type: AnswerType
    numbers: frozenset[float]

    def counts(self, sentence: str, language: str | None) -> bool:
        """Whether ``sentence`` gives the number or the day that is asked for, as far as one can tell."""
        if self.type is AnswerType.OTHER:
            return False
        if self.type is AnswerType.DAY and ((read := Statement(sentence, language)).weekdays or read.dates):
            return True
        return any(self.numbers.isdisjoint(number.values) for number in numbers(sentence, language))


def expected(part: Part) -> Expected:
    """What is asked for: in a follow-up's own words, of what the question before it counts, too."""
    question = part.meant
    language = question_language(question)
    asks = _patterns(language) or _patterns("en")
    kind = next((kind for kind, pattern in asks.items() if pattern.search(part.own)), AnswerType.OTHER)
    known = frozenset(value for number in numbers(question, language) for value in number.values)
    return Expected(kind, known)


@cache
def _patterns(language: str | None) -> Mapping[AnswerType, re.Pattern[str]]:
    """How a language asks for each kind of answer, the surest first."""
    words = known_words(language, "answer") if language else {}
    return {
        AnswerType(kind): re.compile(rf"\b(?:{'|'.join(words[kind])})\b", re.IGNORECASE)
        for kind in ("number", "day")
        if kind in words
    }
