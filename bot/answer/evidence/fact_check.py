"""The facts of a sentence that its passages don't have: numbers with their units, dates, names.

Rules on what libraries read in any language. What follows from numbers that stand together, such as a sum,
counts as there; whether it is the right one is a question of meaning, and the judge's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property

from bot.answer.evidence.statement import Statement, term, terms_of
from index.search import Hit
from index.text.calendar import WrittenDate
from index.text.names import name_key
from index.text.numbers import Number, same_number
from index.text.numbers.units import in_base

_ROUNDED = 0.06
"""How far, in parts, a number may be from the one that it rounds."""
_SHARE = 0.04
"""How far apart a share may be from the one that two numbers give: "a third" and 34 of 100."""
_SUM_ROUNDED = 0.02
_NEAR = 200
"""Characters: numbers further apart are not put together."""
_TIMES, _TIMES_ROUNDED = 20, 0.1
"""Up to how many times, and how roughly, one number may be another."""
_YEARS = range(1500, 2200)
_WORDS_RATHER = ("ordinal", "fraction")
"""What writers put in other words, "every third" for 34 of 100: the judge compares it."""
_DAY = timedelta(1)


class Ground:
    """What a sentence is held against: passages with their titles, outlets and dates, and what they are near.

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
    def heads(self) -> tuple[Statement, ...]:
        """What stands above the passages: headings and titles."""
        heads = ((hit, text) for hit in self.hits for text in (hit.passage.section, hit.article.title) if text)
        return tuple(Statement(text, hit.article.language) for hit, text in heads)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of passages and titles, dates aside."""
        return tuple(number for one in (*self.read, *self.heads) for number in one.numbers)

    @cached_property
    def dates(self) -> tuple[WrittenDate, ...]:
        """The calendar dates in passages and titles."""
        return tuple(written for one in (*self.read, *self.heads) for written in one.dates)

    @cached_property
    def days(self) -> frozenset[date]:
        """The days that "Friday" or "yesterday" in the passages may mean: some, for each day of publication."""
        weekdays = {day for one in (*self.read, *self.heads) for day in one.weekdays}
        near = {day + offset * _DAY for day in self.published for offset in range(-7, 8)}
        return frozenset(
            day
            for day in near
            if day.weekday() in weekdays or any(abs(day - base) <= _DAY for base in self.published)
        )

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the passages name, or mean by "this year" or "last year"."""
        named = {int(one.value) for one in self.numbers if one.unit is None and one.value in _YEARS}
        dated = {one.year for one in self.dates if one.year}
        return frozenset(named | dated | {day.year + step for day in self.published for step in (-1, 0, 1)})

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of passages, titles, outlets, authors, and of what is around, as names are compared."""
        texts = [text for hit in (*self.hits, *self._around) for text in (hit.passage.text, *heads_of(hit))]
        return frozenset(terms_of(texts))

    @cached_property
    def keys(self) -> frozenset[str]:
        """``names``, however they are spelled."""
        return frozenset(map(name_key, self.names))

    def spells(self, acronym: str) -> bool:
        """Whether words written with capitals in the passages begin with the letters of ``acronym``, in order."""
        initials = ["".join(word[0] for word in one.words if word[0].isupper()) for one in self.read]
        return any(acronym in letters for letters in initials)


def heads_of(hit: Hit) -> Iterator[str]:
    """What stands above the passage: heading, title, outlet, author."""
    article = hit.article
    yield from filter(None, (hit.passage.section, article.title, article.source, article.author))


def missing_facts(sentence: Statement, ground: Ground) -> list[str]:
    """The numbers, dates and names of ``sentence``, as it writes them, that ``ground`` has nothing for."""
    missing = [
        sentence.text[one.start : one.end].rstrip(".") for one in sentence.dates if not _has_date(one, ground)
    ]
    missing += [
        sentence.text[one.start : one.end]
        for one in sentence.numbers
        if one.unit not in _WORDS_RATHER and not sentence.is_of_clock(one) and not _has_number(one, ground)
    ]
    missing += [f"{hour}:{minute:02}" for hour, minute in sentence.clocks if not _has_clock(hour, minute, ground)]
    if not _has_weekdays(sentence, ground):
        missing.append("the day of the week")
    if all(one.language == sentence.language for one in ground.read):
        missing += [name for name in sentence.names if not _has_name(name, ground)]
    return missing


def _has_date(written: WrittenDate, ground: Ground) -> bool:
    years = (None, *_near(ground))
    if any(written.agrees_with(other) and written.year in (*years, other.year) for other in ground.dates):
        return True
    if written.day is None:
        near = {day + step * timedelta(31) for day in ground.published for step in (-1, 0, 1)}
        return any(written.may_be(day) for day in near | ground.days)
    return any(written.may_be(day) for day in ground.days)


def _near(ground: Ground) -> set[int]:
    return {day.year + step for day in ground.published for step in (-1, 0, 1)}


def _has_weekdays(sentence: Statement, ground: Ground) -> bool:
    known = {day.weekday() for day in ground.days}
    for one in (*ground.dates, *sentence.dates):
        for year in {one.year} if one.year else _near(ground):
            known |= {moment.weekday() for day in one.days if (moment := _moment(year, one.month, day))}
    return sentence.weekdays <= known


def _moment(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _has_number(number: Number, ground: Ground) -> bool:
    if number.unit is None and number.value in (0.0, 1.0):  # more often a pronoun or an article than a count
        return True
    if number.unit in (None, "year") and number.value in ground.years:
        return True
    return any(same_number(number, other) or _rounds(number, other) for other in ground.numbers) or any(
        _follows(number, one, other)
        for text in (*ground.read, *ground.heads)
        for place, one in enumerate(text.numbers)
        for other in text.numbers[place + 1 :]
        if other.start - one.end <= _NEAR
    )


def _has_clock(hour: int, minute: int, ground: Ground) -> bool:
    told = {clock for one in (*ground.read, *ground.heads) for clock in one.clocks}
    return any(minute == other and (hour - their) % 12 == 0 for their, other in told)


def _rounds(number: Number, other: Number) -> bool:
    """Whether ``number`` says ``other`` in fewer digits: "200" or "nearly 15" for 212 and 14.9."""
    (kind, size), (other_kind, exact) = in_base(number.value, number.unit), in_base(other.value, other.unit)
    fewer = _digits(number.value) < _digits(other.value)
    year = other.unit is None and other.value in _YEARS
    return fewer and not year and _comparable(kind, other_kind) and abs(size - exact) <= _ROUNDED * exact


def _digits(value: float) -> int:
    """How many digits a number has without the zeros at its ends."""
    return len(f"{value:.6g}".partition("e")[0].replace(".", "").strip("0-"))


def _follows(number: Number, one: Number, other: Number) -> bool:
    """Whether ``number`` is the sum of the two, their difference, or how many times one is the other."""
    kind, size = in_base(number.value, number.unit)
    (first_kind, first), (second_kind, second) = (in_base(each.value, each.unit) for each in (one, other))
    if not _comparable(first_kind, second_kind) or (first_kind != second_kind and kind is None):
        return False
    low, high = sorted((abs(first), abs(second)))
    exact = [one for one in (low + high, high - low) if one and _comparable(kind, first_kind or second_kind)]
    if any(abs(size - one) <= _SUM_ROUNDED * one for one in exact):
        return True
    if not low or size <= 0:
        return False
    share = low / high
    if kind in ("fraction", "percent"):
        return any(abs(_portion(number) - part) <= _SHARE for part in (share, 1 - share))
    return kind is None and size <= _TIMES and abs(size * share - 1) <= _TIMES_ROUNDED


def _portion(number: Number) -> float:
    return number.value / 100 if number.unit == "percent" else number.value


def _comparable(one: str | None, other: str | None) -> bool:
    return one == other or None in (one, other)


def _has_name(name: str, ground: Ground) -> bool:
    key = name_key(term(name))
    if not key or term(name) in ground.names or key in ground.keys:
        return True
    return any(_inflected(key, other) for other in ground.keys) or (name.isupper() and ground.spells(name))


def _inflected(key: str, other: str) -> bool:
    """Whether two keys are forms of one name: Ukraine, Ukrainian."""
    shorter, longer = sorted((key, other), key=len)
    root = max(4, round(0.6 * len(longer)))
    return len(shorter) >= root and shorter[:root] == longer[:root]
