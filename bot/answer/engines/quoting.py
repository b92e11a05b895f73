"""Answers by quoting: the sentences of the passages found that come closest to the question, word for word.

Needs no chat model, and has nothing that judges: what is shown are the closest words of the articles, as few as
are likely to hold the answer. A sentence is scored by how far it and its passage are above what the question has
with unrelated passages, and by the question's words that both hold (``benchmarks/gate.py`` fits the weights).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import astuple, dataclass

from bot.answer.answer import QUOTING
from bot.answer.disagreement.statements import says_something
from bot.answer.engines.engine import Claim, Complaint, Draft, EngineAbstained
from bot.answer.evidence.content import content_words, is_negation
from bot.answer.evidence.evidence import Evidence
from bot.answer.evidence.quotes import Span
from bot.answer.evidence.speakers import speakers
from bot.answer.question.answer_type import expected
from bot.answer.question.question import Part, Question
from bot.chat.usage import Tally
from index.library import Library
from index.reading.cleaning.captions import captions
from index.search import Hit
from index.text.names import keys_of, names_in
from index.text.numbers import numbers
from index.text.sentences import asks, ends_sentence, split_sentences

_PASSAGES = 4
SENTENCES = 3
"""The most that are quoted."""

_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Weights:
    """What a sentence scores for being close, holding words of the question, and standing in a good passage.

    ``amount`` is for one that may be the number asked for.
    """

    closeness: float
    coverage: float
    passage: float
    lexical: float
    amount: float


WEIGHTS = Weights(closeness=0.32, coverage=2.15, passage=0.22, lexical=2.36, amount=2.0)

_MARGIN = 1.75
"""A further sentence is quoted if its score, log-odds of its holding the answer, is so close to the best one's."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted: where it stands, who says it, and how likely it answers the question.

    ``features`` are what its ``score`` was worked out from.
    """

    hit: Hit
    start: int
    text: str
    speaker: str | None
    features: Weights

    @property
    def score(self) -> float:
        """Log-odds, but for a constant."""
        pairs: Iterable[tuple[float, float]] = zip(astuple(WEIGHTS), astuple(self.features), strict=True)
        return sum(weight * feature for weight, feature in pairs)


class ExtractiveEngine:
    """Quotes the best sentences, grouped by article, in the order they stand there."""

    name = QUOTING

    def __init__(self, library: Library) -> None:
        self._library = library

    async def write(
        self,
        question: Question,
        hits: Sequence[Hit],
        tally: Tally,  # noqa: ARG002  # quoting costs nothing
        complaints: Sequence[Complaint] = (),
    ) -> AsyncGenerator[Draft, None]:
        """See ``AnswerEngine``; words quoted as they stand can't be written again, whatever the complaint."""
        if complaints:
            return
        chosen = await asyncio.to_thread(self.choose, question, hits)
        if not chosen:
            raise EngineAbstained
        for part, candidates in chosen.items():
            for candidate in candidates:
                claim = Claim(candidate.hit.passage.id, candidate.text)
                yield Draft(candidate.text, (claim,), candidate.speaker, part if len(chosen) > 1 else "")

    def choose(self, question: Question, hits: Sequence[Hit]) -> dict[str, list[Candidate]]:
        """The sentences to quote, by the parts of the question, each once.

        Parts that the same sentence answers best are one.
        """
        chosen: dict[str, list[Candidate]] = {}
        for part in question.parts:
            ranked = self.rank(part, hits)
            near = [one for one in ranked if one.score >= ranked[0].score - _MARGIN]
            told = [one for others in chosen.values() for one in others]
            other = next((key for key, others in chosen.items() if _said(ranked[:1], others)), None)
            before = chosen.pop(other) if other else []
            if new := [*before, *_distinct(near, told, SENTENCES)]:
                chosen[f"{other} {part.own}" if other else part.own] = _in_reading_order(new)
        return chosen

    def rank(self, part: Part, hits: Sequence[Hit]) -> list[Candidate]:
        """The few sentences of the best ``hits`` that likeliest answer, the best first, each claim once."""
        ranked = sorted(self.candidates(part, hits), key=lambda candidate: -candidate.score)
        return _distinct(ranked, (), SENTENCES)

    def candidates(self, part: Part, hits: Sequence[Hit]) -> list[Candidate]:
        """Every sentence of the best ``hits`` that can be quoted."""
        places: list[tuple[Hit, int, str, str | None]] = []
        for hit in hits[:_PASSAGES]:
            text = hit.passage.text
            spans = split_sentences(text, hit.article.language)
            shown = captions(text, spans, hit.article.language, hit.article.published_on)
            ended = any(ends_sentence(text[start:end]) for start, end in spans)
            for (start, end), speaker in zip(spans, speakers(text, spans, hit.article.language), strict=True):
                sentence = text[start:end]
                bare = (
                    asks(sentence)  # which questions there are is no answer to one
                    or (start, end) in shown
                    or Evidence(hit, Span(start, end, "chosen")).is_bare
                    # where others end as sentences, what doesn't is a heading
                    or (ended and not (ends_sentence(sentence) or sentence.endswith((":", ";"))))
                )
                if says_something(sentence) and not bare:
                    places.append((hit, start, sentence, speaker))
        texts = [text for *_, text, _ in places]
        # A follow-up isn't answered by what answered the question before it.
        wanted = part.own if content_words(part.own) else part.meant
        scales = {
            (asked, language): self._library.question_scale(asked, language)
            for asked in {wanted, part.meant}
            for language in {hit.article.language for hit, *_ in places}
        }
        cosines = self._library.similarities(wanted, texts)
        coverages = self._library.coverages(wanted, texts)
        asked = expected(part)
        return [
            Candidate(
                hit,
                start,
                text,
                speaker,
                Weights(
                    scales[wanted, hit.article.language].standard(cosine),
                    coverage,
                    scales[part.meant, hit.article.language].standard(hit.dense),
                    hit.lexical,
                    amount=float(asked.counts(text, hit.article.language, _year(hit))),
                ),
            )
            for (hit, start, text, speaker), cosine, coverage in zip(places, cosines, coverages, strict=True)
        ]


def _year(hit: Hit) -> int | None:
    """The year in which the article found was published."""
    day = hit.article.published_on
    return day.year if day else None


def _in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The best article first, its sentences as they stand there."""
    best = {candidate.hit.article.id: index for index, candidate in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda one: (best[one.hit.article.id], one.hit.passage.start + one.start))


def _distinct(ranked: Sequence[Candidate], known: Sequence[Candidate], most: int) -> list[Candidate]:
    """The first ``most`` of ``ranked`` that say something else than those before them and than those ``known``."""
    distinct: list[Candidate] = []
    for candidate in ranked:
        if len(distinct) == most:
            break
        if not _said([candidate], (*known, *distinct)):
            distinct.append(candidate)
    return distinct


def _said(some: Sequence[Candidate], others: Sequence[Candidate]) -> bool:
    """Whether one of ``some`` says the same as one of ``others``."""
    return any(_same(one.text, other.text) for one in some for other in others)


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
