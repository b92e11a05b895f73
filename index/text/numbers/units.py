"""Units of measure and currencies, by the names that the Unicode CLDR has for them in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale
from babel.numbers import get_currency_name
from babel.units import format_unit

from index.text.languages import locales, table
from index.text.numbers.scales import either, has_case

_MEASURES = (
    "concentr-percent concentr-permille "
    "duration-century duration-decade duration-year duration-month duration-week duration-day duration-hour "
    "duration-minute duration-second "
    "length-kilometer length-meter length-centimeter length-millimeter length-mile length-yard length-foot "
    "length-inch length-nautical-mile length-light-year "
    "mass-tonne mass-kilogram mass-gram mass-milligram mass-ton mass-pound mass-ounce "
    "area-square-kilometer area-hectare area-square-meter area-square-mile area-acre area-square-foot "
    "volume-cubic-kilometer volume-cubic-meter volume-liter volume-milliliter volume-gallon volume-barrel "
    "speed-kilometer-per-hour speed-mile-per-hour speed-meter-per-second speed-knot "
    "temperature-celsius temperature-fahrenheit temperature-generic angle-degree "
    "power-gigawatt power-megawatt power-kilowatt power-watt energy-kilowatt-hour"
).split()
# Those whose names are one without a country come first: a "dollar" is the first one here that is called so.
_CURRENCIES = (
    "EUR USD GBP JPY CNY INR RUB CHF UAH PLN CAD AUD NZD HKD SGD EGP XOF BYN SEK NOK DKK CZK HUF RON BGN TRY "
    "ILS MXN ARS COP CLP PHP BRL ZAR KRW IDR PKR NGN KES SAR AED IRR THB VND"
).split()
_SYMBOLS = {
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH", "₩": "KRW", "₺": "TRY",
    "₪": "ILS", "zł": "PLN", "us$": "USD", "a$": "AUD", "c$": "CAD", "元": "CNY", "円": "JPY",
}  # fmt: skip
_SIGNS = {"%": "percent", "٪": "percent", "％": "percent", "‰": "permille", "°": "degree", "°c": "celsius",
          "°f": "fahrenheit", "℃": "celsius"}  # fmt: skip
_COUNTS = (1, 2, 5, 1.5)
"""One of each plural form that languages have for units."""
_LETTERS_ALONE = {"m": "meter", "g": "gram", "t": "tonne", "l": "liter", "h": "hour"}
"""The only single letters that are read as units."""
_ABBREVIATED_AS_WORDS = frozenset(
    "century decade year month week day inch mile light-year nautical-mile acre".split()
)
"""Units whose short names are words in some language: "in", "mon", "al"."""

_BASES = {
    "second": ("time", 1.0), "minute": ("time", 60.0), "hour": ("time", 3600.0), "day": ("time", 86400.0),
    "week": ("time", 604800.0), "month": ("time", 2629800.0), "year": ("time", 31557600.0),
    "decade": ("time", 315576000.0), "century": ("time", 3155760000.0),
    "millimeter": ("length", 0.001), "centimeter": ("length", 0.01), "inch": ("length", 0.0254),
    "foot": ("length", 0.3048), "yard": ("length", 0.9144), "meter": ("length", 1.0),
    "kilometer": ("length", 1000.0), "mile": ("length", 1609.344), "nautical-mile": ("length", 1852.0),
    "milligram": ("mass", 1e-6), "gram": ("mass", 0.001), "ounce": ("mass", 0.02835), "kilogram": ("mass", 1.0),
    "tonne": ("mass", 1000.0), "square-meter": ("area", 1.0), "square-foot": ("area", 0.092903),
    "acre": ("area", 4046.86), "hectare": ("area", 1e4), "square-kilometer": ("area", 1e6),
    "square-mile": ("area", 2589988.0), "milliliter": ("volume", 0.001), "liter": ("volume", 1.0),
    "cubic-meter": ("volume", 1000.0), "watt": ("power", 1.0), "kilowatt": ("power", 1e3),
    "megawatt": ("power", 1e6), "gigawatt": ("power", 1e9),
    "meter-per-second": ("speed", 1.0), "kilometer-per-hour": ("speed", 1 / 3.6),
    "mile-per-hour": ("speed", 0.44704), "knot": ("speed", 0.514444),
}  # fmt: skip


def in_base(value: float, unit: str | None) -> tuple[str | None, float]:
    """``value`` in the base unit of what ``unit`` measures, with the name of that: 3 "kilometer", 3000 of length.

    A unit that measures nothing else (a currency, percent, None) stays as it is.
    """
    dimension, size = _BASES.get(unit or "", (unit, 1.0))
    return dimension, value * size


def unit_after(text: str, position: int, language: str | None) -> str | None:
    """The unit whose name stands in ``text`` right behind the number that ends at ``position``.

    A CLDR name without its category ("kilometer", "percent", "year"), or the ISO 4217 code of a currency.
    """
    behind = text[position : position + _LONGEST]
    if sign := _SIGN_BEHIND.match(behind):
        return _SIGNS.get(sign[1].casefold()) or _SYMBOLS[sign[1].casefold()]
    words = _WORDS_BEHIND.match(behind)
    if words is None:
        return None
    names = unit_names(language)
    phrase = words[1].casefold().replace("\u00a0", " ").rstrip(".")
    if not has_case(phrase[0]):  # a script without spaces: the longest name that it begins with
        return next((names[phrase[:end]] for end in range(len(phrase), 0, -1) if phrase[:end] in names), None)
    while phrase:
        if phrase in names:
            return names[phrase]
        phrase = re.sub(r"[\s-]?[^\s-]*$", "", phrase)
    return None


def currency_before(text: str, position: int) -> str | None:
    """The currency whose symbol or ISO code stands right before the number that begins at ``position``."""
    found = _AHEAD.search(text, max(0, position - 5), position)
    if found is None:
        return None
    return _SYMBOLS.get(found[1].casefold()) or (found[1] if found[1] in _CURRENCIES else None)


@cache
def unit_names(language: str | None) -> Mapping[str, str]:
    """The units and currencies of a language by their names and ISO codes, case-folded."""
    names = dict(table(language, "numbers").get("units", {}))
    for code in _CURRENCIES:
        names.setdefault(code.casefold(), code)
    for locale in locales(language):
        for name, unit in (*_currency_names(locale), *_measure_names(locale)):
            names.setdefault(name, unit)
    return names


def _measure_names(locale: Locale) -> Iterator[tuple[str, str]]:
    for length in ("long", "short"):
        for measure in _MEASURES:
            unit = "degree" if measure in ("temperature-generic", "angle-degree") else measure.partition("-")[2]
            for count in _COUNTS:
                written = re.sub(r"[\d.,٫]+", "", format_unit(count, measure, length, locale=locale))
                name = written.replace("\u00a0", " ").replace("\u202f", " ").strip(" .").casefold()
                if (length == "long" or unit not in _ABBREVIATED_AS_WORDS) and (
                    len(name) > 1 or _LETTERS_ALONE.get(name) == unit
                ):
                    yield name, unit


def _currency_names(locale: Locale) -> Iterator[tuple[str, str]]:
    """The full names ("US dollars"), then what is left of them without a country ("dollars")."""
    for count in _COUNTS:
        names = {code: get_currency_name(code, count, locale).casefold() for code in _CURRENCIES}
        yield from ((name, code) for code, name in names.items())
        # Where the noun stands in such a name is seen by two that share it.
        noun = 0 if _PARTS.split(names["CAD"])[0] == _PARTS.split(names["AUD"])[0] else -1
        for name in names.values():
            word = _PARTS.split(name)[noun]
            yield word, next(code for code, other in names.items() if word in _PARTS.split(other))


_LONGEST = 40
_PARTS = re.compile(r"[\s-]")
_SIGN_BEHIND = re.compile(rf"[\s-]?({either({*_SIGNS, *_SYMBOLS})})(?!\w)", re.IGNORECASE)
_LETTERS = r"""[^\s\d_\-–—.,;:!?'’"“”„«»()\[\]/]"""  # \w has no vowel signs
_WORDS_BEHIND = re.compile(
    rf"[\s-]?(?:d['’]|de |di |of |von |van )?({_LETTERS}+\.?(?:[ \u00a0-]{_LETTERS}+){{0,2}})", re.IGNORECASE
)
_AHEAD = re.compile(rf"(?<!\w)({either(_SYMBOLS)}|[A-Z]{{3}})[\s\u00a0\u202f]?$", re.IGNORECASE)
