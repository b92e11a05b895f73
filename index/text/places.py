"""What a name says of a country by itself: its cities and its language, as the Unicode CLDR names them.

So "Seoul" and "Chinese" are not unknown where a text has "South Korea" and "China". Cities are those of the time
zones: most capitals, but not all. A table has the few countries whose people or initials begin otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel.core import get_global
from babel.languages import get_official_languages

from index.text.languages import locales, table


def countries_of(name: str, language: str | None) -> frozenset[str]:
    """The countries, case-folded in ``language``, that ``name`` is a city, the tongue or the people of."""
    return _countries(language).get(name.casefold(), frozenset())


@cache
def same_country(name: str, language: str | None) -> re.Pattern[str] | None:
    """What finds the country or union that ``name`` is of under its other names, "the US" for "American"."""
    for group in table(language, "countries").get("groups", ()):
        found = re.compile(rf"(?<!\w)(?:{'|'.join(map(_written, group))})")
        if found.match(name):
            return found
    return None


def _written(name: str) -> str:
    """``name``, or what begins so, in any case; letters that stand for words are whole, and capitals."""
    return rf"{re.escape(name)}(?!\w)" if name.isupper() else f"(?i:{re.escape(name)})"


@cache
def _countries(language: str | None) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for locale in locales(language)[:1]:
        zones = get_global("zone_territories").items()
        cities = ((_city(zone, locale.time_zones.get(zone) or {}), code) for zone, code in zones)
        spoken = (
            (locale.languages.get(tongue, ""), code)
            for code in map(str, locale.territories)
            if code.isalpha()  # others are continents
            for tongue in get_official_languages(code)
        )
        for name, code in (*cities, *spoken):
            if name and code in locale.territories:
                country = locale.territories[code].casefold()
                found[name.casefold()] = found.get(name.casefold(), frozenset()) | {country}
    return found


def _city(zone: str, named: Mapping[str, str]) -> str:
    return named.get("city") or zone.rpartition("/")[2].replace("_", " ")
