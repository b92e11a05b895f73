"""Spans of days that a text names: "last week", "seit Montag", "en agosto de 2023", relative to a day.

Dates are read by dateparser, number words by text2num; names of months and days are CLDR's (babel).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from babel import Locale
from dateparser.date import DateDataParser
from text_to_num import text2num

from bot.answer.question.languages import codes, known_words
from index.text.days import period

_WORD = re.compile(r"[^\W\d_]{1,4}['’](?=[^\W\d_]{3})|[^\W_]+(?:['’.-][^\W_]+)*['’]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_COUNTED = 4
"""Letters from which a word is tried as the name of a number."""
_LONGEST = 4
"""Words of a date: "3 de agosto de 2023" has two more, which are no words of it."""
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_UNITS = ("hour", *_DAYS)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, in lower case, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``since`` to ``until`` (None: open), said at ``start:end`` of a text, prepositions included.

    ``recent``: so many days up to now. ``linked``: how it is tied to the words before it: by a preposition of
    time (``in``), by one that may belong to the noun before it (``of``), or not at all (``bare``).
    """

    since: date | None
    until: date | None
    start: int
    end: int
    recent: bool = False
    linked: str = "in"


def words_of(text: str) -> list[Word]:
    """The words of ``text`` with their places."""
    return [Word(match[0].lower().replace("’", "'"), *match.span()) for match in _WORD.finditer(text)]


def spans_in(text: str, language: str, today: date) -> Iterator[Span]:
    """The spans of days that ``text`` names, in order; ``language`` is one that there are words for."""
    words = words_of(text)
    at = 0
    while at < len(words):
        if found := _relative(words, at, language, today):
            span = _placed(words, at, found, language)
            yield span if span.linked == "of" else replace(span, linked="in")  # "last week" needs no preposition
        else:
            found = _dated(text, words, at, language, today)
            if found and not _modifies(words, at, found, language):
                yield _placed(words, at, found, language)
        at += found[0] if found else 1


def read_span(text: str, today: date) -> tuple[date | None, date | None] | None:
    """The first and the last day that ``text``, which is no more than a date, names in any language there is."""
    bare = text.strip()
    for language in codes():
        for span in spans_in(bare, language, today):
            if (span.start, span.end) == (0, len(bare)):
                return span.since, span.until
    return None


_Found = tuple[int, date | None, date | None, bool]


def _relative(words: Sequence[Word], at: int, language: str, today: date) -> _Found | None:
    """Today, yesterday, last week, this year, the last three days; how many words that are."""
    known = known_words(language, "when")
    if words[at].text in known["today"] | known["yesterday"]:
        day = today - timedelta(days=words[at].text in known["yesterday"])
        return 1, day, day, False
    count, which, unit, length = 0, "", "", 0
    for word in words[at : at + 3]:
        if role := next((role for role in ("last", "this") if word.text in known[role]), ""):
            which = role if which in ("", role) else "both"
        elif not unit and (named := next((one for one in _UNITS if word.text in known[one]), "")):
            unit = named
        elif not count and (number := _number(word.text, language)):
            count = number
        else:
            break
        length += 1
        if unit and which:
            break
    if not unit or which not in ("last", "this") or (which == "this" and count):
        return None
    if count:
        days = -(-count // 24) if unit == "hour" else count * _DAYS[unit]
        return length, today - timedelta(days=days), None, days <= _DAYS["month"] + 1
    if unit in ("hour", "day"):
        return None
    if which == "this":
        return length, period(unit, 0, today)[0], None, False
    return length, *period(unit, -1, today), False


def _dated(text: str, words: Sequence[Word], at: int, language: str, today: date) -> _Found | None:
    """A weekday, a date, a month or a year, with as many words as belong to it."""
    first = words[at]
    names = _names(language)
    if not (first.text in names or first.text[0].isdigit()):
        return None
    if first.text in names and _capitalised(language) and not text[first.start].isupper():
        return None  # "may" and "march" are words of their own
    for length in range(min(_LONGEST + 2, len(words) - at), 0, -1):
        taken = words[at : at + length]
        if not all(
            word.text in names
            or word.text[0].isdigit()
            or (0 < place < length - 1 and word.text in ("de", "of", "del"))
            for place, word in enumerate(taken)
        ):
            continue
        if not any(word.text in names or _YEAR.fullmatch(word.text) or _ISO.match(word.text) for word in taken):
            continue
        written = text[first.start : taken[-1].end]
        if "/" not in written and (span := _parsed(written, language, today)):  # 3/4 is April 3rd, or March 4th
            return length, *span, False
    return None


def _modifies(words: Sequence[Word], at: int, found: _Found, language: str) -> bool:
    """Whether a month or a year belongs to a noun: "the May talks", "the 2022 budget"."""
    one_day = found[1] == found[2]
    return not one_day and at > 0 and words[at - 1].text in known_words(language, "said")["article"]


def _parsed(text: str, language: str, today: date) -> tuple[date, date] | None:
    if _YEAR.fullmatch(text):
        return period("year", 0, date(int(text), 1, 1))
    if _ISO.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return day, day
    read = _parser(language, today).get_date_data(text)
    if read.date_obj is None:
        return None
    day = read.date_obj.date()
    return period(read.period, 0, day) if read.period in ("week", "month", "year") else (day, day)


def _placed(words: Sequence[Word], at: int, found: _Found, language: str) -> Span:
    """The days found, as the words before them turn them: since, before, until, in."""
    known, said = known_words(language, "when"), known_words(language, "said")
    edges = known["since"] | known["before"] | known["until"]
    length, first, last, recent = found
    start, linked = at, "bare"
    for before in range(at - 1, max(at - 4, -1), -1):
        word = words[before].text
        if word in edges:
            # "from before June" begins with "from"
            start = before - 1 if before and words[before - 1].text in known["on"] else before
            linked = "in"
            if word in known["since"]:
                last = None
            else:
                first, last = None, first - timedelta(days=1) if word in known["before"] and first else last
            break
        if linked != "in" and word in known["on"]:
            start, linked = before, "of" if word in said["of"] else "in"
        elif word in said["article"] and linked == "bare":
            start = before
        else:
            break
    return Span(first, last, words[start].start, words[at + length - 1].end, recent, linked)


@cache
def _number(word: str, language: str) -> int:
    """The number from 2 on that ``word`` names, or 0."""
    if word.isdigit():
        return int(word) if 1 < int(word) < 1000 else 0
    if len(word) < _COUNTED - 1:
        return 0
    try:
        value = text2num(word, language)
    except Exception:  # a word it does not know, a language it does not have: it raises several kinds
        return 0
    return int(value) if 1 < value < 1000 else 0


@cache
def _capitalised(language: str) -> bool:
    """Whether names of months and days begin with a capital."""
    name: str = Locale(language).months["format"]["wide"][5]
    return name[0].isupper()


@cache
def _names(language: str) -> frozenset[str]:
    """The names of months and weekdays, written out."""
    locale = Locale(language)
    return frozenset(
        name.lower()
        for table in (locale.months, locale.days)
        for form in ("format", "stand-alone")
        for name in table[form]["wide"].values()
    )


@cache
def _parser(language: str, today: date) -> DateDataParser:
    settings = {"RELATIVE_BASE": datetime(today.year, today.month, today.day), "PREFER_DATES_FROM": "past"}
    return DateDataParser(languages=[language], settings=settings)
