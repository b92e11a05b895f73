"""The facts of a sentence that its passages don't have: numbers with their units, dates, names.

Rules on what libraries read in any language. What follows from two numbers that stand together, such as a sum,
counts as there; whether it is the right one is a question of meaning, and the judge's. So are numbers and dates
that the rules don't find, since writers count and reckon; of names the rules are sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.answer.evidence.comparison.arithmetic import is_given
from bot.answer.evidence.comparison.ground import Ground
from bot.answer.evidence.statement import Statement, term
from index.text.calendar import WrittenDate
from index.text.names import name_key
from index.text.numbers import SPELLED, Number
from index.text.places import countries_of, same_country

_WORDS_RATHER = ("ordinal", "fraction")
"""What writers put in other words, "every third" for 34 of 100: the judge compares it."""
_PAIR = 2
"""Up to this, a number without a unit is more often a pronoun, an article or a pair than a count."""
_SMALL = 20
"""Up to this, numbers are mostly written in words, which can't be read in every language, or counted."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact as the sentence writes it; ``sure``: nothing that the passages have can be meant by it."""

    fact: str
    sure: bool = False


def missing_facts(sentence: Statement, ground: Ground) -> list[Missing]:
    """The numbers, dates and names of ``sentence`` that ``ground`` has nothing for."""
    return [
        *_missing_dates(sentence, ground),
        *_missing_numbers(sentence, ground),
        *_missing_names(sentence, ground),
    ]


def states_facts(sentence: Statement, ground: Ground) -> bool:
    """Whether ``sentence`` gives a date, or a number that is compared with those of ``ground``."""
    return bool(sentence.dates) or any(_is_compared(one, sentence, ground) for one in sentence.numbers)


def _missing_dates(sentence: Statement, ground: Ground) -> Iterator[Missing]:
    for one in sentence.dates:
        if not _has_date(one, ground):
            yield Missing(sentence.text[one.start : one.end].rstrip("."))


def _missing_numbers(sentence: Statement, ground: Ground) -> Iterator[Missing]:
    for one in sentence.numbers:
        if _is_compared(one, sentence, ground) and not _has_number(one, ground):
            yield Missing(sentence.text[one.start : one.end])


def _is_compared(number: Number, sentence: Statement, ground: Ground) -> bool:
    """Whether the rules tell anything of ``number``: of hours, of "a third" and of small ones they don't."""
    if number.unit in _WORDS_RATHER or sentence.is_of_clock(number):
        return False
    if number.unit is None and 0 <= number.value <= _PAIR:
        return False
    return number.value > _SMALL or all(one.language in SPELLED for one in ground.read)


def _missing_names(sentence: Statement, ground: Ground) -> Iterator[Missing]:
    """Names are compared within one language."""
    if all(one.language == sentence.language for one in ground.read):
        lacking = [name for name in sentence.names if not _has_name(name, sentence.language, ground)]
        yield from (Missing(name, not _is_first_name(name, sentence, ground)) for name in lacking)


def _has_date(written: WrittenDate, ground: Ground) -> bool:
    years = (None, *ground.years_near)
    if any(written.agrees_with(other) and written.year in (*years, other.year) for other in ground.dates):
        return True
    if written.day is None:
        near = {day + step * timedelta(31) for day in ground.published for step in (-1, 0, 1)}
        return any(written.may_be(day) for day in near | ground.days)
    return any(written.may_be(day) for day in ground.days)


def _has_number(number: Number, ground: Ground) -> bool:
    return (number.unit in (None, "year") and number.value in ground.years) or is_given(number, ground)


def _has_name(name: str, language: str | None, ground: Ground) -> bool:
    key = name_key(term(name))
    if not key or term(name) in ground.names or key in ground.keys:
        return True
    if any(_inflected(key, other) for other in ground.keys) or (name.isupper() and ground.spells(name)):
        return True
    if any(set(map(term, one.split())) <= ground.names for one in countries_of(name, language)):
        return True
    country = same_country(name, language)
    return country is not None and ground.writes(country)


def _is_first_name(name: str, sentence: Statement, ground: Ground) -> bool:
    """Whether a name that is there stands behind it: passages call people by surname whom others introduce."""
    behind = re.search(rf"(?<!\w){re.escape(name)} (\w+)", sentence.text)
    return bool(behind and behind[1] in sentence.names and _has_name(behind[1], sentence.language, ground))


def _inflected(key: str, other: str) -> bool:
    """Whether two keys are forms of one name: Ukraine, Ukrainian."""
    shorter, longer = sorted((key, other), key=len)
    root = max(4, round(0.6 * len(longer)))
    return len(shorter) >= root and shorter[:root] == longer[:root]
