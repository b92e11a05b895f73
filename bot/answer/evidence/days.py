"""The days on which things happen, as sentences give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import MAXYEAR, date, timedelta

from bot.answer.answer import ResolvedDay
from bot.answer.evidence.facts import caseless, dates, looks_ahead, resolved_days
from bot.answer.evidence.figures import months
from bot.answer.evidence.lexicon import IRREGULAR, RELATIVE_DAYS, REPORTING, WEEKDAYS

Days = Callable[[str, date, str | None], Sequence[ResolvedDay]]
"""The dates that a text in a language gives, published on a day, in the order in which they stand there."""

_WORD = re.compile(r"[^\W\d_]+")
_PART_OF_DAY = re.compile(
    r"(?:ochtend|morgen|middag|avond|nacht|vormittag|nachmittag|mittag|abend)$", re.IGNORECASE
)
_FROM = re.compile(r"(?<!\d)(\d{1,2})\.?\s*(?:and|to|tot|en|bis|und|al?|y|au|et|[-–])\s*$", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?!\w*eed\b)(?:\w{2,}ed|"
    + "|".join(
        word for word, base in IRREGULAR.items() if len(word) > 3 and word != base and not word.endswith("s")
    )
    + r")\b"
)
_TO_COME = re.compile(
    r"\bto (?:start|begin|open|reopen|resume|close|end|take place|take effect|be \w+ed)(?: again)? (?:on )?$"
)
_JUST_DONE = re.compile(r"\s(?!need|expected|planned|scheduled to)\w{2,}ed\b")
# What is written in the present of a timetable: the next such day is meant.
_STARTS = re.compile(
    r"\b(?:begins|starts|opens|would|zou|zouden|würde|würden|begint|start|beginnt|startet|empieza|comienza|commence)\b"
)
_NEXT = re.compile(r"(?:next|coming|volgende?|komende?|nächste\w*|kommende\w*|próximo)\s$", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;–—]")
_NEAR = 4


def resolve_days(text: str, published: date, language: str | None) -> list[ResolvedDay]:  # noqa: ARG001
    """The days that ``text`` gives, calendar dates and relative ones, in the order in which they stand there.

    A date without its year is the one nearest to ``published``. See ``facts.resolved_days`` for days of the week.
    """
    calendar, rest = dates(text)
    found: list[tuple[int, ResolvedDay]] = []
    for one in calendar:
        at = text.find(one.written)
        if span := _span(one.year, one.month, one.day, published):
            earlier = _FROM.search(text[:at])
            first = _day(span[0].year, one.month, int(earlier[1])) if earlier and one.day else None
            written = text[earlier.start() : at] + one.written if earlier and first else one.written
            found.append((at, ResolvedDay(written.strip(" .,"), min(first or span[0], span[0]), span[1])))
    for match in _WORD.finditer(rest):
        word = _PART_OF_DAY.sub("", match.group().casefold()) or match.group().casefold()
        if word in RELATIVE_DAYS:
            (day,) = resolved_days(word, published)
        elif word in WEEKDAYS and not _stands_by_a_date(text, rest, match.end()):
            day = _weekday(rest, match, word, published)
        else:
            continue
        found.append((match.start(), ResolvedDay(match.group(), day, day)))
    return [day for _, day in sorted(found, key=lambda pair: pair[0])]


def resolve_months(text: str, published: date) -> list[ResolvedDay]:
    """The months that ``text`` names without a day or a year, each as the one nearest to ``published``.

    "Next March" is the next.
    """
    _, rest = dates(text)
    found = []
    for month, written in months(rest).items():
        firsts = [date(published.year + step, month, 1) for step in (-1, 0, 1)]
        if _NEXT.search(rest[: rest.find(written)]):
            firsts = [first for first in firsts if first > published]
        first = min(firsts, key=lambda one: abs((one - published).days))
        found.append(ResolvedDay(written, first, _next_month(first) - timedelta(1)))
    return found


def relative_days(text: str, published: date, language: str | None) -> list[ResolvedDay]:
    """The days and weeks of ``text`` that only its date of publication tells: "Friday", "last month"."""
    found = [
        (text.find(one.written), one)
        for one in resolve_days(text, published, language)
        if one.written.isalpha() and one.first == one.last
    ]
    for step, pattern in _PERIODS.items():
        for match in pattern.finditer(text):
            unit = _UNITS[caseless(match["unit"])]
            first, last = _period(unit, step, published)
            found.append((match.start(), ResolvedDay(match.group(), first, last)))
    return list(dict.fromkeys(day for _, day in sorted(found, key=lambda pair: pair[0])))


def written_out(day: ResolvedDay) -> str:
    """What a relative date means, in words: "Friday, 12 May 2023", "8 to 14 May 2023"."""
    first, last = day.first, day.last
    if first == last:
        return f"{first:%A}, {first.day} {first:%B %Y}"
    if (first.day, last + timedelta(1)) == (1, _next_month(first)):
        return f"{first:%B %Y}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    begins = str(first.day)
    if first.month != last.month:
        begins += f" {first:%B}"
    if first.year != last.year:
        begins += f" {first.year}"
    return f"{begins} to {last.day} {last:%B %Y}"


def days_written_out(days: Sequence[ResolvedDay]) -> str:
    """What relative dates mean: "Friday: 12 May 2023; last month: April 2023". A weekday isn't said twice."""
    return "; ".join(f"{day.written}: {_without(day.written, written_out(day))}" for day in days)


