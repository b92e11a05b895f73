"""Finds the numbers of a text and puts together what belongs to each: sign, scale, half, unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.text.language import question_language
from index.text.languages import table
from index.text.numbers.digits import numbers_in_digits, plain_digits
from index.text.numbers.han import han_numbers
from index.text.numbers.scales import SPACES, scale_at, scales
from index.text.numbers.units import currency_before, in_base, unit_after
from index.text.numbers.words import phrases, spelled_numbers

_ORDINAL = re.compile(r"(?:\.?[ªº]|(?:st|nd|rd|th|er|re|ère|ème|e|de|ste)(?!\w))", re.IGNORECASE)
_POINT = re.compile(r"\.\s[^\W\d_]")
_COUNTED = re.compile(r"\s(?:[a-z]+s|people|men|women|children)\b")
_MINUS_SIGN = re.compile(r"(?:^|[\s(])[-−]$")
_DASHES = ("-", "–", "—")
_SHARED = 16
"""Characters between two numbers of which only the second may say the scale of both."""
_ENDS = re.compile(r"[.!?;:]")
_NOUN = re.compile(r"(?P<noun>[^\W\d_]+)[\s-]$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text, ``text[start:end]``, its scale included ("3.5 million"), its unit not.

    ``values``: what it may stand for, the likeliest first: "3.500" is 3500 or 3.5, "10m" may be ten million.
    ``unit``: of a measure its CLDR name ("kilometer", "percent", "year"), of money its ISO code ("EUR"), else
    "ordinal" or "fraction", or None if it counts things, or nothing.
    """

    values: tuple[float, ...]
    unit: str | None
    start: int
    end: int

    @property
    def value(self) -> float:
        """The likeliest value."""
        return self.values[0]


def numbers(text: str, language: str | None = None) -> list[Number]:
    """The numbers in ``text``, in the order in which they stand there.

    ``language`` (ISO 639-1) is that of the text; None means the one it looks like. Digits and scales are read in
    all languages, words in those that text2num knows. The parts of a date are numbers, too: to leave them out,
    blank the dates first (``index.text.calendar``). "One" is read, though it is often a pronoun.
    """
    language = language or question_language(text)
    plain = plain_digits(text)
    found = [Number((value,), unit, start, end) for start, end, value, unit in han_numbers(plain)]
    found += [one for one in _in_digits(plain, language) if not any(_overlap(one, other) for other in found)]
    for one in spelled_numbers(plain, language, [(other.start, other.end) for other in found]):
        found.append(Number((one.value,), None if one.kind == "cardinal" else one.kind, one.start, one.end))
    found = _with_halves(plain, language, sorted(found, key=lambda one: one.start))
    found = _ranges(plain, language, [_completed(plain, language, one) for one in found])
    return _below_zero(plain, language, found)


def same_number(one: Number, other: Number) -> bool:
    """Whether both may be one number of one unit: "3 km" and "3,000 metres", "1.2bn" and "1,200 million".

    A unit that only one of them has doesn't tell them apart, nor does a sign: "fell 5%" is "-5%".
    """
    for value in map(abs, one.values):
        for counterpart in map(abs, other.values):
            (kind, size), (other_kind, other_size) = in_base(value, one.unit), in_base(counterpart, other.unit)
            if not (kind and other_kind):
                size, other_size = value, counterpart
            elif kind != other_kind:
                continue
            if abs(size - other_size) <= _ROUNDING * max(size, other_size):
                return True
    return False


_ROUNDING = 1e-4
"""How far apart, in parts, two numbers may be that differ by rounding alone: "two thirds" and 0.6667."""


def _overlap(one: Number, other: Number) -> bool:
    return one.start < other.end and other.start < one.end


def _in_digits(text: str, language: str | None) -> Iterator[Number]:
    for start, end, values, fraction in numbers_in_digits(text, language):
        number = Number(values, "fraction" if fraction else None, start, end)
        if not fraction and (_ORDINAL.match(text, end) or _has_ordinal_point(text, start, end, language)):
            number = replace(number, unit="ordinal")
        yield _scaled(text, language, number)


def _has_ordinal_point(text: str, start: int, end: int, language: str | None) -> bool:
    """Whether a point behind a number makes it an ordinal: "der 3. Platz"."""
    before = text[max(0, start - 8) : start].rstrip()
    articles = phrases(language, "ordinal_point_behind").finditer(before)
    return bool(_POINT.match(text, end)) and any(article.end() == len(before) for article in articles)


