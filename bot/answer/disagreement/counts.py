"""Numbers of two sentences held against each other: do they count the same, and come out differently?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.answer.disagreement.clock import CLOCK
from bot.answer.evidence.amounts import Amount, amounts
from bot.answer.evidence.facts import content_words, language_of, names, stem
from bot.answer.evidence.meaning import clauses
from bot.answer.evidence.synonyms import groups
from bot.answer.evidence.wording import classes, find

_NEAR = 4
"""Content words on either side of a number that tell what it counts."""
_ROUGH = 0.06
"""How far a number that is called rough may be from another that it agrees with."""

_ROUGHLY = classes(
    en="about,around,some,roughly,nearly,almost,approximately,an estimated,close to,just over,just under,"
    "more than,over,up to",
    nl="ongeveer,circa,zo'n,rond,bijna,ruim,meer dan",
    de="etwa,rund,ungefähr,knapp,fast,circa,mehr als",
    es="unos,unas,cerca de,aproximadamente,casi,alrededor de,más de",
    fr="environ,près de,quelque,plus de",
)
_FURTHER = re.compile(
    r"\b(?:another|additional|further|extra|more|other|weitere|zusätzliche|nog eens|otr[oa]s?)\W+(?:[€£$])?$",
    re.IGNORECASE,
)
_RUN = re.compile(r"(?: [^\W\d_][\w'’-]*){1,3}")
_MORE = re.compile(
    r"(?: and a half| ?per cent| ?%)? (?:more|fewer|less|meer|minder|mehr|weniger|más|menos)\b(?! than)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:by|up|down|met|um|en un)\s+(?:(?:about|almost|around|nearly|more than|over|some) )?(?:an? )?[€£$]?$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:hundred|thousand|million|billion|dozen)s|honderden|duizenden|miljoenen|hunderte|tausende|millionen|cientos"
    r"|miles|millones|one|a|ein\w*|een|un[ao]?",
    re.IGNORECASE,
)
_NOON = 12
"""Up to this, a number behind "at" is a time of day."""
_HALF = re.compile(r"half (?:an? )?$", re.IGNORECASE)
"""Before a number, so that it is another one: "half a million", "tweeënhalf miljoen"."""
_SIZES: dict[str, tuple[str, float]] = {
    "second": ("time", 1),
    "minute": ("time", 60),
    "hour": ("time", 3600),
    "day": ("time", 86400),
    "week": ("time", 604800),
    "month": ("time", 2629800),
    "year": ("time", 31557600),
    "decade": ("time", 315576000),
    "centimetre": ("length", 0.01),
    "inch": ("length", 0.0254),
    "foot": ("length", 0.3048),
    "metre": ("length", 1),
    "kilometre": ("length", 1000),
    "mile": ("length", 1609.344),
    "gram": ("mass", 0.001),
    "kilogram": ("mass", 1),
    "tonne": ("mass", 1000),
    "acre": ("area", 4046.86),
    "hectare": ("area", 10000),
    "megawatt": ("power", 1),
    "gigawatt": ("power", 1000),
}
"""What a unit measures, and its size in the first unit of that."""


def other_number(one: str, other: str) -> bool:
    """Whether both count the same thing and come to different numbers."""
    ours, theirs = counted(one), counted(other)
    said, heard = _values(ours), _values(theirs)
    # A number that the other text has too, if rounded, is not another one.
    agreeing = [(a, b) for a in ours for b in theirs if agree(a.amount, one, b.amount, other)]
    ours = [a for a in ours if all(a is not met for met, _ in agreeing)]
    theirs = [b for b in theirs if all(b is not met for _, met in agreeing)]
    return any(
        first.compares(second)
        for first in ours
        for second in theirs
        if not first.values & heard and not second.values & said
    )


@dataclass(frozen=True)
class Count:
    """A number with the words of its clause ``around`` it; ``change``: "fell by 86 cents".

    ``noun``: what it counts, as written right behind it; empty in "41 of them".
    """

    amount: Amount
    noun: str
    around: frozenset[str]
    change: bool

    @property
    def values(self) -> frozenset[float]:
        return self.amount.number.values

    def compares(self, other: Count) -> bool:
        """Whether the two may count the same thing."""
        if (
            self.change != other.change
            or kind_of(self.amount) != kind_of(other.amount)
            or is_year(self.amount) != is_year(other.amount)
        ):
            return False
        shared = len(self.around & other.around)
        return shared > 1 or (
            shared == 1 and (self.amount.unit is not None or min(len(self.around), len(other.around)) < 3)
        )


def counted(text: str) -> list[Count]:
    """The numbers of ``text`` that count something, hours, days and further amounts aside."""
    plain = CLOCK.sub(lambda match: " " * len(match.group()), text)
    language = language_of(text)
    named = (
        {stem(name) for name in names(text, language)} if language != "de" else set()
    )  # there all nouns look so
    found = []
    for amount in amounts(plain, language):
        before, behind = plain[: amount.start], plain[amount.end :]
        hour = before.endswith(" at ") and max(amount.number.values) <= _NOON and not _noun(behind)
        vague = _VAGUE.fullmatch(amount.number.written) or _HALF.search(before) or hour
        if vague or _FURTHER.search(before) or _MORE.match(behind):
            continue
        left = content_words(clauses(before)[-1] if clauses(before) else "")[-_NEAR:]
        right = content_words(clauses(behind)[0] if clauses(behind) else "")[:_NEAR]
        around = frozenset(groups([*left, *right]) - named)
        found.append(Count(amount, _noun(behind), around, bool(_CHANGE.search(before))))
    return found


def _noun(behind: str) -> str:
    """The words at the beginning of ``behind``, up to the first that is no content word."""
    run = _RUN.match(behind)
    words = run.group().split() if run else []
    return " ".join(takewhile(content_words, words))


def kind_of(amount: Amount) -> str | None:
    """What the unit measures; the unit itself where it can't be converted, as with money."""
    return kind_of_unit(amount.unit) if amount.unit else None


