"""Checks that evidence supports a sentence: fact by fact, so that a refusal can be explained.

The check is made to err on the side of refusing. It compares what can be compared without a model: numbers,
dates, names, negation, and words in common; who did what to whom it cannot see.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answer.facts import (
    CalendarDate,
    content_words,
    dates,
    is_negation,
    language_of,
    names,
    negated,
    numbers,
    resolved_days,
    stem,
    weekdays,
)
from bot.answer.lexicon import REPORTING, SAME_NAMES
from index.names import name_key

MIN_SHARED = 0.4
"""The share of a sentence's content words, names aside, that its evidence must hold in the same language.

Measured on the demo articles: of 4,906 pairs of different sentences of one article, 0.4 lets 23 pass.
"""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a sentence is supported, and if not, what its evidence lacks, in words for a log."""

    ok: bool
    missing: tuple[str, ...] = ()


def supports(
    sentence: str,
    evidence: Sequence[str],
    *,
    around: Sequence[str] = (),
    question: str = "",
    published: Collection[date] = (),
) -> Support:
    """Whether every fact of ``sentence`` is in ``evidence`` (the quotes behind it, together).

    Numbers, dates and negation must be in the quotes themselves. Names may also stand in ``around``: the passages
    the quotes come from, the titles, the outlets. A name that only the ``question`` uses counts if the evidence
    is in another language than the sentence, since names are spelled differently there; in one language it
    would let a leading question through. ``published`` are the days on which the evidence was published, against
    which "Friday" is read.
    """
    quoted = "\n".join(evidence)
    language = language_of(sentence)
    translated = in_other_language(sentence, quoted)
    sentence_dates, undated = dates(sentence)
    missing = [
        *_missing_dates(sentence, sentence_dates, quoted, published),
        *_missing_numbers(undated, language, quoted, published),
        *_missing_names(undated, language, [quoted, *around], question if translated else ""),
        *_missing_negation(sentence, quoted),
    ]
    named = names(undated, language)
    words = set(content_words(undated)) - set(map(stem, named))
    if not (words or named or numbers(sentence, language)):
        missing.append("nothing in it can be checked")
    elif not translated:
        if len(shared_words(sentence, quoted) & words) < MIN_SHARED * len(words):
            missing.append("too few words in common with the quote")
        missing += _missing_clauses(sentence, [quoted, *around])
    return Support(not missing, tuple(missing))


def in_other_language(sentence: str, evidence: str) -> bool:
    """Whether the two are plainly in different languages, or in different scripts."""
    one, other = language_of(sentence), language_of(evidence)
    if one and other:
        return one != other
    return _latin(sentence) != _latin(evidence)


def shared_words(sentence: str, evidence: str) -> set[str]:
    """The stems of the content words of ``sentence`` that ``evidence`` has too."""
    return set(content_words(sentence)) & set(content_words(evidence))


def shared_facts(sentence: str, evidence: str) -> float:
    """How much of ``sentence`` is in ``evidence``, 0..1: its content words, and doubly its numbers and names."""
    words = set(content_words(sentence))
    spelled = _keys(_WORD.findall(evidence))
    named = set(names(sentence, language_of(sentence)))
    counted = numbers(sentence, language_of(sentence))
    values = {value for number in numbers(evidence, language_of(evidence)) for value in number.values}
    points = (
        len(shared_words(sentence, evidence))
        + 2 * sum(_known(name, spelled) for name in named)
        + 2 * sum(bool(number.values & values) for number in counted)
    )
    return points / max(1, len(words) + 2 * len(named) + 2 * len(counted))


def _missing_dates(
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


def _missing_numbers(
    sentence: str, language: str | None, quoted: str, published: Collection[date]
) -> Iterable[str]:
    said = {value for number in numbers(quoted, language_of(quoted)) for value in number.values}
    for pattern, step in ((_THIS_YEAR, 0), (_LAST_YEAR, -1), (_NEXT_YEAR, 1)):
        if pattern.search(quoted):
            said |= {float(base.year + step) for base in published}
    for number in numbers(sentence, language):
        # "One" is more often a pronoun or an article than a count.
        if not number.values & said and not (number.written.isalpha() and number.values == {1.0}):
            yield number.written


_THIS_YEAR = re.compile(r"\b(?:this year|dit jaar|dieses Jahr|diesem Jahr|este año)\b", re.IGNORECASE)
_LAST_YEAR = re.compile(
    r"\b(?:last year|a year ago|vorig jaar|letztes Jahr|letzten Jahr|el año pasado)\b", re.IGNORECASE
)
_NEXT_YEAR = re.compile(
    r"\b(?:next year|volgend jaar|nächstes Jahr|nächsten Jahr|el próximo año)\b", re.IGNORECASE
)


def _missing_names(sentence: str, language: str | None, texts: Sequence[str], question: str) -> Iterable[str]:
    known = _keys(word for text in (*texts, question) for word in _WORD.findall(text))
    yield from (name for name in dict.fromkeys(names(sentence, language)) if not _known(name, known))


def _keys(words: Iterable[str]) -> set[str]:
    keys = {name_key(_bare(word)) for word in words} - {""}
    for group in _SAME_KEYS:
        if keys & group:
            keys |= group
    return keys


def _known(name: str, keys: Collection[str]) -> bool:
    """Whether a name, or another form of it (Ukraine, Ukrainian), is among ``keys``."""
    key = name_key(_bare(name))
    return not key or key in keys or any(_inflected(key, other) for other in keys)


def _inflected(key: str, other: str) -> bool:
    shorter, longer = sorted((key, other), key=len)
    root = max(4, round(0.6 * len(longer)))
    return len(shorter) >= root and shorter[:root] == longer[:root]


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


_SAME_KEYS = tuple(frozenset(map(name_key, group)) for group in SAME_NAMES)


def _missing_negation(sentence: str, quoted: str) -> Iterable[str]:
    """What one of the two denies and the other doesn't."""
    denies = any(is_negation(word) for word in _WORD.findall(sentence))
    denied = [words for words in negated(quoted) if words]
    if denies and not any(is_negation(word) for word in _WORD.findall(quoted)):
        yield "the quote denies nothing"
    words = set(content_words(sentence))
    if not denies and any(sum(word in words for word in clause) * 2 > len(clause) for clause in denied):
        yield "the quote denies it"


def _missing_clauses(sentence: str, texts: Sequence[str]) -> Iterable[str]:
    """The clauses that none of ``texts`` has a single word of, though the sentence as a whole looks supported."""
    known = {word for text in texts for word in content_words(text)}
    for clause in _CLAUSE_END.split(sentence):
        words = set(content_words(clause))
        if len(words) > 1 and not words & known:
            yield clause.strip()


_CLAUSE_END = re.compile(
    r"[,;:–—]|\b(?:and|but|while|en|maar|terwijl|und|aber|während|y|pero|mientras|et|mais)\b", re.IGNORECASE
)


def _latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character < "\u0250" for character in letters) * 2 >= len(letters)
