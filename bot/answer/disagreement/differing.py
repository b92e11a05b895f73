"""What two sentences of one thing say differently: a number, a day, or a yes against a no."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from bot.answer.answer import ResolvedDay
from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.content import content_words, is_negation
from bot.answer.evidence.days import event_days
from index.text.languages import table
from index.text.numbers import Number, same_number
from index.text.numbers.units import in_base
from index.text.tense import pattern

_COUNTED = 3
"""Words behind a number among which is what it counts."""
_DENIED = 2
"""Words behind a negation among which is what it denies."""
_SHORT = 4
"""Letters of a stem that may begin another."""
_ROUGH = 0.1
"""How far apart, in parts, two numbers may be of which one may be rounded."""
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def other_number(one: ArticleSentence, other: ArticleSentence, subject: Collection[str]) -> bool:
    """Whether both count the same thing once and come to different numbers.

    Not what is planned against what came of it, nor numbers of different years.
    """
    if _intended(one) != _intended(other) or not _one_time(one, other):
        return False
    ours, theirs = _counts(one, subject), _counts(other, subject)
    for counted in ours.keys() & theirs.keys():
        if len(ours[counted]) > 1 or len(theirs[counted]) > 1:
            continue
        (first,), (second,) = ours[counted], theirs[counted]
        told = any(same_number(first, number) for number in other.numbers) or any(
            same_number(second, number) for number in one.numbers
        )
        (low, least), (high, _) = sorted(
            (abs(in_base(number.value, number.unit)[1]), _stands_before(number, side, "at_least"))
            for side, number in ((one, first), (other, second))
        )
        if not told and not least and low * (1 + _ROUGH) < high:
            return True
    return False


def _counts(one: ArticleSentence, subject: Collection[str]) -> dict[str, list[Number]]:
    """The numbers of a sentence by what they count: what a unit measures, or a word that is in ``subject``."""
    found: dict[str, list[Number]] = {}
    for number in one.numbers:
        if number.unit in ("ordinal", "fraction") or _stands_before(number, one, "bounds"):
            continue
        behind = content_words(" ".join(WORD.findall(one.text[number.end :])[:_COUNTED]))
        unit = in_base(1, number.unit)[0] if number.unit else None
        counted = unit or next((word for word in behind if word in subject), None)
        if counted:
            found.setdefault(counted, []).append(number)
    return found


def other_day(one: ArticleSentence, other: ArticleSentence) -> bool:
    """Whether both give one day, other than that on which somebody spoke, and not the same."""
    ours, theirs = _days(one), _days(other)
    if not (len(ours) == len(theirs) == 1):
        return False
    return ours[0].last < theirs[0].first or theirs[0].last < ours[0].first


def _days(one: ArticleSentence) -> list[ResolvedDay]:
    return event_days(one.text, one.published.date(), one.article.language) if one.published else []


def denies_other(one: ArticleSentence, other: ArticleSentence, said: Collection[str]) -> bool:
    """Whether one of two sentences of one time negates one of the words ``said``, and the other none."""
    if not _one_time(one, other) or _intended(one) or _intended(other):
        return False
    ours, theirs = _negated(one.text), _negated(other.text)
    return len(ours) + len(theirs) == 1 and any(among(word, said) for word in (*ours, *theirs)[0])


def _negated(text: str) -> list[tuple[str, ...]]:
    """What each negation of ``text`` may deny: the next words, "did not order"."""
    written = WORD.findall(text)
    return [
        content_words(" ".join(written[at + 1 : at + 1 + _DENIED]))
        for at, word in enumerate(written)
        if is_negation(word)
    ]


def among(stem: str, stems: Collection[str]) -> bool:
    """Whether ``stem`` is one of ``stems``, or begins one, or the other way round: "sign", "signe(d)"."""
    return stem in stems or any(
        min(len(stem), len(one)) >= _SHORT and (one.startswith(stem) or stem.startswith(one)) for one in stems
    )


def _one_time(one: ArticleSentence, other: ArticleSentence) -> bool:
    """Whether two sentences may be of one time: not of two years, nor one alone of "last year"."""
    ours, theirs = ({match[0] for match in _YEAR.finditer(text)} for text in (one.text, other.text))
    if ours and theirs and not ours & theirs:
        return False
    return _says(one, "last") == _says(other, "last")


def _says(one: ArticleSentence, purpose: str) -> bool:
    """Whether one of the words of its language for ``purpose`` stands in a sentence (compared.toml)."""
    return bool(_words(one.article.language, purpose).search(one.text))


def _stands_before(number: Number, one: ArticleSentence, purpose: str) -> bool:
    """Whether one of the words for ``purpose`` stands right before ``number``."""
    *_, last = (None, *_words(one.article.language, purpose).finditer(one.text, 0, number.start))
    return last is not None and not one.text[last.end() : number.start].strip("€£$ ")


@cache
def _words(language: str | None, purpose: str) -> re.Pattern[str]:
    either = "|".join(table(language, "compared").get(purpose, ["(?!)"]))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _intended(one: ArticleSentence) -> bool:
    """Whether a sentence tells of what is to come, or may."""
    language = one.article.language or ""
    return any(pattern(language, name).search(one.text) for name in ("future", "unsure"))