def _scaled(text: str, language: str | None, number: Number) -> Number:
    """``number`` times the scales behind it: "3.5 million", "20 mil millones", "£750m", "3.5万", "2 dozen"."""
    while found := scale_at(text, number.end, language):
        match, scale = found
        values = tuple(value * scale for value in number.values)
        if match["word"] and len(match["word"]) == 1:
            # "10m" may be metres, "5 M" a size; money is meant in millions.
            behind = unit_after(text, match.end(), language)
            money = currency_before(text, number.start) or (behind or "").isupper()
            things = match["word"] == "m" and _COUNTED.match(text, match.end())  # "2m people"
            if not (money or things) and (match.group()[0] in SPACES or match["word"] == "m"):
                return replace(number, values=(*number.values, *values))
        number = Number(values, None, number.start, match.end())
    for quantity in phrases(language, "quantities").finditer(text, number.end, number.end + 20):
        if text[number.end : quantity.start()] in (" ", "-"):
            many = table(language, "numbers")["quantities"][quantity.group().casefold()]
            return Number(tuple(value * many for value in number.values), None, number.start, quantity.end())
    return number


def _with_halves(text: str, language: str | None, found: Sequence[Number]) -> list[Number]:
    """Adds the half of "three and a half", "tres millones y medio", "tres horas y media", "une heure et demie"."""
    numbers = list(found)
    for half in phrases(language, "and_a_half").finditer(text):
        noun = _NOUN.search(text, 0, half.start())
        ends = (half.start() - 1, noun.start() - 1 if noun else -1)
        whole = next((one for end in ends for one in numbers if one.end == end), None)
        if whole is None:
            if noun and (article := _article_before(text, noun.start(), language)):
                numbers.append(Number((1.5,), None, *article))
            continue
        size = _size(text, language, whole)
        added = replace(whole, values=tuple(value + size / 2 for value in whole.values))
        if whole.end == ends[0]:  # "three and a half million", of which the last word was read by itself
            added = _scaled(text, language, replace(added, end=half.end()))
        numbers = [*(one for one in numbers if not _overlap(one, added)), added]
    return sorted(numbers, key=lambda one: one.start)


def _size(text: str, language: str | None, number: Number) -> float:
    """What the last word of a number is a scale of: a million in "tres millones"."""
    last = text[number.start : number.end].split()[-1].casefold()
    return scales(language).get(last, 1.0)


def _article_before(text: str, position: int, language: str | None) -> tuple[int, int] | None:
    """Where the article stands whose noun begins at ``position``."""
    found = [
        match.span() for match in phrases(language, "articles").finditer(text, max(0, position - 8), position)
    ]
    return next((span for span in found if span[1] == position - 1), None)


def _completed(text: str, language: str | None, number: Number) -> Number:
    """``number`` with its sign and its unit."""
    before = text[max(0, number.start - 10) : number.start]
    words = phrases(language, "minus").finditer(before)
    minus = _MINUS_SIGN.search(before) or any(word.end() == len(before.rstrip()) for word in words)
    values = tuple(-value for value in number.values) if minus else number.values
    unit = number.unit or currency_before(text, number.start) or unit_after(text, number.end, language)
    return replace(number, values=values, unit=unit)


def _below_zero(text: str, language: str | None, found: Sequence[Number]) -> list[Number]:
    """ "Twelve degrees below zero" is one number."""
    below = [match.span() for match in phrases(language, "below_zero").finditer(text)]
    rest = [one for one in found if not any(start <= one.start < end for start, end in below)]
    for start, _ in below:
        near = [one for one in rest if one.end <= start and len(text[one.end : start].split()) <= 1]
        rest = [
            replace(one, values=tuple(-abs(value) for value in one.values)) if one in near[-1:] else one
            for one in rest
        ]
    return rest


def _ranges(text: str, language: str | None, found: Sequence[Number]) -> list[Number]:
    """Gives the first number of "15 to 18 euros" and "3 or 4 million" what only the second says of both."""
    whole: list[Number] = list(found)
    for place in range(len(found) - 2, -1, -1):
        first, second = whole[place], whole[place + 1]
        between = text[first.end : second.start].strip().casefold()
        size = _size(text, language, second)
        scaled = tuple(value * size for value in first.values) if size > 1 == _size(text, language, first) else ()
        if between not in table(language, "numbers").get("ranges", _DASHES) or first.unit:
            if scaled and not first.unit and len(between) <= _SHARED and not _ENDS.search(between):
                whole[place] = replace(first, values=first.values + scaled)  # "8.4 instead of 6.1 billion"
            continue
        if scaled and first.value < second.value / size:
            first = replace(first, values=scaled + first.values)
        whole[place] = replace(first, unit=second.unit if second.unit != "ordinal" else None)
    return whole