def _without(written: str, meant: str) -> str:
    return meant.removeprefix(f"{written}, ")


_UNIT_WORDS = {
    "week": "week woche semana semaine",
    "month": "month maand monat mes mois",
    "year": "year jaar jahr año an année",
}
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_PERIODS = {
    step: re.compile(rf"\b(?:{words})\s(?P<unit>{'|'.join(_UNITS)})\b|(?!)", re.IGNORECASE)
    for step, words in {
        -1: "last|vorige|vorig|afgelopen|letzte[rnsm]?|vorige[rnsm]?",
        0: "this|deze|dit|diese[rnsm]?|est[ea]|ce|cette",
        1: "next|volgende?|komende?|nächste[rnsm]?|kommende[rnsm]?|próxim[oa]",
    }.items()
}


def _period(unit: str, step: int, published: date) -> tuple[date, date]:
    """The first and the last day of the week, month or year that lies ``step`` ahead of that of ``published``."""
    if unit == "week":
        monday = published - timedelta(published.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6)
    if unit == "year":
        return date(published.year + step, 1, 1), date(published.year + step, 12, 31)
    months = published.year * 12 + published.month - 1 + step
    first = date(months // 12, months % 12 + 1, 1)
    return first, _next_month(first) - timedelta(1)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def when(text: str, published: date, language: str | None, days: Days) -> ResolvedDay | None:
    """The day of what ``text`` tells: the first it gives, rather not the one on which somebody said it."""
    found = list(days(text, published, language))
    told = [day for day in found if not is_reporting(text, text.find(day.written))]
    return next(iter([*told, *found]), None)


def is_reporting(text: str, at: int) -> bool:
    """Whether what stands at ``at`` tells when something was said: "said on Monday", "on Monday said"."""
    clause_start = max((match.end() for match in _CLAUSE.finditer(text, 0, at)), default=0)
    before = _WORD.findall(_HEARD.sub("", text[clause_start:at]))[-_NEAR:]
    return any(word.casefold() in REPORTING or word.casefold() in _MORE_REPORTING for word in before)


_HEARD = re.compile(r"\b(?:was|were|been|be) (?:told|informed|warned)\b", re.IGNORECASE)
"""Whoever was told of something doesn't report it."""


_MORE_REPORTING = frozenset("disclosed confirmed warned teilte mitteilte erklärte anunció annoncé informó".split())


def _stands_by_a_date(text: str, rest: str, end: int) -> bool:
    """Whether a calendar date, which was taken out of ``rest``, follows: "Monday 23 February"."""
    following = text[end : end + 6].lstrip(" ,")
    return bool(following) and not rest[end : end + 6].strip(" ,")


def _weekday(text: str, match: re.Match[str], word: str, published: date) -> date:
    (day,) = resolved_days(word, published)
    if is_reporting(text, match.start()):
        return day
    start = max((one.end() for one in _CLAUSE.finditer(text, 0, match.start())), default=0)
    end = _CLAUSE.search(text, match.end())
    clause = text[start : end.start() if end else len(text)]
    before = text[start : match.start()]
    if _TO_COME.search(before):
        return day + timedelta(7) if day <= published else day
    if _JUST_DONE.match(text, match.end()) or (_DONE.search(before) and not looks_ahead(before)):
        return day  # "on Monday scheduled", "sent out invites on Wednesday for an event expected in May"
    following = day + timedelta(7)
    ahead = _STARTS.search(clause) or following in resolved_days(clause, published)
    return following if ahead else day


def _span(year: int | None, month: int, day: int | None, published: date) -> tuple[date, date] | None:
    """The first and the last day of a date; None for a month without a year, and for what doesn't exist."""
    if day is None:
        if not year or year == MAXYEAR:  # the year 0 is none, and the last one has no next month
            return None
        first = date(year, month, 1)
        return first, _next_month(first) - timedelta(1)
    years = [year] if year else [published.year - 1, published.year, published.year + 1]
    possible = [one for candidate in years if (one := _day(candidate, month, day))]
    nearest = min(possible, key=lambda one: abs((one - published).days), default=None)
    return (nearest, nearest) if nearest else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
