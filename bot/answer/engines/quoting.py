"""Answers by quoting: the sentences of the passages found that come closest to the question, word for word.

Needs no chat model. A sentence's score adds its own cosine to the question, the share of the question's idf
mass it holds, the score of its passage, and something for a number or a name that may be the one asked for.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bot.answer.disagreement.statements import says_something
from bot.answer.engines.engine import Claim, Complaint, Draft, EngineAbstained, Tally
from bot.answer.evidence.facts import is_negation, numbers
from bot.answer.evidence.speakers import speakers
from bot.answer.gate import Quote, doubtful
from bot.answer.question.answer_type import Expected, expected
from bot.answer.question.question import Question
from index.library import Library
from index.search import Hit
from index.text.names import keys_of, names_in
from index.text.sentences import split_sentences

_PASSAGES = 4
_SENTENCES = 3
_COVERAGE_WEIGHT = 0.2
_PASSAGE_WEIGHT = 1.0
# For a sentence that holds what may be the number asked for, the name, a name that is in the headline, too.
_NUMBER_BONUS = 0.08
_NAME_BONUS = 0.04
_HEADLINE_BONUS = 0.06
# A further sentence is quoted if it scores nearly as well as the best one, and says it in other words.
_MARGIN = 0.12
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted: where it stands, who says it, and how likely it answers the question.

    ``cosine`` (-1..1) is that to the question.
    """

    hit: Hit
    rank: int
    start: int
    text: str
    speaker: str | None
    cosine: float
    score: float


class ExtractiveEngine:
    """Quotes the best sentences, grouped by article, in the order they stand there."""

    name = "extractive"

    def __init__(self, library: Library) -> None:
        self._library = library

    async def write(
        self,
        question: Question,
        hits: Sequence[Hit],
        tally: Tally,  # noqa: ARG002  # quoting costs nothing
        complaints: Sequence[Complaint] = (),
    ) -> AsyncIterator[Draft]:
        """See ``AnswerEngine``; words quoted as they stand can't be written again, whatever the complaint."""
        if complaints:
            return
        chosen = await asyncio.to_thread(self.choose, question.text, hits)
        if not chosen:
            raise EngineAbstained
        quotes = [Quote(one.hit, one.text, one.cosine) for one in chosen]
        in_doubt = await asyncio.to_thread(doubtful, question.text, quotes, self._library)
        for candidate in chosen:
            claim = Claim(candidate.hit.passage.id, candidate.text)
            yield Draft(candidate.text, (claim,), candidate.speaker, in_doubt)

    def choose(self, question: str, hits: Sequence[Hit]) -> list[Candidate]:
        """The sentences to quote, in reading order: the best article first, its sentences as they stand."""
        ranked = self.rank(question, hits)
        chosen = [candidate for candidate in ranked if candidate.score >= ranked[0].score - _MARGIN]
        best = {candidate.hit.article.id: index for index, candidate in reversed(list(enumerate(chosen)))}
        return sorted(chosen, key=lambda one: (best[one.hit.article.id], one.hit.passage.start + one.start))

    def rank(self, question: str, hits: Sequence[Hit]) -> list[Candidate]:
        """The few sentences of the best ``hits`` that likeliest answer, the best first, each claim once."""
        distinct: list[Candidate] = []
        for candidate in sorted(self._candidates(question, hits), key=lambda candidate: -candidate.score):
            if len(distinct) == _SENTENCES:
                break
            if not any(_same(candidate.text, other.text) for other in distinct):
                distinct.append(candidate)
        return distinct

    def _candidates(self, question: str, hits: Sequence[Hit]) -> list[Candidate]:
        places: list[tuple[int, Hit, int, str, str | None]] = []
        for rank, hit in enumerate(hits[:_PASSAGES]):
            text = hit.passage.text
            spans = split_sentences(text, hit.article.language)
            for (start, end), speaker in zip(spans, speakers(text, spans), strict=True):
                if says_something(text[start:end]):
                    places.append((rank, hit, start, text[start:end], speaker))
        texts = [place[3] for place in places]
        cosines = self._library.similarities(question, texts)
        coverages = self._library.coverages(question, texts)
        asked = expected(question)
        return [
            Candidate(
                hit,
                rank,
                start,
                text,
                speaker,
                cosine,
                cosine + _COVERAGE_WEIGHT * coverage + _PASSAGE_WEIGHT * hit.score + _bonus(asked, text, hit),
            )
            for (rank, hit, start, text, speaker), cosine, coverage in zip(places, cosines, coverages, strict=True)
        ]


def _bonus(asked: Expected, sentence: str, hit: Hit) -> float:
    """What ``sentence`` gains by holding something that may be the answer."""
    if asked.counts(sentence, hit.article.language):
        return _NUMBER_BONUS
    named = asked.named(sentence, hit.article.language)
    headline = named & set(keys_of(names_in(hit.article.title)))
    return (_NAME_BONUS if named else 0.0) + (_HEADLINE_BONUS if headline else 0.0)


def _same(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words; with another number it is another claim."""
    first, second = (_runs(text) for text in (one, other))
    return len(first & second) >= _SAME * min(len(first), len(second)) and _facts(one) == _facts(other)


def _facts(text: str) -> tuple[object, ...]:
    """What makes of the same words another claim: denials, numbers, names however they are spelled."""
    denials = sum(map(is_negation, re.findall(r"[\w'’]+", text)))
    return denials, {number.values for number in numbers(text, None)}, set(keys_of(names_in(text)))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[index : index + 3]) for index in range(max(1, len(words) - 2))}
