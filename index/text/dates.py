"""Dates as articles state them: read strictly, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime
from itertools import islice

import dateparser

_STRICT: dict[str, object] = {
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],  # "yesterday" says nothing without knowing when it was written
    "STRICT_PARSING": True,
    "DATE_ORDER": "DMY",
}

_WRITTEN = (
    r"(?:\d{1,2}(?:st|nd|rd|th|er|\.)?(?: de| of)? [^\W\d_]{3,12}\.?(?: de)?,? \d{4}"  # 12 May 2023, 12. Mai 2023
    r"|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?, \d{4}"  # May 12, 2023
    r"|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}\.\d{1,2}\.\d{4})"
)
_MOST_DAYS = 50
_WRITTEN_DAY = re.compile(rf"(?<!\w){_WRITTEN}(?!\w)")
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,? )?"
_ANNOUNCED = re.compile(
    r"^(?:[^\d|–—·•]{2,80}(?: ?[|·•] ?| [–—-] ))?"
    r"(?:first published|published|posted|gepubliceerd|veröffentlicht|publicado|publié|pubblicato|opublikowano"
    r"|опубліковано|опубликовано)(?: on| op| am| el| le)?\s*:?\s*"
    rf"{_WEEKDAY}({_WRITTEN})",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:,? (?:at |um |om |à |a las |alle |klo |kl\.? )?\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?| uhr| uur)?)?"
)
_LABEL = (  # who says it; after any other word with a colon comes what happened on that day
    r"\s+(?:source|quelle|fuente|fonte|bron|kilde|källa|źródło|джерело|источник|来源|來源|出处|出處|出典|출처"
    r"|author|autore?|auteur|автор|作者|记者|記者) ?[:：].*"
)
_ALONE = re.compile(rf"^{_WEEKDAY}({_WRITTEN})(?: р\.| року| г\.| года)?{_CLOCK}\.?(?:{_LABEL})?$", re.IGNORECASE)
_DATELINE = re.compile(
    rf"^(?:[^\W\d_a-z][\w'’-]*[ ,/]*){{1,4}}(?:, | [–—|-] )(?:(?:den|le|el|il|op|am) )?({_WRITTEN})"
    r"(?: р\.| року| г\.| года)?(?:$| ?[–—:(]| - |\. )"
)
_SIGNED = re.compile(
    rf"^(?:by |von |par |por |door |di )?([^:]{{2,70}}?)(?:, ?| [–—|·-] ){_WEEKDAY}({_WRITTEN})"
    rf"(?: р\.| року| г\.| года)?{_CLOCK}\.?$",
    re.IGNORECASE,
)
"""The name of a paper or of an author, and a day; in a sentence stand words that are no names."""
_QUOTED = re.compile(r"[«„“\"][^«»„“”\"]{1,60}[»“”\"]")
_BETWEEN_NAMES = frozenset(
    "of the and de la le du des del della di da do e y et und der die das van von zu zur".split()
)
_MOST_NAMES = 7
_NEAR_THE_TOP = 4
_LONGEST = 160
_YEARS = range(1600, 2200)
"""The first newspapers are of 1605."""


def parse_date(value: object) -> datetime | None:
    """The date and time that ``value`` states, or None.

    ISO 8601, RFC 2822, dates as people write them in many languages ("25 October 2013", "12 mei 2023"), and
    ``date`` objects. A value must state day, month and year; one that can be read two ways (05/12/2023) is
    not a date, nor is one that no newspaper can have, such as the 0001-01-01 of software that knows none. A date
    without a time is midnight; a time zone is kept when the value has one.
    """
    stated = _read(value)
    return stated if stated and stated.year in _YEARS else None


def _read(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if not isinstance(value, str) or len(value) > 100 or not re.search(r"\d", value):
        return None
    value = " ".join(value.split())
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(value)
        except ValueError:
            continue
    if not re.search(r"\d{4}", value) or _is_ambiguous(value):
        return None
    try:
        return dateparser.parse(value, settings=_STRICT)
    except (ValueError, OverflowError, re.error):
        return None


def find_date(paragraphs: list[str]) -> datetime | None:
    """The publication date stated near the top of an article: "Published: …", a dateline, or a line of its own.

    Dates inside sentences are left alone: they tell when something happened, not when it was published.
    """
    for paragraph in paragraphs[:_NEAR_THE_TOP]:
        for line in paragraph[:_LONGEST].split("\n"):
            for pattern in (_ANNOUNCED, _ALONE, _DATELINE):
                if (found := pattern.match(line)) and (stated := parse_date(found[1])):
                    return stated
            if (found := _SIGNED.match(line)) and _is_name(found[1]) and (stated := parse_date(found[2])):
                return stated
    return None


def names_later_day(paragraphs: Sequence[str], day: datetime) -> bool:
    """Whether ``paragraphs`` name a day after ``day`` in full: what tells of it did not come out before.

    Of many days the first are looked at, since to read one takes its time.
    """
    written = (found[0] for paragraph in paragraphs for found in _WRITTEN_DAY.finditer(paragraph))
    recent = (one for one in written if any(int(year) >= day.year for year in re.findall(r"\d{4}", one)))
    stated = (parse_date(one) for one in islice(recent, _MOST_DAYS))
    return any(one is not None and one.date() > day.date() for one in stated)


def _is_name(text: str) -> bool:
    """Whether ``text`` is names and nothing else: capitals, what stands in quotation marks, what joins names."""
    words = _QUOTED.sub("Q", text).replace(",", " ").split()
    names = [word for word in words if word.lower() not in _BETWEEN_NAMES or word[:1].isupper()]
    return 0 < len(words) <= _MOST_NAMES and bool(names) and all(word[:1].isupper() for word in names)


def _is_ambiguous(value: str) -> bool:
    numbers = re.search(r"\b(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b", value)
    if numbers is None:
        return False
    return int(numbers[1]) <= 12 and int(numbers[2]) <= 12 and numbers[1] != numbers[2]
