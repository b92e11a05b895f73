"""Whether a number says what another says, or follows from two: a sum, a share, a product, a span of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from bot.answer.evidence.comparison.ground import YEARS, Ground
from index.text.numbers import Number, same_number
from index.text.numbers.units import in_base

_ROUNDED = 0.06
"""How far, in parts, a number may be from the one that it rounds."""
_ONE_DIGIT = 0.1
"""The same where it has one digit, zeros aside, which is for the judge to see."""
_THOUSAND = 1_000
"""From here on people speak of a number in one digit, however far that is from it."""
_SHARE = 0.04
"""How far apart a share may be from the one that two numbers give: "a third" and 34 of 100."""
_EXACT = 0.02
"""How far, in parts, a sum or a product may be rounded."""
_NEAR = 200
"""Characters: numbers further apart are not put together."""
_TIMES, _TIMES_ROUNDED = 20, 0.1
"""Up to how many times, and how roughly, one number may be another."""
_PARTS = ("fraction", "percent")
_PERIODS = {"year": 1.0, "decade": 10.0, "century": 100.0}
"""What is counted from one year to another, in years."""


def is_given(number: Number, ground: Ground, near: float = _NEAR) -> bool:
    """Whether ``number`` stands in ``ground``, in another unit, rounded, or as what follows from two of its.

    ``near``: how many characters there may be between the two.
    """
    return (
        any(same_number(number, other) or _rounds(number, other) for other in ground.numbers)
        or any(_follows(number, one, other) for one, other in _pairs(ground, near))
        or _is_time_since(number, ground)
    )


def may_be_meant(number: Number, ground: Ground) -> bool:
    """Whether ``number`` may be what ``ground`` has, in one digit ("over a million"), or what three add up to."""
    return any(_rounds_to_a_digit(number, other) for other in ground.numbers) or any(
        _adds_up(number, three) for text in ground.texts for three in combinations(_amounts(text.numbers), 3)
    )


def _rounds_to_a_digit(number: Number, other: Number) -> bool:
    (kind, size), (other_kind, exact) = in_base(number.value, number.unit), in_base(other.value, other.unit)
    rounded = len(digits(number.value)) == 1 and size == float(f"{exact:.0e}")
    near = number.value >= _THOUSAND or abs(size - exact) <= _ONE_DIGIT * exact
    return rounded and near and _comparable(kind, other_kind)


def _amounts(numbers: Iterable[Number]) -> list[tuple[str | None, float]]:
    """What can be added up: numbers with a unit, and large ones, which share it with those beside them."""
    based = (in_base(one.value, one.unit) for one in numbers)
    return [(kind, size) for kind, size in based if kind not in _PARTS and (kind or size >= _THOUSAND)]


def _adds_up(number: Number, three: Sequence[tuple[str | None, float]]) -> bool:
    """Whether ``number`` is the sum of three amounts of a kind, or what two of them leave of the largest."""
    kind, size = in_base(number.value, number.unit)
    kinds = {its_kind for its_kind, _ in three} - {None}
    low, middle, high = sorted(amount for _, amount in three)
    alike = len(kinds) == 1 and kind in (*kinds, None)
    return alike and _is_any(size, (low + middle + high, high - middle - low))


def _rounds(number: Number, other: Number) -> bool:
    """Whether ``number`` says ``other`` in fewer digits: "200" or "nearly 15" for 212 and 14.9."""
    (kind, size), (other_kind, exact) = in_base(number.value, number.unit), in_base(other.value, other.unit)
    fewer = len(digits(number.value)) < len(digits(other.value))
    year = other.unit is None and other.value in YEARS
    return fewer and not year and _comparable(kind, other_kind) and abs(size - exact) <= _ROUNDED * exact


def digits(value: float) -> str:
    """The digits of a number without the zeros at its ends, and without its point."""
    return f"{abs(value):.6g}".partition("e")[0].replace(".", "").strip("0-")


def _pairs(ground: Ground, near: float) -> Iterator[tuple[Number, Number]]:
    for text in ground.texts:
        for place, one in enumerate(text.numbers):
            yield from ((one, other) for other in text.numbers[place + 1 :] if other.start - one.end <= near)


def _follows(number: Number, one: Number, other: Number) -> bool:
    """Whether ``number`` is the sum of the two, their difference, mean or product, or one divided by the other."""
    kind, size = in_base(number.value, number.unit)
    (first_kind, first), (second_kind, second) = (in_base(each.value, each.unit) for each in (one, other))
    if _is_part_or_multiple(number, one, other) or _is_part_or_multiple(number, other, one):
        return True
    if not _comparable(first_kind, second_kind):
        return False
    if first_kind != second_kind:  # "38 millimetres, against 110 on average"
        first, second, size = one.value, other.value, number.value
    low, high = sorted((abs(first), abs(second)))
    exact = (low + high, high - low, (low + high) / 2) if _comparable(kind, first_kind or second_kind) else ()
    if _is_any(size, exact):
        return True
    if not low or size <= 0:
        return False
    share = low / high
    if kind in _PARTS:
        return any(abs(_portion(number) - part) <= _SHARE for part in (share, 1 - share))
    return kind is None and size <= _TIMES and abs(size * share - 1) <= _TIMES_ROUNDED


def _is_part_or_multiple(number: Number, factor: Number, of: Number) -> bool:
    """Whether ``number`` is so many times ``of``, or so much of it: half of 11 million, two of 900 megawatts."""
    many = factor.unit is None and 2 <= factor.value <= _TIMES and factor.value == int(factor.value)
    if not (many or factor.unit in _PARTS) or of.unit in _PARTS:
        return False
    (kind, size), (its_kind, its_size) = in_base(number.value, number.unit), in_base(of.value, of.unit)
    part = factor.value if many else _portion(factor)
    results = (part * its_size,) if many else (part * its_size, (1 - part) * its_size)
    return _comparable(kind, its_kind) and _is_any(size, results)


def _is_time_since(number: Number, ground: Ground) -> bool:
    """Whether so many years, begun or over, lie between two that ``ground`` names, or up to publication."""
    if number.unit not in _PERIODS:
        return False
    ends = ground.years_named | {day.year for day in ground.published}
    length = _PERIODS[number.unit]
    return any(
        number.value * length - 1 <= end - begin <= (number.value + 1) * length
        for begin in ground.years_named
        for end in ends
        if begin < end
    )


def _is_any(size: float, exact: Iterable[float]) -> bool:
    return any(abs(size - one) <= _EXACT * one for one in exact if one)


def _portion(number: Number) -> float:
    return number.value / 100 if number.unit == "percent" else number.value


def _comparable(one: str | None, other: str | None) -> bool:
    return one == other or None in (one, other)
