"""What kind of answer a question asks for, and whether a sentence holds one that the question doesn't.

The sentence that repeats a question best often doesn't answer it ("The show is back for a new season"): one that
adds a number, where a number is asked for, is likelier to. The kinds are of the coarse answer types of question
classification (Li and Roth 2002, https://aclanthology.org/C02-1150/), as far as a question's first words tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.answer.evidence.statement import Statement
from bot.answer.question.languages import known_words
from bot.answer.question.question import Part
from index.text.language import question_language
from index.text.numbers import Number, numbers

_YEARS = range(1000, 2200)
_TOLD_IN = ("ordinal", "minute", "hour", "day", "week", "month")
"""Units of numbers that tell when: "in the 19th century", "in two weeks"."""


class AnswerType(StrEnum):
    """The kinds of answers that are told apart."""

    NUMBER = "number"
    DAY = "day"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Expected:
    """What ``type`` of answer a question asks for, and what it counts itself.

    ``future``: whether it surely asks for what is to come; then no year before that of the article is an answer.
    """

    type: AnswerType
    numbers: frozenset[float]
    future: bool = False

    def counts(self, sentence: str, language: str | None, published: int | None = None) -> bool:
        """Whether ``sentence`` gives the number or the day that is asked for, as far as one can tell.

        It stands in an article in ``language`` of the year ``published``.
        """
        if self.type is AnswerType.OTHER:
            return False
        if self.type is AnswerType.NUMBER:
            return any(self.numbers.isdisjoint(number.values) for number in numbers(sentence, language))
        read = Statement(sentence, language)
        new = [number for number in read.numbers if self.numbers.isdisjoint(number.values)]
        years = {date.year for date in read.dates} | {int(number.value) for number in new if _may_be_year(number)}
        first = published if self.future and published is not None else 0
        return (
            bool(read.weekdays)
            or any(year is None or year >= first for year in years)
            or any(number.unit in _TOLD_IN or read.is_of_clock(number) for number in new)
        )


def expected(part: Part) -> Expected:
    """What is asked for: in a follow-up's own words, of what the question before it counts, too."""
    question = part.meant
    language = question_language(question)
    asks = language if language and _pattern(language, AnswerType.DAY) else "en"
    kinds = (kind for kind in (AnswerType.NUMBER, AnswerType.DAY) if _asks(part.own, asks, kind))
    known = frozenset(value for number in numbers(question, language) for value in number.values)
    return Expected(next(kinds, AnswerType.OTHER), known, _asks(part.own, asks, "future"))


def _may_be_year(number: Number) -> bool:
    return number.unit is None and number.value in _YEARS


def _asks(question: str, language: str, role: str) -> bool:
    pattern = _pattern(language, role)
    return pattern is not None and pattern.search(question) is not None


@cache
def _pattern(language: str, role: str) -> re.Pattern[str] | None:
    """How a language asks for a kind of answer, or of the ``"future"``; None where it isn't known."""
    asks = known_words(language, "answer").get(role)
    return re.compile(rf"\b(?:{'|'.join(asks)})\b", re.IGNORECASE) if asks else None
