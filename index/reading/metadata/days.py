"""The days an article was published and changed, as files, feeds and pages write them: the right ones, or none.

Months are read by the names that CLDR has for them (through babel).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import product

from babel.dates import get_month_names

from index.reading.metadata.times import CLOCK, OFFSET, plain_clock, timed

_YEARS = range(1600, 2200)
"""The first newspapers are of 1605."""
_FIRST_ONLINE = 1990
_AHEAD = timedelta(days=2)
_EPOCH_DAYS = {date(1969, 12, 31), date(1970, 1, 1)}
_LONGEST = 120
_CLEAR = 0.7
"""The share of locales that must agree on what month a name means."""

_LOCALES = (
    "en de fr es it pt nl ca da nb nn sv fi is pl cs sk hu ro sl hr bs sr sr_Latn bg mk ru uk be el tr az lt lv "
    "et vi id ms fil sw he ar fa ur hi bn mr ta te th ka hy kk uz mn eu gl ga cy sq af eo lb mt fy"
).split()

_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?(?:年|년|[-/.])\s?(\d{1,2})\s?(?:月|월|[-/.])\s?(\d{1,2})(?!\d)\s?(?:日|일)?"
)
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?")
_ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(元|\d{1,3})年\s?(\d{1,2})月\s?(\d{1,2})日")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_APART = re.compile(r"[|:;()•·\n]")
_WEEKDAY = re.compile(r"^\W*[^\W\d_]+\.?,\s")
# The vowel signs and tone marks of Arabic, the scripts of India, Thai and Burmese are no letters by themselves.
_TOKEN = re.compile(r"(?:[^\W\d_][\u064b-\u065f\u0900-\u109f]*)+|\d+")
_POINTS = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])|(?<=[\u0e00-\u0e7f])\.(?=[\u0e00-\u0e7f])")
_HAN_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HAN_DATE = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_BUDDHIST = 543
_THAI = re.compile("[\u0e00-\u0e7f]")


def read_day(value: object, language: str | None = None) -> datetime | None:
    """The day, and time where there is one, that ``value`` states outright; None if it says none.

    ISO 8601, RFC 2822, seconds or milliseconds since 1970, and dates as people write them: with the name of the
    month in any of sixty languages, year first, or in numbers. Numbers that can be read two ways (05/12/2023) are
    no day, and neither is one that no newspaper can have. ``language`` (ISO 639-1) decides between months of one
    name (listopad). A day without a time is midnight; a time zone is kept
    where the value has one.
    """
    if isinstance(value, datetime):
        return value if value.year in _YEARS else None
    if isinstance(value, date):
        return datetime.combine(value, time()) if value.year in _YEARS else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(int(value))
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = plain_clock(" ".join(_plain_digits(value).split()))
    if not any(map(str.isalnum, text)):
        return None
    found = _compact(text) or _standard(text) or _year_first(text) or _named(text, language) or _numbers(text)
    return found if found and found.year in _YEARS else None


def plausible_day(value: object, language: str | None = None, now: datetime | None = None) -> datetime | None:
    """As ``read_day``, for what a feed or a page says: nothing before 1990, no day of 1970, none of the future."""
    found = read_day(value, language)
    if found is None or found.year < _FIRST_ONLINE or found.date() in _EPOCH_DAYS:
        return None
    today = now or datetime.now(UTC)
    moment = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if moment <= today + _AHEAD else None


def plausible_change(
    modified: datetime | None, published: datetime | None, now: datetime | None = None
) -> datetime | None:
    """``modified`` in the zone of ``published``; None if nothing that came out then can have been changed then."""
    if modified is None or plausible_day(modified, now=now) is None:
        return None
    if published is None:
        return modified
    if published.tzinfo and modified.tzinfo:
        modified = modified.astimezone(published.tzinfo)
    return modified if modified.date() >= published.date() else None


def _plain_digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(character)) if character > "\x7f" and character.isdecimal() else character
        for character in text
    )


def _compact(text: str) -> datetime | None:
    """20260504, 20260504T101500Z, and what computers count in."""
    if (found := _COMPACT.fullmatch(text)) and (moment := _made(found[1], found[2], found[3])):
        hour, minute, second = (int(part or 0) for part in found.groups()[3:])
        try:
            moment = moment.replace(hour=hour, minute=minute, second=second)
        except ValueError:
            return None
        return moment.replace(tzinfo=UTC) if text.endswith("Z") else moment
    if re.fullmatch(r"\d{9,13}(?:\.\d+)?", text):
        seconds = int(text.partition(".")[0])
        return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC)
    return None


def _standard(text: str) -> datetime | None:
    try:
        if re.match(r"\d{4}-", text):
            return datetime.fromisoformat(text)
        if re.match(r"(?:[A-Za-z]{3,9},? )?\d{1,2} [A-Za-z]{3} (?:\d\d|[1-9]\d{3})\b", text) and ":" in text:
            moment = parsedate_to_datetime(text)
            return moment if moment.tzinfo else timed(moment, text)
    except ValueError:
        pass
    return None


def _year_first(text: str) -> datetime | None:
    if found := _ERA.search(text):
        year = 1 if found[2] == "元" else int(found[2])
        return timed(_made(_ERAS[found[1]] + year, found[3], found[4]), text)
    if found := _HAN_DATE.search(text):
        year = int("".join(str(_HAN_DIGITS[digit]) for digit in found[1]))
        return _made(year, _han_number(found[2]), _han_number(found[3]))
    if found := _YEAR_FIRST.search(text):
        return timed(_made(found[1], found[2], found[3]), text[found.end() :])
    return None


def _han_number(text: str) -> int:
    tens, ten, units = text.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(units, 0)


def _named(text: str, language: str | None) -> datetime | None:
    """A day, the name of a month, and a year, in whatever order, with nothing else that could be one of them."""
    clock = CLOCK.search(text)
    dated = text if clock is None else text[: clock.start()] + " " * 8 + text[clock.end() :]
    dated = _WEEKDAY.sub("", OFFSET.sub(" ", dated))
    folded = _folded(dated).casefold()
    tokens = _TOKEN.findall(folded)
    years = [token for token in tokens if token.isdigit() and len(token) == 4]
    days = [token for token in tokens if token.isdigit() and len(token) <= 2 and 1 <= int(token) <= 31]
    named = {
        name: month
        for name in tokens
        if not name.isdigit() and (month := _month(name, language) or _month(name.removeprefix("ב"), language))
    }
    months = set(named.values())
    if len(days) > 1 and len(years) == len(named) == 1:
        days = _day_beside(folded, next(iter(named)), years[0])
    if not months and len(days) == 2 and {"thang", "thg"} & set(tokens):
        months = {int(days.pop(1))}  # "2 tháng 6, 2026"
    if len(years) != 1 or len(days) != 1 or len(months) != 1:
        return None
    year = int(years[0])
    if _THAI.search(text) and year > _YEARS.stop:
        year -= _BUDDHIST
    return timed(_made(year, months.pop(), days[0]), text)


def _day_beside(text: str, month: str, year: str) -> list[str]:
    """The day that stands beside its month, where other numbers stand behind the date or apart before it."""
    before = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s?(?:de |of |d')?{month}"
    after = rf"{month}\.?\s(?P<other>\d{{1,2}})(?:st|nd|rd|th)?"
    found = re.search(rf"(?<!\d)(?:{before}|{after})\.?,?(?: de)?\s?(?:del )?{year}(?!\d)", text)
    if found is None:
        return []
    earlier = [one.end() for one in re.finditer(r"\d+", text[: found.start()])]
    apart = not earlier or _APART.search(text[earlier[-1] : found.start()])
    return [found["day"] or found["other"]] if apart else []


def _numbers(text: str) -> datetime | None:
    found = _NUMBERS.search(text)
    if found is None:
        return None
    first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    if mark == "." or first > 12 or first == second:
        day, month = first, second
    elif second > 12:
        day, month = second, first
    else:
        return None
    return timed(_made(year, month, day), text[found.end() :])


def _made(year: object, month: object, day: object) -> datetime | None:
    try:
        return datetime(int(str(year)), int(str(month)), int(str(day)))
    except ValueError:
        return None


def _folded(text: str) -> str:
    """Without accents, as people often leave them out, and without the points of an abbreviation."""
    decomposed = unicodedata.normalize("NFKD", _POINTS.sub("", text))
    return "".join(character for character in decomposed if not "\u0300" <= character <= "\u036f")


def _month(name: str, language: str | None) -> int | None:
    own = _months_in(language) if language in _LOCALES else {}
    return own.get(name) or _months().get(name)


@cache
def _months_in(locale: str) -> dict[str, int]:
    """The months by their names in ``locale``, folded."""
    names: dict[str, int] = {}
    for width, context in product(("wide", "abbreviated"), ("format", "stand-alone")):
        for number, name in get_month_names(width, context, locale).items():  # type: ignore[arg-type]
            words = _TOKEN.findall(_folded(name).casefold())
            if len(words) == 1 and len(words[0]) >= 2 and not words[0].isdigit():
                names[words[0]] = number
    return names


@cache
def _months() -> dict[str, int]:
    """The month that each name stands for, unless languages differ about it (listopad is October or November)."""
    names: dict[str, Counter[int]] = defaultdict(Counter)
    for locale in _LOCALES:
        for name, number in _months_in(locale).items():
            names[name][number] += 1
    names["sept"][9] += 1
    clear = {name: numbers.most_common(1)[0] for name, numbers in names.items()}
    return {name: month for name, (month, times) in clear.items() if times >= _CLEAR * names[name].total()}
