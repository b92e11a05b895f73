"""Where articles exclude each other by rule: numbers, dates, and a yes against a no, of one thing.

Without a chat model nothing can judge what two sentences mean, so only what is plain is told: the sentences answer
the question in its own words, or have most of their words in common.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answer.answer import ResolvedDay
from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.content import content_words, is_negation
from bot.answer.evidence.days import is_reporting, resolve_days
from bot.answer.evidence.statement import Statement
from bot.answer.question.answer_type import AnswerType, expected
from bot.answer.question.question import Part
from index.text.names import name_key, names_in
from index.text.numbers import Number, same_number
from index.text.numbers.units import in_base
from index.text.tense import pattern

_MOST = 0.5
"""The share of a question's words, names aside, that a sentence has which answers it."""
_ALIKE = 0.7
"""The share of its words that the shorter of two sentences of one thing has in common with the other."""
_COUNTED = 3
"""Words behind a number among which is what it counts."""
_DENIED = 2
"""Words behind a negation among which is what it denies."""
_SHORT = 4
"""Letters of a stem that may begin another."""
_ROUGH = 0.1
"""How far apart, in parts, two numbers may be of which one may be rounded."""
_MOST_SIDES = 4
_TEXTS = 512
"""Passages and sentences whose names are remembered: each is compared with every other."""
_BOUND = re.compile(
    r"\b(?:up to|less than|fewer than|no more than|another|further|other|ander\w*|bis zu|weitere\w*|hasta|otr[oa]s"
    r"|jusqu'à|autres)\W+(?:[€£$])?$",
    re.IGNORECASE,
)
"""What makes a number an upper bound, or one of others."""
_LEAST = re.compile(
    r"(?<!no )\b(?:at least|more than|over|minstens|meer dan|ruim|mindestens|mehr als|über|al menos|más de"
    r"|au moins|plus de)\W+(?:[€£$])?$",
    re.IGNORECASE,
)
"""What makes a number a lower bound: a smaller one excludes it, a larger one doesn't."""
_CHANGED = re.compile(
    r"\b(?:risen|rose|climb\w*|so far|by now|updated|revised|toll|recovered|opgelopen|inmiddels|dodental|gestiegen"
    r"|inzwischen|ascend\w+|aument\w+|bilan|alourdi|désormais|postponed|rescheduled"
    r"|moved to|instead of|uitgesteld|verplaatst|verschoben|verlegt|aplazad\w|reportée?s?)\b",
    re.IGNORECASE,
)
"""Words of a report that replaces an earlier one."""
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_LAST = re.compile(
    r"\b(?:(?:last|previous) (?:year|month|week|time)|(?:the|a) year (?:before|earlier|ago)|vorig jaar|jaar eerder"
    r"|letzten Jahr\w*|im Vorjahr|el año pasado|l['’]an dernier)\b",
    re.IGNORECASE,
)
"""Numbers of another time are told to compare."""
_RATE = re.compile(
    r"[^.,;]{0,25}?\b(?:a|an|per|each|every|pro|im|por|al|par) "
    r"(day|week|month|year|dag|week|maand|jaar|tag|woche|monat|jahr|día|semana|mes|año|jour|mois|an)\b",
    re.IGNORECASE,
)
_IDLE = frozenset(
    content_words(
        "many much long people viele wieviel mensen menschen personas personnes when wanneer wann cuándo quand t"
    )
)
"""Words of questions that sentences which answer them may lack."""
_COMPARED = (AnswerType.NUMBER, AnswerType.DAY)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Contrast:
    """Statements that cannot all be true, the oldest first; each side may stand in several articles.

    ``superseded``: the sides are reports of one thing as it changed, so that the last is the state of things.
    """

    sides: tuple[tuple[ArticleSentence, ...], ...]
    superseded: bool = False


