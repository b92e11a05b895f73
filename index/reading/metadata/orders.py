"""In what order the countries of a language write a day in numbers, as CLDR has it (through babel)."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from babel.localedata import locale_identifiers


@cache
def day_orders(language: str | None) -> frozenset[str]:
    """The orders of day, month and year in numbers, of "dmy", "mdy", "ymd", in the countries of ``language``.

    English has more than one: 05/12/2023 is in May, or in December.
    """
    own = re.compile(rf"{re.escape(language or '-')}(?:_|$)")
    return frozenset(_order(name) for name in locale_identifiers() if own.match(name))


def _order(name: str) -> str:
    pattern = Locale.parse(name).date_formats["short"].pattern
    return "".join(dict.fromkeys(re.findall("[dmy]", re.sub(r"'[^']*'", "", pattern).lower())))
