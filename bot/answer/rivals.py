"""Tells in what two statements of one thing disagree, if they do.

They are held against each other if they have enough words in common; they disagree if a number, a day, an hour, a
name, a cause or a place that both give is another one, or if one denies what the other says. What agrees by
rounding, or tells of another event, is no disagreement; in doubt there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.answer.amounts import Amount, amounts
from bot.answer.cues import CAUSE, NEGATING
from bot.answer.days import is_reporting, resolve_days
from bot.answer.facts import content_words, dates, language_of, names, negated, stem
from bot.answer.meaning import clauses, opposites
from bot.answer.statements import Statement
from bot.answer.wording import classes, find
from index.names import name_key

WholeText = Callable[[str], str]
"""All that an article says, by its id."""

SHARED = 0.3
_MUCH_SHARED = 0.5
_MOST_SHARED = 0.6
_ROUGH = 0.06
"""How far a number that is called rough may be from another that it agrees with."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLOCK = re.compile(
    r"(?<![\d.,])(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\d.,])(?P<hour24>[01]?\d|2[0-3])[:.](?P<minute24>[0-5]\d)"
    r"(?!\d|[.,]\d|\s?(?:%|per ?cent|m\b|km|million))"
    r"|\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|since|by|of|im|sinds|seit|desde|en)\s((?:19|20)\d\d)\b")
_MINUTES = 20
_ROUGHLY = classes(
    en="about,around,some,roughly,nearly,almost,approximately,an estimated,close to,just over,just under,"
    "more than,over,up to",
    nl="ongeveer,circa,zo'n,rond,bijna,ruim,meer dan",
    de="etwa,rund,ungefähr,knapp,fast,circa,mehr als",
    es="unos,unas,cerca de,aproximadamente,casi,alrededor de,más de",
    fr="environ,près de,quelque,plus de",
)
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
_SLOT = re.compile(
    r"\b(?P<preposition>in|at|by|near|inside|outside|from|to|with|on|bei|von|aus|nach|mit|door|naar|bij|uit|met"
    r"|en|por|desde|con)\s+"
    r"(?:(?:the|a|an|its|her|his|de|het|een|der|die|das|dem|den|el|la|los|las) )?"
    r"(?P<filler>[^\W\d_][\w'’-]*(?:\s[^\W\d_][\w'’-]*)?)"
)


def disagree(one: Statement, other: Statement, whole: WholeText) -> str | None:
    """In what two statements disagree: ``number``, ``day``, ``hour``, ``denial``, ``name``, ``cause``, ``place``.

    None if they agree, or speak of different things. How close they are in meaning is for the caller to say.
    """
    if one.text == other.text or one.article.language != other.article.language:
        return None
    shared = share(one, other)
    if shared < SHARED or _of_other_times(one, other):
        return None
    if _other_number(one, other, shared):
        return "number"
    if shared >= _MUCH_SHARED and _other_hour(one, other):
        return "hour"
    if shared >= _MUCH_SHARED and _other_day(one, other):
        return "day"
    if _denied(one, other, shared):
        return "denial"
    if _other_cause(one, other):
        return "cause"
    if shared >= _MUCH_SHARED and _other_name(one, other, whole):
        return "name"
    if shared >= _MOST_SHARED and _other_place(one, other):
        return "place"
    return None


def share(one: Statement, other: Statement) -> float:
    """The part of the shorter statement's content words that the other has too, with words of one count as one."""
    first, second = _groups(one.words), _groups(other.words)
    return len(first & second) / max(1, min(len(first), len(second)))


def _groups(words: frozenset[str]) -> set[str]:
    return {
        next((f"group {number}" for number, group in enumerate(SAME_COUNT) if word in group), word)
        for word in words
    }


def _of_other_times(one: Statement, other: Statement) -> bool:
    """Whether both give years, and not one in common: then they tell of different events.

    Unless the year is all the difference: a bridge built "in 1994" and "in 1996".
    """
    first, second = _years(one), _years(other)
    return bool(first and second and not first & second and one.figures - first and other.figures - second)


def _years(one: Statement) -> set[float]:
    dated = {float(day.year) for day in dates(one.text)[0] if day.year}
    return dated | {float(year) for year in _YEAR.findall(one.text)}


def _other_number(one: Statement, other: Statement, shared: float) -> bool:
    ours, theirs = _counted(one.text), _counted(other.text)
    said, heard = _values(ours), _values(theirs)
    for first, label in ours:
        rivals = [
            (second, theirs_label)
            for second, theirs_label in theirs
            if _comparable(first, label, second, theirs_label)
        ]
        if not rivals or first.number.values & heard:
            continue
        if any(second.number.values & said for second, _ in rivals):
            continue
        if not any(_agree(first, one.text, second, other.text) for second, _ in rivals) and (
            shared >= _MUCH_SHARED
            or any(len(label & theirs_label) > 1 or first.unit for _, theirs_label in rivals)
        ):
            return True
    return False


def _counted(text: str) -> list[tuple[Amount, set[str]]]:
    """The numbers of ``text``, hours and days aside, each with the words of its clause."""
    plain = _CLOCK.sub(lambda match: " " * len(match.group()), text)
    found = []
    for amount in amounts(plain, language_of(text)):
        before, behind = plain[: amount.start], plain[amount.end :]
        left = clauses(before)[-1:] if before.strip() else []
        right = clauses(behind)[:1] if behind.strip() else []
        named = {stem(name) for name in names(text, language_of(text))}
        found.append((amount, _groups(frozenset(content_words(" ".join([*left, *right])))) - named))
    return found


