"""Whether a number says what another says, or follows from two: their sum, difference, mean or share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.answer.evidence.comparison.ground import YEARS, Ground
from index.text.numbers import Number, same_number
from index.text.numbers.units import in_base

_ROUNDED = 0.06
"""How far, in parts, a number may be from the one that it rounds."""
_SHARE = 0.04
"""How far apart a share may be from the one that two numbers give: "a third" and 34 of 100."""
_EXACT = 0.02
"""How far, in parts, a sum may be rounded."""
_NEAR = 200
"""Characters: numbers further apart are not put together."""
_TIMES, _TIMES_ROUNDED = 20, 0.1
"""Up to how many times, and how roughly, one number may be another."""
_PARTS = ("fraction", "percent")


def is_given(number: Number, ground: Ground) -> bool:
    """Whether ``number`` stands in ``ground``, in another unit, rounded, or as what follows from two of its."""
    return any(same_number(number, other) or _rounds(number, other) for other in ground.numbers) or any(
        _follows(number, one, other) for one, other in _pairs(ground)
    )


def _rounds(number: Number, other: Number) -> bool:
    """Whether ``number`` says ``other`` in fewer digits: "200" or "nearly 15" for 212 and 14.9."""
    (kind, size), (other_kind, exact) = in_base(number.value, number.unit), in_base(other.value, other.unit)
    fewer = len(_digits(number.value)) < len(_digits(other.value))
    year = other.unit is None and other.value in YEARS
    return fewer and not year and _comparable(kind, other_kind) and abs(size - exact) <= _ROUNDED * exact


def _digits(value: float) -> str:
    """The digits of a number without the zeros at its ends, and without its point."""
    return f"{abs(value):.6g}".partition("e")[0].replace(".", "").strip("0-")


def _pairs(ground: Ground) -> Iterator[tuple[Number, Number]]:
    for text in ground.texts:
        for place, one in enumerate(text.numbers):
            yield from ((one, other) for other in text.numbers[place + 1 :] if other.start - one.end <= _NEAR)


def _follows(number: Number, one: Number, other: Number) -> bool:
    """Whether ``number`` is the sum of the two, their difference or mean, or one divided by the other."""
    kind, size = in_base(number.value, number.unit)
    (first_kind, first), (second_kind, second) = (in_base(each.value, each.unit) for each in (one, other))
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


def _is_any(size: float, exact: Iterable[float]) -> bool:
    return any(abs(size - one) <= _EXACT * one for one in exact if one)


def _portion(number: Number) -> float:
    return number.value / 100 if number.unit == "percent" else number.value


def _comparable(one: str | None, other: str | None) -> bool:
    return one == other or None in (one, other)
