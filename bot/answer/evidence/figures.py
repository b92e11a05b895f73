"""Which dates and numbers of a sentence its evidence doesn't have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from bot.answer.evidence.facts import CalendarDate, dates, language_of, numbers, resolved_days, weekdays
from bot.answer.evidence.lexicon import MONTHS, RELATIVE_DAYS, REPORTING

ORDINALS: dict[str, dict[str, int]] = {
    language: {word: place for place, words in enumerate(listed.split("|"), start=1) for word in words.split()}
    for language, listed in {
        "en": "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth",
        "nl": "eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende",
        "de": "erste ersten erster erstes|zweite zweiten zweiter zweites|dritte dritten dritter drittes|vierte "
        "vierten|"
        "fünfte fünften|sechste sechsten|siebte siebten|achte achten|neunte neunten|zehnte zehnten",
        "es": "primero primera primer|segundo segunda|tercero tercera tercer|cuarto cuarta|quinto quinta|sexto "
        "sexta|"
        "séptimo séptima|octavo octava|noveno novena|décimo décima",
    }.items()
}
"""The place in an order, by language."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def missing_dates(
    sentence: str, wanted: Iterable[CalendarDate], quoted: str, published: Collection[date]
) -> Iterable[str]:
    said, _ = dates(quoted)
    days = {day for base in published for day in resolved_days(quoted, base)}
    if any(word.casefold() in REPORTING or word.casefold() == "as" for word in _WORD.findall(sentence)):
        days |= set(published)  # "as of 12 May", "reported on 12 May"
    years = {base.year for base in published}
    for one in wanted:
        if any(_same_date(one, other, years) for other in said) or any(_is_day(one, day) for day in days):
            continue
        yield one.written
    stated = {
        day.weekday()
        for one in (*said, *wanted)
        for year in ({one.year} if one.year else years)
        if (day := _day(year, one.month, one.day))
    }
    known = {day.weekday() for day in days} | stated | set(weekdays(quoted))
    yield from (written for weekday, written in weekdays(sentence).items() if weekday not in known)
    named = {one.month for one in said} | {day.month for day in days} | set(months(quoted))
    wanted_months = {one.month for one in wanted}
    yield from (word for month, word in months(sentence).items() if month not in named | wanted_months)
    relative = {RELATIVE_DAYS[word] for word in _relative(quoted)}
    for word in _relative(sentence):
        read = {base + timedelta(RELATIVE_DAYS[word]) for base in published}
        if RELATIVE_DAYS[word] not in relative and not read & days:
            yield word


def _relative(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text) if word.casefold() in RELATIVE_DAYS]


def _same_date(one: CalendarDate, other: CalendarDate, years: Collection[int]) -> bool:
    if one.month != other.month or one.day not in (None, other.day):
        return False
    # A date printed without its year is of the year of publication, or the one next to it around New Year.
    near = {year + step for year in years for step in (-1, 0, 1)} if other.month in (1, 12) else set(years)
    return one.year in (None, other.year) or (other.year is None and one.year in near)


def _is_day(one: CalendarDate, day: date) -> bool:
    return (one.month, one.day or day.day, one.year or day.year) == (day.month, day.day, day.year)


def _day(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day) if day else None
    except ValueError:
        return None


def missing_numbers(
    sentence: str, language: str | None, quoted: str, published: Collection[date]
) -> Iterable[str]:
    said = {value for number in numbers(quoted, language_of(quoted)) for value in number.values}
    for pattern, step in ((_THIS_YEAR, 0), (_LAST_YEAR, -1), (_NEXT_YEAR, 1)):
        if pattern.search(quoted):
            said |= {float(base.year + step) for base in published}
    places = set(ordinals(quoted, language_of(quoted)))
    shares = [*_fractions(quoted, language_of(quoted)).values(), *_percentages(quoted).values()]
    told = _told_shares(sentence, language, shares)
    yield from (
        word
        for place, word in ordinals(sentence, language).items()
        if place not in places and place not in said and word not in told
    )
    for number in numbers(sentence, language):
        # "One" is more often a pronoun or an article than a count.
        one = number.written.isalpha() and number.values == {1.0}
        if not (number.values & said or one or number.written in told):
            yield number.written


def _told_shares(sentence: str, language: str | None, shares: Collection[float]) -> set[str]:
    """The fractions and percentages of ``sentence`` that ``shares`` has: 34 per cent are about a third."""
    return {
        written
        for found, within in ((_fractions(sentence, language), 0.025), (_percentages(sentence), 0.001))
        for written, value in found.items()
        if any(abs(value - share) <= within for share in shares)
    }


def _fractions(text: str, language: str | None) -> dict[str, float]:
    """The fractions in ``text`` by the word for their parts: "third" in "two thirds"."""
    return {
        match["parts"]: _COUNTS.get(match["count"].casefold(), 1) / parts
        for parts, pattern in _PARTS.get(language or "en", {}).items()
        for match in pattern.finditer(text)
    }


def _percentages(text: str) -> dict[str, float]:
    return {match[1]: float(match[1].replace(",", ".")) / 100 for match in _PERCENTAGE.finditer(text)}


_COUNTS = {"two": 2, "three": 3, "twee": 2, "drie": 3, "zwei": 2, "drei": 3, "dos": 2, "tres": 3}
_PARTS = {
    language: {
        parts: re.compile(rf"\b(?P<count>{counts}) (?P<parts>{word})\b", re.IGNORECASE)
        for parts, word in enumerate(words.split(","), start=3)
    }
    for language, (counts, words) in {
        "en": ("an?|one|two|three", "thirds?,quarters?,fifths?,sixths?,sevenths?,eighths?,ninths?,tenths?"),
        "nl": ("een|één|twee|drie", "derde,kwart,vijfde,zesde,zevende,achtste,negende,tiende"),
        "de": ("ein|zwei|drei", "drittel,viertel,fünftel,sechstel,siebtel,achtel,neuntel,zehntel"),
        "es": ("un|dos|tres", "tercios?,cuartos?,quintos?,sextos?,séptimos?,octavos?,novenos?,décimos?"),
    }.items()
}
_PERCENTAGE = re.compile(r"(\d+(?:[.,]\d+)?)\s?(?:%|per ?cent\b|procent\b|prozent\b|por ciento\b)", re.IGNORECASE)


_THIS_YEAR = re.compile(r"\b(?:this year|dit jaar|dieses Jahr|diesem Jahr|este año)\b", re.IGNORECASE)
_LAST_YEAR = re.compile(
    r"\b(?:last year|a year ago|vorig jaar|letztes Jahr|letzten Jahr|el año pasado)\b", re.IGNORECASE
)
_NEXT_YEAR = re.compile(
    r"\b(?:next year|volgend jaar|nächstes Jahr|nächsten Jahr|el próximo año)\b", re.IGNORECASE
)


def months(text: str) -> dict[int, str]:
    """The months named without a day in ``text``, each as it is written; "may" and "march" only with a capital."""
    return {
        MONTHS[word.casefold()]: word
        for word in _WORD.findall(text)
        if word.casefold() in MONTHS and len(word) > 2 and (word[0].isupper() or word not in _NO_MONTHS)
    }


_NO_MONTHS = frozenset("may march mar mars ago dec sep jan dez nov ene".split())


def ordinals(text: str, language: str | None) -> dict[int, str]:
    """The places in an order that ``text`` gives in words ("second" is 2), each as it is written."""
    places = ORDINALS.get(language or "en", {})
    return {places[word.casefold()]: word for word in _WORD.findall(text) if word.casefold() in places}
