"""Numbers and hours of two sentences held against each other: do they count the same, and come out differently?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer.amounts import Amount, amounts
from bot.answer.facts import content_words, language_of, names, stem
from bot.answer.meaning import clauses
from bot.answer.wording import classes, find

SAME_COUNT = (
    frozenset(map(stem, "dead killed die died dies deaths fatalities lives bodies victims perished".split())),
    frozenset(map(stem, "injured wounded hurt injuries hospital hospitalised injuring".split())),
    frozenset(map(stem, "arrested detained custody arrests".split())),
    frozenset(map(stem, "homes houses households properties dwellings".split())),
    frozenset(map(stem, "jobs workers employees staff posts positions".split())),
    frozenset(map(stem, "people persons residents visitors spectators guests attended attendance crowd".split())),
    frozenset(map(stem, "cost costs price budget paid spend bill worth fee".split())),
    frozenset(map(stem, "doden omgekomen gestorven slachtoffers dood gedood".split())),
    frozenset(map(stem, "tote getötet gestorben ums opfer toten".split())),
    frozenset(map(stem, "muertos fallecidos murieron víctimas muertas".split())),
)
_CLOCK = re.compile(
    r"(?<![\d.,])(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\d.,])(?P<hour24>[01]?\d|2[0-3])(?::(?P<minute24>[0-5]\d)(?!\d)"
    r"|\.(?P<minute_dot>[0-5]\d)(?= (?:uur|Uhr|h)\b))"
    r"|\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight)\b",
    re.IGNORECASE,
)
_MINUTES = 20
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
_VAGUE = re.compile(
    r"(?:hundred|thousand|million|billion|dozen)s|honderden|duizenden|miljoenen|hunderte|tausende|millionen|cientos"
    r"|miles|millones|one|a|ein\w*|een|un[ao]?",
    re.IGNORECASE,
)
_DURATIONS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "month": 2629800,
    "year": 31557600,
    "decade": 315576000,
}
"""Seconds."""
_ASKS_HOW_LONG = re.compile(
    r"\b(?:how (?:long|old|often|fast|soon)|hoe (?:lang|oud)|wie (?:lange|alt)|edad|minute|hour|day|week|month"
    r"|year|tag|jahr|dag|jaar|uur|día|año|hora)",
    re.IGNORECASE,
)


def groups(words: frozenset[str]) -> set[str]:
    return {
        next((f"group {number}" for number, group in enumerate(SAME_COUNT) if word in group), word)
        for word in words
    }


def other_number(one: str, other: str, question: str | None) -> bool:
    """Whether both count the same thing and come to different numbers.

    ``question``: one that asks for a number; both numbers must then count something of it.
    """
    ours, theirs = _counted(one), _counted(other)
    said, heard = _values(ours), _values(theirs)
    if question is not None:
        ours, theirs = ([one for one in counts if one.answers(question)] for counts in (ours, theirs))
    for first in ours:
        rivals = [second for second in theirs if not second.values & said and first.compares(second)]
        if first.values & heard or not rivals:
            continue
        if not any(_agree(first.amount, one, second.amount, other) for second in rivals):
            return True
    return False


def other_hour(one: str, other: str) -> bool:
    ours, theirs = _hours(one), _hours(other)
    return bool(ours and theirs) and all(abs(first - second) > _MINUTES for first in ours for second in theirs)


@dataclass(frozen=True)
class _Count:
    """A number with the words of its clause: ``behind`` it, and ``around`` it."""

    amount: Amount
    behind: frozenset[str]
    around: frozenset[str]

    @property
    def values(self) -> frozenset[float]:
        return self.amount.number.values

    def answers(self, question: str) -> bool:
        """Whether it counts what ``question`` asks for."""
        if self.amount.unit in _DURATIONS and not _ASKS_HOW_LONG.search(question):
            return False
        wanted = groups(frozenset(content_words(question)))
        if self.amount.unit:
            return bool(self.around & wanted)
        return bool((self.behind or self.around) & wanted)

    def compares(self, other: _Count) -> bool:
        """Whether the two may count the same thing."""
        if _kind(self.amount) != _kind(other.amount) or _is_year(self.amount) != _is_year(other.amount):
            return False
        shared = len(self.around & other.around)
        return shared > 1 or (
            shared == 1 and (self.amount.unit is not None or min(len(self.around), len(other.around)) < 3)
        )


def _counted(text: str) -> list[_Count]:
    """The numbers of ``text`` that count something, hours, days and further amounts aside."""
    plain = _CLOCK.sub(lambda match: " " * len(match.group()), text)
    language = language_of(text)
    named = (
        {stem(name) for name in names(text, language)} if language != "de" else set()
    )  # there all nouns look so
    found = []
    for amount in amounts(plain, language):
        before, behind = plain[: amount.start], plain[amount.end :]
        if _VAGUE.fullmatch(amount.number.written) or _FURTHER.search(before):
            continue
        left = content_words(clauses(before)[-1] if clauses(before) else "")[-_NEAR:]
        right = content_words(clauses(behind)[0] if clauses(behind) else "")[:_NEAR]
        words = groups(frozenset(right[:2])) - named
        found.append(_Count(amount, frozenset(words), frozenset(groups(frozenset([*left, *right])) - named)))
    return found


def _kind(amount: Amount) -> str | None:
    """The unit, where all units of time are one."""
    return "time" if amount.unit in _DURATIONS else amount.unit


def _values(counted: Sequence[_Count]) -> set[float]:
    return {value for count in counted for value in count.values}


def _is_year(amount: Amount) -> bool:
    return bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", amount.number.written)) and amount.unit is None


def _agree(first: Amount, text: str, second: Amount, other: str) -> bool:
    """Whether one number may be the other, rounded or bounded."""
    for one in _sizes(first, second):
        for two in _sizes(second, first):
            if one == two:
                return True
            low, high = sorted((one, two))
            if high and (high - low) / high <= _ROUGH and not (_is_year(first) or _is_year(second)):
                rough = _is_rough(first, text) or _is_rough(second, other)
                if rough or _rounds(one, two) or _rounds(two, one):
                    return True
            for bounded, bound, exact in ((first, one, two), (second, two, one)):
                if bounded.bound == "more" and bound <= exact <= bound * 1.2:
                    return True
                if bounded.bound == "less" and bound * 0.8 <= exact <= bound:
                    return True
    return False


def _sizes(amount: Amount, other: Amount) -> set[float]:
    """The values of ``amount``, in seconds if ``other`` is in another unit of time."""
    unit = _DURATIONS.get(amount.unit or "")
    scale = unit if unit and amount.unit != other.unit else 1
    return {value * scale for value in amount.number.values}


def _is_rough(amount: Amount, text: str) -> bool:
    return bool(find(_ROUGHLY, text[max(0, amount.start - 25) : amount.start], language_of(text)))


def _rounds(rough: float, exact: float) -> bool:
    """Whether ``rough`` is ``exact`` with fewer digits."""
    digits = len(f"{rough:.10g}".replace(".", "").rstrip("0").lstrip("0"))
    return digits < len(f"{exact:.10g}".replace(".", "").rstrip("0").lstrip("0")) and rough == float(
        f"{exact:.{max(1, digits)}g}"
    )


def _hours(text: str) -> list[int]:
    """The times of day in ``text``, in minutes since midnight."""
    found = []
    for match in _CLOCK.finditer(text):
        if match["noon"]:
            found.append(12 * 60)
        elif match["midnight"]:
            found.append(0)
        elif match["half"]:
            hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
            found.append(hour * 60 + int(match["minute"] or 0))
        else:
            found.append(int(match["hour24"]) * 60 + int(match["minute24"] or match["minute_dot"]))
    return found
