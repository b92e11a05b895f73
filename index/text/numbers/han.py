"""Numbers in the numerals of Chinese and Japanese: 三百五十, 12万3千, 二〇二三年."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_DIGITS = {
    character: value
    for value, characters in enumerate("〇零 一 二两兩 三 四 五 六 七 八 九".split())
    for character in characters
}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_HAN = "".join((*_DIGITS, *_PLACES, *_MYRIADS))
_RUN = re.compile(rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?)?[{_HAN}](?:[{_HAN}]|\d+)*")
_PART = re.compile(rf"\d[\d,]*(?:\.\d+)?|[{_HAN}]")
_COUNTER = re.compile(r"[个個名人位岁歲年月日天次家所张張件枚台部倍回]")
_NO_NUMBERS = frozenset("万一 千万 千萬 萬一 三三两两".split())
"""Words made of numerals: "in case", "by all means"."""


def han_numbers(text: str) -> Iterator[tuple[int, int, float, str | None]]:
    """The start, end, value and unit ("ordinal", "percent") of each number in ``text`` with a Han numeral in it.

    A single numeral is one only before a counter or behind 第, for it is a part of many words.
    """
    for match in _RUN.finditer(text):
        run, before = match.group(), text[max(0, match.start() - 3) : match.start()]
        unit = "ordinal" if before.endswith("第") else "percent" if before == "百分之" else None
        if len(run) == 1 and not (unit or (run != "一" and _COUNTER.match(text, match.end()))):
            continue
        if run in _NO_NUMBERS:
            continue
        parts = _PART.findall(run)
        if not all(part in _DIGITS for part in parts) or len(parts) == 1:
            yield *match.span(), _value(parts), unit
        elif len(parts) > 2:  # 二〇二三: digit by digit; two of them are mostly "one or two"
            yield *match.span(), float("".join(str(_DIGITS[part]) for part in parts)), unit


def _value(parts: Sequence[str]) -> float:
    """Sums 三百五十: a digit times its place, and up to four places times their myriad."""
    total = section = digit = 0.0
    for part in parts:
        if part in _MYRIADS and not section and not digit and total:  # 万亿
            total *= _MYRIADS[part]
        elif part in _MYRIADS:
            total += (section + digit or 1) * _MYRIADS[part]
            section = digit = 0
        elif part in _PLACES:
            section += (digit or 1) * _PLACES[part]
            digit = 0
        else:
            digit = float(_DIGITS[part]) if part in _DIGITS else float(part.replace(",", ""))
    return total + section + digit