def find_contrasts(
    part: Part, known: Sequence[ArticleSentence], cited: Collection[ArticleSentence]
) -> list[Contrast]:
    """Where articles answer what ``part`` asks differently, or one says something else than one that is ``cited``.

    ``known`` are all sentences that are compared. Each sentence is in one contrast only.
    """
    asked = _Asked.of(part)
    answers = [one for one in known if asked.is_answered_by(one)]

    def exclude(one: ArticleSentence, other: ArticleSentence) -> bool:
        if not _apart(one, other, asked.said) or asked.is_of_others(one, other):
            return False
        both = one in answers and other in answers
        return (both and asked.differently(one, other)) or _contradict(one, other)

    found: list[Contrast] = []
    taken: set[ArticleSentence] = set()
    for one in dict.fromkeys([*(one for one in cited if one in answers), *answers, *cited]):
        against = [other for other in known if not {one, other} & taken and exclude(one, other)]
        if not against:
            continue
        sides = [[one]]
        for other in against:
            side = next((side for side in sides[1:] if not exclude(side[0], other)), None)
            if side:
                side.append(other)
            elif len(sides) < _MOST_SIDES:
                sides.append([other])
        taken.update(statement for side in sides for statement in side)
        found.append(contrast(sides))
    return found


def contrast(sides: Sequence[Sequence[ArticleSentence]]) -> Contrast:
    """``sides``, the oldest first, and whether the last replaces the others: a new count, another day."""
    ordered = sorted(sides, key=lambda side: min(one.order for one in side))
    changed = any(_CHANGED.search(one.text) for one in ordered[-1])
    first, last = (min(side, key=lambda one: one.order) for side in (ordered[0], ordered[-1]))
    later = changed and last.order[0] > first.order[0] and another_value(first, last)
    return Contrast(tuple(map(tuple, ordered)), superseded=later)


def another_value(one: ArticleSentence, other: ArticleSentence) -> bool:
    """Whether both tell one thing with another number of it, or of another day.

    Where they don't, nothing has changed: something else is told, or somebody else tells it.
    """
    return _other_number(one, other, one.words & other.words) or _other_day(one, other)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks: the kind of fact, its names, its words without these, and which of them aren't idle.

    ``said`` are its words, names included.
    """

    kind: AnswerType
    named: frozenset[str]
    words: frozenset[str]
    all_words: frozenset[str]
    said: frozenset[str]

    @classmethod
    def of(cls, part: Part) -> _Asked:
        named = set(Statement.of(part.meant).names)
        words = frozenset(content_words(" ".join(word for word in _WORD.findall(part.own) if word not in named)))
        said = words.union(content_words(" ".join(named)))
        return cls(expected(part).type, frozenset(map(name_key, named)), words - _IDLE, words, said)

    def is_answered_by(self, one: ArticleSentence) -> bool:
        """Whether a sentence has half of the words of a question for a number or day, or all of another's."""
        shared = sum(_among(word, one.words) for word in self.words)
        if self.kind in _COMPARED:
            return bool(self.words) and shared >= _MOST * len(self.words)
        return shared == len(self.words) >= _COUNTED

    def is_of_others(self, one: ArticleSentence, other: ArticleSentence) -> bool:
        """Whether one article doesn't name what is asked about, or one sentence names others in its place."""
        for here, there in ((one, other), (other, one)):
            about = _name_keys(_around(here))
            if len(self.named & about) <= len(self.named) // 2 and self.named:
                return True
            mine = _name_keys(here.text)
            if mine and not mine & (self.named | _name_keys(_around(there))):
                return True
        return False

    def differently(self, one: ArticleSentence, other: ArticleSentence) -> bool:
        """Whether two sentences that answer give different answers."""
        if self.kind is AnswerType.NUMBER:
            return _other_number(one, other, self.all_words)
        if self.kind is AnswerType.DAY:
            return _other_day(one, other)
        return _denies_other(one, other, self.words)


def _contradict(one: ArticleSentence, other: ArticleSentence) -> bool:
    """Whether two sentences of much the same words differ in a number, or one denies what the other says."""
    shared = one.words & other.words
    if len(shared) < _COUNTED or len(shared) < _ALIKE * min(len(one.words), len(other.words)):
        return False
    return _other_number(one, other, shared) or _denies_other(one, other, shared)


