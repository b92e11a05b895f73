"""A sentence, or a passage, parsed once: what of it can be compared by rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from index.text.calendar import WrittenDate, month_names, weekday_names, without_dates, written_dates
from index.text.language import question_language
from index.text.numbers import Number, numbers
from index.text.numbers.scales import either
from index.text.segmentation import words

_BEGINS = re.compile(r"[.!?:;…]\s|[\"“”„«»‘(\[\n¿¡–—]")
"""What explains a capital behind it."""
_CLOCK = re.compile(r"(?<![\d.:])(?:[01]?\d|2[0-4]):[0-5]\d(?!\d|[.:]\d)")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True)
class Statement:
    """A text and its ``language`` (ISO 639-1), None if it can't be told."""

    text: str
    language: str | None

    @classmethod
    def of(cls, text: str, language: str | None = None) -> Statement:
        """``text``, in its own language if that can be told, and else in ``language``."""
        return cls(text, question_language(text) or language)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words as they are written."""
        return tuple(self.text[start:end] for start, end in words(self.text))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its words as they are compared: case-folded, without a possessive."""
        return frozenset(map(term, self.words))

    @cached_property
    def dates(self) -> tuple[WrittenDate, ...]:
        """The calendar dates in it."""
        return tuple(written_dates(self.text, self.language))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers in it that belong to no date."""
        return tuple(numbers(without_dates(self.text, self.dates), self.language))

    def is_of_clock(self, number: Number) -> bool:
        """Whether ``number`` is part of an hour written with a colon."""
        return any(one.start() <= number.start < one.end() for one in _CLOCK.finditer(self.text))

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """The days of the week that it names; Monday is 0."""
        known = weekday_names(self.language)
        pattern = re.compile(rf"(?<!\w)(?:{either(known)})(?!\w)", re.IGNORECASE)  # one has an apostrophe inside
        return frozenset(known[one.casefold()] for one in pattern.findall(self.text))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The words written as names: capitals that their place doesn't explain.

        German writes every noun so; there only acronyms count, and words right behind another capitalised one.
        """
        calendar = {*month_names(self.language), *weekday_names(self.language)}
        found: list[str] = []
        behind_capital, explained, end = False, True, 0
        for start, stop in words(self.text):
            gap, word = self.text[end:start], self.text[start:stop]
            explained = explained or bool(_BEGINS.search(gap))
            capital = word[0].isupper() and term(word) not in calendar
            acronym = len(word) > 1 and word.isupper() and word.isalpha()
            told = behind_capital and gap == " " if self.language == "de" else not explained
            if len(word) > 1 and not any(map(str.isdigit, word)) and capital and (acronym or told):
                found.append(word)
            behind_capital, explained, end = capital and not explained, False, stop
        return tuple(dict.fromkeys(found))


def term(word: str) -> str:
    """``word`` as it is compared."""
    return _POSSESSIVE.sub("", word.casefold())
