"""The names of months, weekdays and times of day in many languages, as CLDR has them (through babel)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import product

from babel import Locale
from babel.dates import get_day_names, get_month_names, get_period_names
from babel.localedata import locale_identifiers

_CLEAR = 0.7
"""The share of locales that must agree on what month a name means."""

LOCALES = (
    "en de fr es it pt nl ca da nb nn sv fi is pl cs sk hu ro sl hr bs sr sr_Latn bg mk ru uk be el tr az lt lv "
    "et vi id ms fil sw he ar ar_LB ar_MA fa ur hi bn mr ta te th ka hy kk uz mn eu gl ga cy sq af eo lb mt fy "
    "kn ml gu pa or si ne km lo my am ky tg"
).split()

# The vowel signs and tone marks of Arabic, the scripts of India, Thai and Burmese are no letters by themselves.
TOKEN = re.compile(r"(?:[^\W\d_][\u064b-\u065f\u0900-\u109f\u17b4-\u17d3\u200c\u200d]*)+|\d+")
_POINTS = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])|(?<=[\u0e00-\u0e7f])\.(?=[\u0e00-\u0e7f])")
_IN_HEBREW = "ב"
_QUOTED = re.compile(r"'([^']+)'")
_PATTERN = re.compile(r"'[^']*'|[A-Za-z]+")


def folded(text: str) -> str:
    """``text`` without accents, as people often leave them out, and without the points of an abbreviation."""
    decomposed = unicodedata.normalize("NFKD", _POINTS.sub("", text))
    return "".join(character for character in decomposed if not "\u0300" <= character <= "\u036f").casefold()


def months_of(names: Iterable[str], language: str | None) -> dict[str, int]:
    """The months that some of the folded ``names`` stand for: in ``language``, else wherever all agree about them.

    A name of two words, as those of the Levant are, is written as one.
    """
    candidates = {name: name.removeprefix(_IN_HEBREW) for name in names}
    for known in (_months_in(language) if language in LOCALES else {}, _months()):
        found = {
            name: month
            for name, bare in candidates.items()
            if (month := known.get(name) or known.get(bare)) and not name.isdigit()
        }
        if found:
            return found
    return {}


@cache
def words_beside(language: str | None) -> frozenset[str]:
    """The folded words that stand in a day and a time besides numbers and months: weekdays, "am", "de"."""
    locales = {"en", *((language,) if language in locale_identifiers() else ())}
    texts = (text for locale in locales for text in _beside(locale))
    return frozenset(word for text in texts for word in TOKEN.findall(folded(text)))


def _beside(locale: str) -> list[str]:
    found: list[str] = []
    for width in ("wide", "abbreviated", "short"):
        found += [str(name) for name in get_day_names(width, "format", locale).values()]
    for name in ("wide", "abbreviated"):
        found += [str(one) for one in get_period_names(name, "format", locale).values()]
    known = Locale.parse(locale)
    formats = (known.date_formats, known.time_formats, known.datetime_formats, known.datetime_skeletons)
    patterns = " ".join(str(getattr(one, "pattern", one)) for each in formats for one in each.values())
    return [*found, *_QUOTED.findall(patterns), _PATTERN.sub(" ", patterns)]


@cache
def _months_in(locale: str) -> dict[str, int]:
    """The months by their names in ``locale``, folded."""
    names: dict[str, int] = {}
    for width, context in product(("wide", "abbreviated"), ("format", "stand-alone")):
        for number, name in get_month_names(width, context, locale).items():  # type: ignore[arg-type]
            words = TOKEN.findall(folded(name))
            joined = "".join(words)
            if 1 <= len(words) <= 2 and len(joined) >= 2 and not any(map(str.isdigit, words)):
                names[joined] = number
    return names


@cache
def _months() -> dict[str, int]:
    """The month that each name stands for, unless languages differ about it (listopad is October or November)."""
    names: dict[str, Counter[int]] = defaultdict(Counter)
    for locale in LOCALES:
        for name, number in _months_in(locale).items():
            names[name][number] += 1
    names["sept"][9] += 1
    clear = {name: numbers.most_common(1)[0] for name, numbers in names.items()}
    return {name: month for name, (month, times) in clear.items() if times >= _CLEAR * names[name].total()}
