"""Where articles exclude each other by rule: numbers, dates, and a yes against a no, of one thing.

Without a chat model nothing can judge what two sentences mean, so only what is plain is told: the sentences answer
the question in its own words, or have most of their words in common.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.answer.disagreement.differing import WORD, among, denies_other, other_day, other_number
from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.content import content_words
from bot.answer.evidence.statement import Statement
from bot.answer.question.answer_type import AnswerType, expected
from bot.answer.question.parts import question_words
from bot.answer.question.question import Part
from index.text.names import name_key, names_in
from index.text.tense import pattern

_MOST = 0.5
"""The share of a question's words, names aside, that a sentence has which answers it."""
_ALIKE = 0.7
"""The share of its words that the shorter of two sentences of one thing has in common with the other."""
_FEWEST = 3
"""Words that tell what two sentences, or a question and its answer, have in common."""
_MOST_SIDES = 4
_TEXTS = 512
"""Passages and sentences whose names are remembered: each is compared with every other."""
_COMPARED = (AnswerType.NUMBER, AnswerType.DAY)


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
        found.append(Contrast(tuple(map(tuple, sorted(sides, key=lambda side: min(one.order for one in side))))))
    return found


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
        words = frozenset(content_words(" ".join(word for word in WORD.findall(part.own) if word not in named)))
        said = words.union(content_words(" ".join(named)))
        return cls(expected(part).type, frozenset(map(name_key, named)), words - _idle(), words, said)

    def is_answered_by(self, one: ArticleSentence) -> bool:
        """Whether a sentence has half of the words of a question for a number or day, or all of another's."""
        shared = sum(among(word, one.words) for word in self.words)
        if self.kind in _COMPARED:
            return bool(self.words) and shared >= _MOST * len(self.words)
        return shared == len(self.words) >= _FEWEST

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
            return other_number(one, other, self.all_words)
        if self.kind is AnswerType.DAY:
            return other_day(one, other)
        return denies_other(one, other, self.words)


@cache
def _idle() -> frozenset[str]:
    """Words of questions that sentences which answer them may lack."""
    return frozenset(content_words(" ".join(question_words())))


def _contradict(one: ArticleSentence, other: ArticleSentence) -> bool:
    """Whether two sentences of much the same words differ in a number, or one denies what the other says."""
    shared = one.words & other.words
    if len(shared) < _FEWEST or len(shared) < _ALIKE * min(len(one.words), len(other.words)):
        return False
    return other_number(one, other, shared) or denies_other(one, other, shared)


def _apart(one: ArticleSentence, other: ArticleSentence, asked: Collection[str]) -> bool:
    """Whether two statements are in one language and of different articles, or of different people in one.

    Where both sentences tell themselves whose they are, a word in common that wasn't ``asked`` may be who says it.
    """
    if one.article.id != other.article.id:
        return one.article.language == other.article.language
    if one.speaker and other.speaker:
        return one.speaker != other.speaker
    shared = one.words & other.words
    return all(among(word, asked) for word in shared) and _says_whose(one) and _says_whose(other)


def _says_whose(one: ArticleSentence) -> bool:
    """Whether a sentence tells itself whose claim it is."""
    return bool(pattern(one.article.language or "", "saying").search(one.text))


def _around(one: ArticleSentence) -> str:
    return f"{one.article.title}. {one.hit.passage.text}"


@lru_cache(_TEXTS)
def _name_keys(text: str) -> frozenset[str]:
    return frozenset(name_key(name) for name in names_in(text))