def _values(counted: Sequence[tuple[Amount, set[str]]]) -> set[float]:
    return {value for amount, _ in counted for value in amount.number.values}


def _comparable(first: Amount, label: set[str], second: Amount, other_label: set[str]) -> bool:
    """Whether two numbers count the same thing."""
    if first.unit != second.unit:
        return False
    if _is_year(first) != _is_year(second):
        return False
    return bool(label & other_label)


def _is_year(amount: Amount) -> bool:
    return bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", amount.number.written)) and amount.unit is None


def _agree(first: Amount, text: str, second: Amount, other: str) -> bool:
    """Whether one number may be the other, rounded or bounded."""
    for one in first.number.values:
        for two in second.number.values:
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


def _is_rough(amount: Amount, text: str) -> bool:
    return bool(find(_ROUGHLY, text[max(0, amount.start - 25) : amount.start], language_of(text)))


def _rounds(rough: float, exact: float) -> bool:
    """Whether ``rough`` is ``exact`` with fewer digits."""
    digits = len(f"{rough:.10g}".replace(".", "").rstrip("0").lstrip("0"))
    return digits < len(f"{exact:.10g}".replace(".", "").rstrip("0").lstrip("0")) and rough == float(
        f"{exact:.{max(1, digits)}g}"
    )


def _other_hour(one: Statement, other: Statement) -> bool:
    ours, theirs = _hours(one.text), _hours(other.text)
    return bool(ours and theirs) and all(abs(first - second) > _MINUTES for first in ours for second in theirs)


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
            found.append(int(match["hour24"]) * 60 + int(match["minute24"]))
    return found


def _other_day(one: Statement, other: Statement) -> bool:
    ours, theirs = _days(one), _days(other)
    return bool(ours and theirs) and all(a[1] < b[0] or b[1] < a[0] for a in ours for b in theirs)


def _days(one: Statement) -> list[tuple[int, int]]:
    """The first and last days (ordinals) that a statement gives, apart from those on which somebody spoke."""
    if one.published is None:
        return []
    found = resolve_days(one.text, one.published.date(), one.article.language)
    return [
        (day.first.toordinal(), day.last.toordinal())
        for day in found
        if not is_reporting(one.text, one.text.find(day.written))
    ]


def _denied(one: Statement, other: Statement, shared: float) -> bool:
    """Whether one denies what the other says, or uses its opposite of the same things."""
    if shared >= _MUCH_SHARED and (any(opposites(one.text, other.text)) and any(opposites(other.text, one.text))):
        return True
    first, second = _denials(one.text), _denials(other.text)
    if bool(first) == bool(second):
        return False
    denying, said = (first, other) if first else (second, one)
    words = set(said.words)
    return shared >= SHARED and any(
        len(words & set(scope)) * 2 > len(scope) and len(words & set(scope)) > (len(scope) > 1)
        for scope in denying
    )


def _denials(text: str) -> list[list[str]]:
    """For each word of ``text`` that denies, the stems of what it denies."""
    denied = [scope for scope in negated(text) if scope]
    behind = [text[match.end() :] for match in find(NEGATING, text, language_of(text))]
    denied += [content_words(re.split(r"[.;:!?]", rest, maxsplit=1)[0])[:4] for rest in behind]
    return [scope for scope in denied if scope]


def _other_cause(one: Statement, other: Statement) -> bool:
    ours, theirs = _cause(one.text), _cause(other.text)
    if not ours or not theirs or ours & theirs:
        return False
    effect = _groups(one.words) & _groups(other.words)
    return len(effect) >= 2 or share(one, other) >= _MUCH_SHARED


def _cause(text: str) -> set[str]:
    """The stems of what ``text`` gives as a cause."""
    found = find(CAUSE, text, language_of(text))
    if not found:
        return set()
    return set(content_words(re.split(r"[.;:,!?]", text[found[-1].end() :], maxsplit=1)[0])[:5])


def _other_name(one: Statement, other: Statement, whole: WholeText) -> bool:
    """Whether both say the same of somebody whom the other's article doesn't so much as name."""
    ours, theirs = _names(one.text), _names(other.text)
    only_ours, only_theirs = ours - theirs, theirs - ours
    if not only_ours or not only_theirs:
        return False
    here, there = _names(whole(one.article.id)), _names(whole(other.article.id))
    frame = (one.words & other.words) - {stem(name) for name in (*ours, *theirs)}
    return bool(only_ours - there) and bool(only_theirs - here) and len(frame) >= 2


def _names(text: str) -> set[str]:
    found = names(text, language_of(text))
    first = _WORD.search(text)
    if first and first.group()[0].isupper() and re.match(r"\s[A-ZÀ-Þ]", text[first.end() : first.end() + 2]):
        found = [*found, first.group()]
    return {name_key(re.sub(r"['’]s?$", "", name)) for name in found}


def _other_place(one: Statement, other: Statement) -> bool:
    """Whether behind the same preposition the two have other words, and are otherwise almost alike."""
    ours, theirs = _slots(one.text), _slots(other.text)
    for preposition in ours.keys() & theirs.keys():
        first, second = ours[preposition], theirs[preposition]
        if not first & second and not first & other.words and not second & one.words:
            return True
    return False


def _slots(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in _SLOT.finditer(text):
        words = set(content_words(match["filler"]))
        if words and match["preposition"] not in found:
            found[match["preposition"].casefold()] = words
    return found
