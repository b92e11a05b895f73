"""The days an article was published and changed, as files, feeds and pages write them: the right ones, or none.

Months are read by the names that CLDR has for them (through babel).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

from index.reading.metadata.jalali import from_jalali, jalali_month
from index.reading.metadata.names import TOKEN, folded, months_of
from index.reading.metadata.orders import day_orders
from index.reading.metadata.times import CLOCK, OFFSET, plain_clock, timed

_YEARS = range(1600, 2200)
"""The first newspapers are of 1605."""
_FIRST_ONLINE = 1990
_AHEAD = timedelta(days=2)
_EPOCH_DAYS = {date(1969, 12, 31), date(1970, 1, 1)}
_LONGEST = 120
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?(?:年|년|[-/.])\s?(\d{1,2})\s?(?:月|월|[-/.])\s?(\d{1,2})(?!\d)\s?(?:日|일)?"
)
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?![\d./-]*\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?")
_ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(元|\d{1,3})年\s?(\d{1,2})月\s?(\d{1,2})日")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_APART = re.compile(r"[|:;()•·\n]")
_WEEKDAY = re.compile(r"^\W*[^\W\d_]+\.?,\s")
_HAN_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HAN_DATE = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_CENTURY = 2000
_NEWEST = 68
"""The last year of two digits that is of this century, as POSIX has it (strptime, %y)."""
_BUDDHIST = 543
_BUDDHIST_ERA = re.compile(r"พ\.?\s?ศ\.?\s?(?=\d)")
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
    text = _BUDDHIST_ERA.sub("", plain_clock(" ".join(_plain_digits(value).split())))
    if not any(map(str.isalnum, text)):
        return None
    found = _compact(text) or _jalali(text, language) or _standard(text) or _year_first(text)
    found = found or _named(text, language) or _numbers(text, language)
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


def _jalali(text: str, language: str | None) -> datetime | None:
    """A day of the calendar of Iran: with the name of its month, or in numbers on a Persian page."""
    if (found := _YEAR_FIRST.search(text)) and language == "fa":
        numbers = [(int(found[1]), int(found[2]), int(found[3]))]
    else:
        tokens = TOKEN.findall(unicodedata.normalize("NFC", text))
        numbers = [
            (int(year), month, int(day))
            for day, name, year in zip(tokens, tokens[1:], tokens[2:], strict=False)
            if day.isdigit() and year.isdigit() and (month := jalali_month(name))
        ]
    days = {day for one in numbers if (day := from_jalali(*one))}
    return timed(datetime.combine(days.pop(), time()), text) if len(days) == 1 else None


def _han_number(text: str) -> int:
    tens, ten, units = text.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(units, 0)


def _named(text: str, language: str | None) -> datetime | None:
    """A day, the name of a month, and a year, in whatever order, with nothing else that could be one of them."""
    clock = CLOCK.search(text)
    dated = text if clock is None else text[: clock.start()] + " " * 8 + OFFSET.sub(" ", text[clock.end() :])
    plain = folded(_WEEKDAY.sub("", dated))
    tokens = TOKEN.findall(plain)
    years = [token for token in tokens if token.isdigit() and len(token) == 4]
    days = [token for token in tokens if token.isdigit() and len(token) <= 2 and 1 <= int(token) <= 31]
    named = months_of((*tokens, *map("".join, pairwise(tokens))), language)
    if len(named) > 1:  # "Jan Jansen, 18 november 2025"
        beside = {name for pair in pairwise(tokens) if any(map(str.isdigit, pair)) for name in pair}
        named = {name: month for name, month in named.items() if name in beside} or named
    months = set(named.values())
    if len(days) > 1 and len(years) == len(named) == 1:
        days = _day_beside(plain, next(iter(named)), years[0])
    if not months and len(days) == 2 and {"thang", "thg"} & set(tokens):
        months = {int(days.pop(1))}  # "2 tháng 6, 2026"
    if len(years) != 1 or len(days) != 1 or len(months) != 1:
        return None
    year = _common_year(int(years[0]), text, language)
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


def _common_year(year: int, text: str, language: str | None) -> int:
    """``year`` as most of the world counts it, where ``text`` is Thai."""
    return year - _BUDDHIST if year > _YEARS.stop and (language == "th" or _THAI.search(text)) else year


def _numbers(text: str, language: str | None) -> datetime | None:
    """A day in numbers that can be read one way only, by themselves or as ``language`` writes them."""
    found = _NUMBERS.search(text)
    if found is None:
        return None
    first, mark, second, last = int(found[1]), found[2], int(found[3]), int(found[4])
    orders = day_orders(language)
    if len(found[4]) == 2:
        if len(orders) != 1:
            return None
        day, month, year = {"dmy": (first, second, last), "ymd": (last, second, first)}.get(
            next(iter(orders)), (second, first, last)
        )
        return timed(_made(_CENTURY + year - (100 if year > _NEWEST else 0), month, day), text[found.end() :])
    if mark == "." or first > 12 or first == second or orders - {"ymd"} == {"dmy"}:
        day, month = first, second
    elif second > 12 or orders - {"ymd"} == {"mdy"}:
        day, month = second, first
    else:
        return None
    return timed(_made(_common_year(last, text, language), month, day), text[found.end() :])


def _made(year: object, month: object, day: object) -> datetime | None:
    try:
        return datetime(int(str(year)), int(str(month)), int(str(day)))
    except ValueError:
        return None
