"""What a sentence is held against: passages with their titles, outlets and days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property

from bot.answer.evidence.statement import Statement, term
from index.search import Hit
from index.text.calendar import WrittenDate
from index.text.names import name_key
from index.text.numbers import Number
from index.text.segmentation import words

YEARS = range(1500, 2200)
"""The numbers that may be years."""
DAY = timedelta(1)


class Ground:
    """Passages with their titles, outlets and dates, and what they are near.

    ``around`` are further passages of the same articles, in which a name may stand that these only mean.
    """

    def __init__(self, hits: Sequence[Hit], read: Sequence[Statement], around: Sequence[Hit] = ()) -> None:
        """``read`` are the texts of ``hits``, each parsed in its article's language."""
        self.hits = hits
        self.read = read
        self._around = around

    @cached_property
    def published(self) -> frozenset[date]:
        """The days on which the articles came out."""
        return frozenset(hit.article.published_at.date() for hit in self.hits if hit.article.published_at)

    @cached_property
    def texts(self) -> tuple[Statement, ...]:
        """The passages, and what stands above them: headings and titles."""
        heads = ((hit, text) for hit in self.hits for text in (hit.passage.section, hit.article.title) if text)
        return (*self.read, *(Statement(text, hit.article.language) for hit, text in heads))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of passages and titles, dates aside."""
        return tuple(number for one in self.texts for number in one.numbers)

    @cached_property
    def dates(self) -> tuple[WrittenDate, ...]:
        """The calendar dates in passages and titles."""
        return tuple(written for one in self.texts for written in one.dates)

    @cached_property
    def days(self) -> frozenset[date]:
        """The days that "Friday" or "yesterday" in the passages may mean: some, for each day of publication."""
        weekdays = {day for one in self.texts for day in one.weekdays}
        near = {day + offset * DAY for day in self.published for offset in range(-7, 8)}
        return frozenset(
            day
            for day in near
            if day.weekday() in weekdays or any(abs(day - base) <= DAY for base in self.published)
        )

    @cached_property
    def years_near(self) -> frozenset[int]:
        """The years of publication and those next to them."""
        return frozenset(day.year + step for day in self.published for step in (-1, 0, 1))

    @cached_property
    def years_named(self) -> frozenset[int]:
        """The years that the passages name."""
        named = {int(one.value) for one in self.numbers if one.unit is None and one.value in YEARS}
        return frozenset(named | {one.year for one in self.dates if one.year})

    @property
    def years(self) -> frozenset[int]:
        """The years that the passages name, or mean by "this year" or "last year"."""
        return self.years_named | self.years_near

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of passages, titles, outlets, authors, and of what is around, as names are compared."""
        texts = [text for hit in (*self.hits, *self._around) for text in (hit.passage.text, *heads_of(hit))]
        return frozenset(term(text[start:end]) for text in texts for start, end in words(text))

    @cached_property
    def keys(self) -> frozenset[str]:
        """``names``, however they are spelled."""
        return frozenset(map(name_key, self.names))

    def spells(self, acronym: str) -> bool:
        """Whether words written with capitals in the passages begin with the letters of ``acronym``, in order."""
        initials = ["".join(word[0] for word in one.words if word[0].isupper()) for one in self.read]
        return any(acronym in letters for letters in initials)

    def writes(self, name: re.Pattern[str]) -> bool:
        """Whether ``name`` stands in passages or titles."""
        return any(name.search(one.text) for one in self.texts)


def heads_of(hit: Hit) -> Iterator[str]:
    """What stands above the passage: heading, title, outlet, author."""
    article = hit.article
    yield from filter(None, (hit.passage.section, article.title, article.source, article.author))
