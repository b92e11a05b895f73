"""Numbers in digits: 1.234,5 and 1 234,5 and 1,234.5, 12,34,567, ١٬٢٣٤٫٥, １２３, 2/3, 1½."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from index.text.languages import locales
from index.text.numbers.scales import SPACES, has_case

_NUMBER = re.compile(
    r"(?<![\d_])(?:"
    r"(?P<vulgar>\d*[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    r"|(?P<part>[1-9])/(?P<whole>[2-9]|10)(?![\d/])"
    r"|(?P<indian>\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?)(?!\d)"
    rf"|(?P<grouped>\d{{1,3}}(?P<group>[.,'’٬{SPACES}])\d{{3}}(?:(?P=group)\d{{3}})*(?P<rest>[.,٫]\d+)?)(?![.,]?\d)"
    r"|(?P<decimal>(?<!\d[.,])\d+[.,٫]\d+)(?![.,]?\d)"
    r"|(?P<plain>\d+))"
)
_GLUED = re.compile(r"[^\W\d_][-–]?$")
_FULL_WIDTH = re.compile(r"(?<=\d)[，．](?=\d)")
_YEAR = 4
"""The digits of a year, which alone is a number behind a hyphen: "mid-2020", but "F-16"."""


def plain_digits(text: str) -> str:
    """``text`` with the digits of every script as 0 to 9, and full-width separators as others; offsets stay."""
    if text.isascii():
        return text
    digits = {character for character in text if character.isdecimal() and not character.isascii()}
    plain = text.translate({ord(digit): str(unicodedata.decimal(digit)) for digit in digits})
    return _FULL_WIDTH.sub(lambda match: "," if match[0] == "，" else ".", plain)


def numbers_in_digits(text: str, language: str | None) -> Iterator[tuple[int, int, tuple[float, ...], bool]]:
    """The start and end of each number in ``text``, what it may stand for, and whether it is a fraction ("2/3").

    Digits that belong to a word are none: "F-16", "MH17", "Covid-19".
    """
    for match in _NUMBER.finditer(text):
        glued = _GLUED.search(text, max(0, match.start() - 2), match.start())
        if glued and has_case(glued[0][0]) and not (len(glued[0]) > 1 and len(match.group()) == _YEAR):
            continue
        fraction = bool(match["part"]) and int(match["part"]) < int(match["whole"])
        yield *match.span(), _values(match, language), fraction


def _values(match: re.Match[str], language: str | None) -> tuple[float, ...]:
    written = match.group()
    if match["vulgar"]:
        return (float(written[:-1] or 0) + round(unicodedata.numeric(written[-1]), 6),)
    if match["part"]:
        return (int(match["part"]) / int(match["whole"]),)
    if match["indian"]:
        return (float(written.replace(",", "")),)
    if not match["grouped"]:
        return (float(re.sub("[,٫]", ".", written)),)
    whole = written.removesuffix(match["rest"] or "").split(match["group"])
    thousands = float("".join(whole) + "." + (match["rest"] or ".0")[1:])
    if match["rest"] or len(whole) > 2 or match["group"] not in ".,":
        return (thousands,)
    # 3.500 and 3,500: thousands to some, decimals to others.
    decimal = float(".".join(whole))
    if whole[0] == "0":
        return (decimal,)
    if match["group"] != _decimal_sign(language):
        return (thousands,) if whole[1] == "000" else (thousands, decimal)
    return (decimal, thousands)


@cache
def _decimal_sign(language: str | None) -> str:
    symbols = [locale.number_symbols.get("latn", {}).get("decimal") for locale in locales(language)]
    return str(symbols[0] or ".") if symbols else "."
