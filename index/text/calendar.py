"""Dates written in a text in any language: days, months and years, by the names of the Unicode CLDR."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from index.text.language import question_language
from index.text.languages import locales, table
from index.text.numbers.digits import plain_digits
from index.text.numbers.scales import either, has_case


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date of a text, ``text[start:end]``; what it doesn't say is None.

    Of several days, "12 to 14 May", ``day`` is the first and ``last_day`` the last.
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    last_day: int | None = None

    @property
    def days(self) -> range:
        """The days of the month that it names; none if it names the month alone."""
        return range(self.day, (self.last_day or self.day) + 1) if self.day else range(0)

    def may_be(self, moment: date) -> bool:
        """Whether what it says of a date is true of ``moment``."""
        named = not self.day or moment.day in self.days
        return named and self.month == moment.month and self.year in (None, moment.year)

    def agrees_with(self, other: WrittenDate) -> bool:
        """Whether nothing that both say is different."""
        if self.month != other.month or (self.year and other.year and self.year != other.year):
            return False
        return not (self.day and other.day) or other.day in self.days or self.day in other.days


def written_dates(text: str, language: str | None = None) -> list[WrittenDate]:
    """The dates in ``text``, in the order in which they stand there.

    "12 May 2023", "May 12", "12. Mai", "May 2023", "in May", "2023-05-12", "12.05.2023", "2023年5月12日"; a date
    that can be read two ways (05/12/2023) is none. ``language`` (ISO 639-1) is that of the text; None means the
    one it looks like.
    """
    language = language or question_language(text)
    plain = plain_digits(text)
    found: list[WrittenDate] = []
    for pattern in (*_patterns(language), *_IN_FIGURES):
        for match in pattern.finditer(plain):
            one = _date(match, language)
            if one and not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def without_dates(text: str, dates: Iterable[WrittenDate]) -> str:
    """``text`` with blanks for ``dates``, so that offsets stay."""
    for one in dates:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


@cache
def month_names(language: str | None) -> Mapping[str, int]:
    """The months of a language by their names, 1 to 12: case-folded, short ones without their point."""
    return {name.casefold(): month for name, month in _names(language, "months").items()}


@cache
def weekday_names(language: str | None) -> Mapping[str, int]:
    """The days of the week of a language by their full names, case-folded; Monday is 0, as in ``date.weekday``."""
    return {
        name.casefold(): day
        for name, day in (*_names(language, "days").items(), *table(language, "days").get("weekdays", {}).items())
    }


@cache
def _names(language: str | None, what: str) -> Mapping[str, int]:
    """The names of the "months" or "days", as they are written; of months also the short ones."""
    widths = ("wide", "abbreviated") if what == "months" else ("wide",)
    names = {
        str(name).strip("."): number
        for locale in locales(language)
        for width in widths
        for form in ("format", "stand-alone")
        for number, name in getattr(locale, what)[form][width].items()
    }
    return {
        name: number
        for name, number in names.items()
        if len(name) > 1 + has_case(name) and not name[0].isdecimal()
    }


@cache
def _patterns(language: str | None) -> tuple[re.Pattern[str], ...]:
    """A day, a month and a year; a month, a day and a year; a month and a year; a month alone."""
    names = _names(language, "months")
    if not names:
        return ()
    month = rf"(?P<month>{either(names)})(?!\w)\.?"
    full = either([name for name in names if len(name) > 3 or name.casefold() in _SHORT_MONTHS])
    year = r"(?P<year>\d{4})(?!\d)"
    of = r"(?:\s+|\s+(?:de|di|del|of)\s+)"
    nth = r"(?:st|nd|rd|th|er|\.|º|ª)?"
    first = rf"(?:(?P<first>\d{{1,2}}){nth}\s?(?:and|to|tot|en|bis|und|al?|y|au|et|e|i|til|[-–])\s?)?"
    return (
        re.compile(rf"(?<!\d){first}(?P<day>\d{{1,2}}){nth}{of}{month}(?:,?{of}{year})?", re.IGNORECASE),
        re.compile(rf"(?<!\w){month}\s+(?P<day>\d{{1,2}}){nth}(?![\d.,]*\d)(?:,?\s+{year})?", re.IGNORECASE),
        re.compile(rf"(?<!\w){month}{of}{year}", re.IGNORECASE),
        re.compile(rf"(?<=[^\W\d_]\s)(?P<month>{full})(?!\w)"),  # as it is written, and not to begin a sentence
    )


_SHORT_MONTHS = frozenset("may mai mei maj mag".split())
_VERBS_TOO = frozenset(("may", "march"))
"""In lower case, and without a year, no month: "doses 2 and 3 may be given"."""
_IN_FIGURES = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)"),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)"),
    re.compile(
        r"(?<!\d)(?:(?P<year>\d{4})\s?[年년]\s?)?(?P<number>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]"
    ),
    re.compile(r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<number>\d{1,2})\s?[月월]"),
)


def _date(match: re.Match[str], language: str | None) -> WrittenDate | None:
    """The date that a match states, or None if there is no such date."""
    parts = match.groupdict()
    if language == "en" and parts.get("month") in _VERBS_TOO and not parts.get("year"):
        return None
    year, day, first = (int(parts[name]) if parts.get(name) else None for name in ("year", "day", "first"))
    month = month_names(language)[parts["month"].casefold()] if parts.get("month") else int(parts["number"])
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    spans = bool(first and day and first < day)
    return WrittenDate(*match.span(), year, month, first if spans else day, day if spans else None)