def _apart(one: ArticleSentence, other: ArticleSentence, asked: Collection[str]) -> bool:
    """Whether two statements are in one language and of different articles, or of different people in one.

    Where both sentences tell themselves whose they are, a word in common that wasn't ``asked`` may be who says it.
    """
    if one.article.id != other.article.id:
        return one.article.language == other.article.language
    if one.speaker and other.speaker:
        return one.speaker != other.speaker
    shared = one.words & other.words
    return all(_among(word, asked) for word in shared) and _says_whose(one) and _says_whose(other)


def _says_whose(one: ArticleSentence) -> bool:
    """Whether a sentence tells itself whose claim it is."""
    return bool(pattern(one.article.language or "", "saying").search(one.text))


def _one_time(one: ArticleSentence, other: ArticleSentence) -> bool:
    """Whether two sentences may be of one time: not of two years, nor one alone of "last year"."""
    ours, theirs = ({match[0] for match in _YEAR.finditer(text)} for text in (one.text, other.text))
    if ours and theirs and not ours & theirs:
        return False
    return bool(_LAST.search(one.text)) == bool(_LAST.search(other.text))


def _intended(one: ArticleSentence) -> bool:
    """Whether a sentence tells of what is to come, or may."""
    language = one.article.language or ""
    return any(pattern(language, name).search(one.text) for name in ("future", "unsure"))


def _around(one: ArticleSentence) -> str:
    return f"{one.article.title}. {one.hit.passage.text}"


@lru_cache(_TEXTS)
def _name_keys(text: str) -> frozenset[str]:
    return frozenset(name_key(name) for name in names_in(text))


def _other_number(one: ArticleSentence, other: ArticleSentence, subject: Collection[str]) -> bool:
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
            (abs(in_base(number.value, number.unit)[1]), bool(_LEAST.search(side.text[: number.start])))
            for side, number in ((one, first), (other, second))
        )
        if not told and not least and low * (1 + _ROUGH) < high:
            return True
    return False


def _counts(one: ArticleSentence, subject: Collection[str]) -> dict[str, list[Number]]:
    """The numbers of a sentence by what they count: what a unit measures, or a word that is in ``subject``."""
    found: dict[str, list[Number]] = {}
    for number in one.numbers:
        if number.unit in ("ordinal", "fraction") or _BOUND.search(one.text[: number.start]):
            continue
        behind = content_words(" ".join(_WORD.findall(one.text[number.end :])[:_COUNTED]))
        unit = in_base(1, number.unit)[0] if number.unit else None
        counted = unit or next((word for word in behind if word in subject), None)
        if counted:
            rate = _RATE.match(one.text, number.end)
            found.setdefault(f"{counted} {rate[1] if rate else ''}", []).append(number)
    return found


def _other_day(one: ArticleSentence, other: ArticleSentence) -> bool:
    """Whether both give one day, other than that on which somebody spoke, and not the same."""
    ours, theirs = _days(one), _days(other)
    if not (len(ours) == len(theirs) == 1):
        return False
    return ours[0].last < theirs[0].first or theirs[0].last < ours[0].first


def _days(one: ArticleSentence) -> list[ResolvedDay]:
    if one.published is None:
        return []
    language = one.article.language
    days = resolve_days(one.text, one.published.date(), language)
    return [day for day in days if not is_reporting(one.text, one.text.find(day.written), language)]


def _denies_other(one: ArticleSentence, other: ArticleSentence, said: Collection[str]) -> bool:
    """Whether one of two sentences of one time negates one of the words ``said``, and the other none."""
    if not _one_time(one, other) or _intended(one) or _intended(other):
        return False
    ours, theirs = _negated(one.text), _negated(other.text)
    return len(ours) + len(theirs) == 1 and any(_among(word, said) for word in (*ours, *theirs)[0])


def _negated(text: str) -> list[list[str]]:
    """What each negation of ``text`` may deny: the next words, "did not order"."""
    written = _WORD.findall(text)
    return [
        content_words(" ".join(written[at + 1 : at + 1 + _DENIED]))
        for at, word in enumerate(written)
        if is_negation(word)
    ]


def _among(stem: str, stems: Collection[str]) -> bool:
    """Whether ``stem`` is one of ``stems``, or begins one, or the other way round: "sign", "signe(d)"."""
    return stem in stems or any(
        min(len(stem), len(one)) >= _SHORT and (one.startswith(stem) or stem.startswith(one)) for one in stems
    )
