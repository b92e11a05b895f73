"""The words by which a number is multiplied: "million", "Mrd.", "тис.", "万"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

from index.text.languages import locales, table

_FIGURE = re.compile(r"[0#.,]+")
SPACES = " \u00a0\u202f\u2009"


@cache
def scales(language: str | None) -> Mapping[str, float]:
    """The scales of a language by their names, case-folded: those of the CLDR's compact forms, and the table's."""
    found = {str(word): float(value) for word, value in table(language, "numbers").get("scales", {}).items()}
    lengths = [length for locale in locales(language)[:1] for length in locale.compact_decimal_formats.values()]
    for plurals in lengths:
        for sizes in plurals.values():
            for size, pattern in sizes.items():
                written = pattern.pattern.split(";")[0].replace("'", "")
                word = _FIGURE.sub("", written).strip(f"{SPACES}.\u200f").casefold()
                if word and (figure := _FIGURE.search(written)):
                    found.setdefault(word, float(int(size) // 10 ** (len(figure[0]) - 1)))
    return found


@cache
def _pattern(language: str | None) -> re.Pattern[str]:
    words = scales(language)
    spaced = [word for word in words if has_case(word)]
    signs = either([word for word in words if not has_case(word)])
    return re.compile(rf"[{SPACES}-]?(?:(?P<word>{either(spaced)})(?!\w)\.?|(?P<sign>{signs}))", re.IGNORECASE)


def scale_at(text: str, position: int, language: str | None) -> tuple[re.Match[str], float] | None:
    """The scale that stands in ``text`` right behind the number that ends at ``position``, and its value."""
    match = _pattern(language).match(text, position)
    return (match, scales(language)[(match["word"] or match["sign"]).casefold()]) if match else None


def has_case(word: str) -> bool:
    """Whether ``word`` is of a script with capitals, which all put spaces between words."""
    return word.lower() != word.upper()


def either(words: Collection[str]) -> str:
    """A pattern that matches any of ``words``, the longest first; nothing if there are none."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
