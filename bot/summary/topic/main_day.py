"""The day that a sentence mainly tells of, for timelines: of all days that it gives, that of what happened."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.answer.answer import ResolvedDay
from bot.answer.evidence.content import function_words
from bot.answer.evidence.days import event_days, resolve_days
from index.text.language import question_language
from index.text.tense import pattern, tells_of_the_past

_ASIDE = re.compile(r"[,;:–—()]")
_LONGEST_UPDATE = timedelta(2)
_YEAR = re.compile(r"\d{4}$")
_NEXT_WORD = re.compile(r"\.?\s([^\W\d_]+)")


def main_day(text: str, published: date, language: str | None, reported: bool = False) -> ResolvedDay | None:
    """The day on which that happened which a sentence mainly tells; None if it gives none, or several.

    Not a day in a name ("the Jan. 6 committee"), nor one to or from which something goes on ("until July 9"), nor
    that of a clause aside ("after they won on Monday"), nor one ahead of what has happened. ``reported``: that on
    which it was said counts, too.
    """
    language = language or question_language(text) or ""
    found = {}
    for day in (resolve_days if reported else event_days)(text, published, language):
        at = text.find(day.written)
        ahead = day.first > published and tells_of_the_past(_unsaid(text[:at], language), language)
        if not (ahead or _in_name(text, at, day, language) or _is_aside(text[:at], day, language)):
            found[day.first, day.last] = day
    return next(iter(found.values())) if len(found) == 1 else None


def went_on_with(text: str, published: date, language: str | None) -> list[ResolvedDay]:
    """The days after ``published`` that ``text`` tells of as gone by: its page was gone on with after that day."""
    if resolve_days(text, published, language):
        return []
    later = resolve_days(text, published + _LONGEST_UPDATE, language)
    return [day for day in later if day.first > published]


def _unsaid(text: str, language: str) -> str:
    """``text`` without the verbs of saying, whose tense is not that of what happened."""
    return pattern(language, "saying").sub("", text)


def _in_name(text: str, at: int, day: ResolvedDay, language: str) -> bool:
    """Whether a date is part of a name or describes something: "the July 4 parade", "l'attaque du 6 janvier"."""
    if day.first != day.last or not re.search(r"\d", day.written):
        return False
    if pattern(language, "name_before").search(text[:at].lower()):
        return True
    behind = _NEXT_WORD.match(text[at + len(day.written) :].lstrip("," if _YEAR.search(day.written) else ""))
    before = re.findall(r"[^\W\d_]+", text[:at])[-1:]
    alone = not before or before[0].casefold() not in function_words()
    return behind is not None and alone and behind[1].casefold() not in function_words()


def _is_aside(before: str, day: ResolvedDay, language: str) -> bool:
    """Whether a day bounds something, or stands in a clause that tells no more than how, whose, since or if."""
    bounds = ("since_before", "until_before", *(("toward_before",) if day.first == day.last else ()))
    if any(pattern(language, name).search(before) for name in bounds):
        return True
    start = max((match.end() for match in _ASIDE.finditer(before)), default=0)
    return bool(pattern(language, "asides").search(before.lower(), start))