def kind_of_unit(unit: str) -> str:
    """What ``unit`` measures; itself where it can't be converted."""
    return _SIZES[unit][0] if unit in _SIZES else unit


def _values(counted: Sequence[Count]) -> set[float]:
    return {value for count in counted for value in count.values}


def is_year(amount: Amount) -> bool:
    return bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", amount.number.written)) and amount.unit is None


def agree(first: Amount, text: str, second: Amount, other: str) -> bool:
    """Whether one number may be the other, rounded or bounded."""
    for one in _sizes(first, second):
        for two in _sizes(second, first):
            if one == two:
                return True
            low, high = sorted((one, two))
            if high and (high - low) / high <= _ROUGH and not (is_year(first) or is_year(second)):
                converted = first.unit != second.unit
                rough = converted or _is_rough(first, text) or _is_rough(second, other)
                if rough or _rounds(one, two) or _rounds(two, one):
                    return True
            for bounded, bound, exact in ((first, one, two), (second, two, one)):
                if bounded.bound == "more" and bound <= exact <= bound * 1.2:
                    return True
                if bounded.bound == "less" and bound * 0.8 <= exact <= bound:
                    return True
    return False


def _sizes(amount: Amount, other: Amount) -> set[float]:
    """The values of ``amount``, converted if ``other`` is in another unit of the same."""
    scale = _SIZES[amount.unit][1] if amount.unit in _SIZES and amount.unit != other.unit else 1
    return {value * scale for value in amount.number.values}


def _is_rough(amount: Amount, text: str) -> bool:
    return bool(find(_ROUGHLY, text[max(0, amount.start - 25) : amount.start], language_of(text)))


def _rounds(rough: float, exact: float) -> bool:
    """Whether ``rough`` is ``exact`` with fewer digits."""
    digits = len(f"{rough:.10g}".replace(".", "").rstrip("0").lstrip("0"))
    return digits < len(f"{exact:.10g}".replace(".", "").rstrip("0").lstrip("0")) and rough == float(
        f"{exact:.{max(1, digits)}g}"
    )
