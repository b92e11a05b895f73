"""Where the words of a text begin and end, in any script (ICU; Unicode Standard Annex 29)."""

from __future__ import annotations

import re

from icu4py.breakers import WordBreaker

Span = tuple[int, int]

_NOT_IN_ONE_UNIT = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")


def words(text: str, language: str | None = None) -> list[Span]:
    """The words of ``text`` as (start, end) offsets into it: what has a letter or a digit.

    ``language`` (ISO 639-1) matters for few languages only; scripts without spaces (Thai, Chinese, Japanese) are
    divided by ICU's dictionaries.
    """
    breaker = WordBreaker(_in_single_units(text), language or "en")
    return [(start, end) for start, end in breaker.segments() if any(map(str.isalnum, text[start:end]))]


def _in_single_units(text: str) -> str:
    """``text`` of the same length without what UTF-16, whose offsets ICU counts, writes in two units."""
    return _NOT_IN_ONE_UNIT.sub(lambda match: "一" if match[0].isalnum() else "\u25a0", text)
