"""Which days "on Friday", "tomorrow" and "last month" are, where a sentence leaves no doubt of it.

A day of the week is the last one or the next one, by the tense of the verb that governs it (``index.text.tense``);
none where the last one lies so far back that the page is rather an updated one.
The words are in the tables of ``index.text.languages``; in a language without a table no day is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from index.text.calendar import weekday_names, written_dates
from index.text.languages import table
from index.text.numbers.scales import either
from index.text.tense import pattern, tense_at

_OPENING_QUOTE = re.compile(r"[\"“„«‘'(\[]$")
_CLOSING_QUOTE = re.compile(r"[\"”“»’')\]]")
_SURELY_PAST = 4
"""Days: a page that tells of a Friday and is dated the Thursday before was mostly gone on with on that Friday.

In 306 real reports 36 of 393 past weekdays would lie six days back; of 13 that were read none meant that day.
"""
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:…]\s|[\"“„«‘])\W*$")


@dataclass(frozen=True, slots=True)
class Day:
    """A relative date of a text, ``text[start:end]``, and the days it means, ``first`` to ``last``."""

    start: int
    end: int
    first: date
    last: date


def relative_days(text: str, published: date, language: str | None) -> list[Day]:
    """The days, weeks, months and years in ``text`` that only its day of publication tells, in order.

    ``text`` is a sentence, ``language`` (ISO 639-1) its language. What may be a name ("The Sunday Times"), a habit
    ("every Monday") or open in its tense is left out, and so is all in a language without a table.
    """
    if not table(language, "days") or language is None:
        return []
    dated = {position for one in written_dates(text, language) for position in range(one.start - 3, one.end)}
    found = [*_periods(text, published, language)]
    for match in _day_words(language).finditer(text):
        if _is_name(text, match, language) or not dated.isdisjoint(range(match.start(), match.end() + 1)):
            continue
        day = (
            _adverb(text, match, published, language)
            if match["adverb"]
            else _weekday(text, match, published, language)
        )
        if day and not any(other.start < match.end() and match.start() < other.end for other in found):
            found.append(Day(*match.span(), day, day))
    return sorted(found, key=lambda day: day.start)


def _adverb(text: str, match: re.Match[str], published: date, language: str) -> date | None:
    """The day of "yesterday", "tomorrow"; "today" only beside a tense, for it may mean these times.

    In a quotation they are of the day on which it was said.
    """
    days = int(table(language, "days")["adverbs"][match["adverb"].casefold()])
    if _quoted(text[: match.start()]) or (
        days == 0 and tense_at(text, *match.span(), language) in (None, "unsure")
    ):
        return None
    return published + timedelta(days)


def _weekday(text: str, match: re.Match[str], published: date, language: str) -> date | None:
    weekday = weekday_names(language)[match["weekday"].casefold()]
    behind = (published.weekday() - weekday) % 7
    last, following = published - timedelta(behind), published + timedelta(7 - behind)
    said = match["ahead"] or match["behind"]
    if said and pattern(language, "this_past").fullmatch(said):
        return last if behind else last - timedelta(7)
    if said and pattern(language, "this_coming").fullmatch(said):
        return following
    # "Next Friday", said on a Monday, is this week's to some and next week's to others.
    week = published - timedelta(published.weekday())
    if said and pattern(language, "last").fullmatch(said):
        return last if last < week else None
    if said and pattern(language, "next").fullmatch(said):
        return following if following >= week + timedelta(7) else None
    tense = tense_at(text, *match.span(), language)
    if tense == "past":
        return last if behind <= _SURELY_PAST else None
    return following if tense == "future" and behind else None


def _is_name(text: str, match: re.Match[str], language: str) -> bool:
    """Whether a word for a day may be part of a name, or means a habit or any such day."""
    before, behind = text[: match.start()], text[match.end() :]
    word, words = match["adverb"] or match["weekday"], table(language, "days")
    if word.isupper() or before[-1:] == "-" or behind[:1] == "-" or behind[:2] in ("'s", "’s"):
        return True
    if _OPENING_QUOTE.search(before) and _CLOSING_QUOTE.match(behind):
        return True
    said = match["ahead"] or match["behind"]
    if pattern(language, "barred_behind").match(behind) or (
        not said and pattern(language, "barred_before").search(before)
    ):
        return True
    if any(name.start() <= match.start() < name.end() for name in pattern(language, "names").finditer(text)):
        return True
    begins = _begins(text, match.start())
    if match["adverb"] or not words["capital"]:
        return word[0].isupper() and not begins
    if "on_before" in words:  # where all nouns have capitals
        return not begins and not pattern(language, "on_before").search(before)
    beside = re.search(r"\w+\s$", before)
    return behind[1:2].isupper() or bool(
        beside and beside[0][0].isupper() and not pattern(language, "joins_before").search(before)
    )


def _quoted(before: str) -> bool:
    """Whether a quotation that begins in ``before`` has not ended there."""
    return before.count('"') % 2 == 1 or any(
        before.count(mark[0]) > before.count(mark[1]) for mark in ("“”", "«»", "„“")
    )


def _begins(text: str, position: int) -> bool:
    """Whether a sentence begins at ``position``."""
    return bool(_SENTENCE_BEGINS.search(text[:position]))


def _periods(text: str, published: date, language: str) -> Iterator[Day]:
    """ "Last week", "this month", "next year": the calendar week, month or year."""
    for unit, steps in table(language, "days").get("periods", {}).items():
        for step in steps:
            for match in pattern(language, f"periods.{unit}.{step}").finditer(text):
                if match.group()[0].islower() or _begins(text, match.start()):
                    yield Day(*match.span(), *period(unit, int(step), published))


def period(unit: str, step: int, published: date) -> tuple[date, date]:
    """The first and the last day of the week, month or year that lies ``step`` ahead of that of ``published``."""
    if unit == "week":
        monday = published - timedelta(published.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6)
    if unit == "year":
        return date(published.year + step, 1, 1), date(published.year + step, 12, 31)
    months = published.year * 12 + published.month - 1 + step
    first = date(months // 12, months % 12 + 1, 1)
    return first, date((months + 1) // 12, (months + 1) % 12 + 1, 1) - timedelta(1)


@cache
def _day_words(language: str) -> re.Pattern[str]:
    """A word for a day, with the word beside it that says which one: "next Friday", "lundi prochain"."""
    words = table(language, "days")
    said = "|".join(p for name in ("this_past", "this_coming", "last", "next") for p in words.get(name, ()))
    parts = "|".join(words.get("parts_of_day", ())) or "(?!)"
    return re.compile(
        rf"(?<![\w’'-])(?:(?P<adverb>{either(words['adverbs'])})"
        rf"|(?:(?P<ahead>{said})\s)?(?P<weekday>{either(weekday_names(language))})(?:{parts})?"
        rf"(?:\s(?P<behind>{said}))?)(?![\w])",
        re.IGNORECASE,
    )
