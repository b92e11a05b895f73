"""Looks for the words of passages that bear out a draft, and compares the facts of the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

from bot.answer.engines.engine import Claim, Draft
from bot.answer.evidence.comparison.fact_check import Missing, missing_facts
from bot.answer.evidence.comparison.ground import Ground, heads_of
from bot.answer.evidence.evidence import Evidence, same_words, sentences_of
from bot.answer.evidence.overlap import Rarity, stems
from bot.answer.evidence.quotes import Span, locate_all, long_enough, normalise
from bot.answer.evidence.statement import Statement
from index.search import Hit

LONG_QUOTE = 160
"""Characters; a longer quote of several sentences is cut to those that share words with the sentence."""

NOTHING_FOUND = "the quoted words stand in none of the passages"
NO_EVIDENCE = "no passage is named that says it"
NOT_THERE = "not in the passage: {facts}"

_ENOUGH = 2
"""The words that a sentence must share with one for which no quote was given."""


@dataclass(frozen=True)
class Found:
    """A draft and the evidence found for it, before its meaning is judged.

    ``missing`` says what is wrong with it by rule; ``lacking`` are the facts that its passages don't have, if that
    is what is wrong.
    """

    place: int
    draft: Draft
    sentence: Statement
    evidence: tuple[Evidence, ...]
    ground: Ground
    missing: tuple[str, ...] = ()
    lacking: tuple[Missing, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it can't be shown whatever a judge says of it."""
        return bool(self.missing) and (not self.lacking or any(one.sure for one in self.lacking))

    @cached_property
    def verbatim(self) -> bool:
        """Whether the sentence is whole sentences of a passage, word for word."""
        return any(same_words(self.sentence.text, one.widened.text) for one in self.evidence)

    @property
    def in_own_words(self) -> bool:
        """Whether it is whole sentences of one or several places, one behind the other, word for word."""
        told = accumulate((one.widened.text for one in self.evidence), "{} {}".format)
        return self.verbatim or any(same_words(self.sentence.text, one) for one in told)


class Locator:
    """Finds evidence in the passages of one answer.

    ``fabricated`` counts quotes that stand in no passage, ``misattributed`` quotes that stand in another passage
    than the one they were given for.
    """

    def __init__(self, hits: Sequence[Hit]) -> None:
        """``hits`` are the only passages looked at."""
        self.fabricated = 0
        self.misattributed = 0
        self._hits = {hit.passage.id: hit for hit in hits}
        self._read: dict[str, Statement] = {}

    def read(self, draft: Draft) -> Statement:
        """What a draft says; in the language of the passages, where its own can't be told."""
        first = next(iter(self._hits.values()), None)
        return Statement.of(draft.text, first.article.language if first else None)

    def find(self, place: int, draft: Draft, sentence: Statement) -> Found:
        """The draft, which is to stand in ``place``, with the evidence that lacks none of its facts, or fewest."""
        lacking_some: list[Found] = []
        for evidence in self._groups(draft, sentence):
            ground = self._ground(evidence)
            found = Found(place, draft, sentence, tuple(evidence), ground)
            lacking = [] if found.verbatim else missing_facts(sentence, ground)
            if not lacking:
                return found
            missing = NOT_THERE.format(facts=", ".join(one.fact for one in lacking))
            lacking_some.append(replace(found, missing=(missing,), lacking=tuple(lacking)))
        if lacking_some:
            return min(lacking_some, key=lambda one: one.refused)
        quoted = any(claim.quote for claim in draft.claims)
        return Found(place, draft, sentence, (), Ground((), ()), (NOTHING_FOUND if quoted else NO_EVIDENCE,))

    def located(self, draft: Draft) -> list[Evidence]:
        """Where the quotes of a draft stand."""
        located = [one for claim in draft.claims for one in self._locate(claim)]
        return list(dict.fromkeys(one for one in located if not one.is_bare))

    def narrowed(self, sentence: Statement, one: Evidence) -> Evidence:
        """``one``, if it is long, without the sentences at its ends that share no more words than others do."""
        same_language = one.hit.article.language == sentence.language
        if len(one.text) <= LONG_QUOTE or len(one.touched) < 2 or not same_language:
            return one
        ranges = [
            (max(start, one.span.start), min(end, one.span.end))
            for start, end in map(one.sentences.__getitem__, one.touched)
        ]
        whole = self._share(sentence, [one])
        parts = [*ranges, *((first[0], second[1]) for first, second in pairwise(ranges))]
        for start, end in sorted(parts, key=lambda part: part[1] - part[0]):
            part = Evidence(one.hit, Span(start, end, one.span.found))
            if long_enough(part.text) and self._share(sentence, [part]) >= whole - 0.01:
                return part
        return one

    @cached_property
    def _rarity(self) -> Rarity:
        """What words weigh among the sentences of all passages."""
        return Rarity(one.statement for hit in self._hits.values() for one in sentences_of(hit))

    def _ground(self, evidence: Iterable[Evidence]) -> Ground:
        hits = list({one.hit.passage.id: one.hit for one in evidence}.values())
        articles = {hit.article.id for hit in hits}
        around = [hit for hit in self._hits.values() if hit.article.id in articles]
        return Ground(hits, [self._parsed(hit) for hit in hits], around)

    def _parsed(self, hit: Hit) -> Statement:
        if hit.passage.id not in self._read:
            self._read[hit.passage.id] = Statement(hit.passage.text, hit.article.language)
        return self._read[hit.passage.id]

    def _groups(self, draft: Draft, sentence: Statement) -> Iterator[list[Evidence]]:
        """What may support the draft, the likeliest first: the quotes; the passages named; any.

        Where no words were given, a passage that is named counts even if it shares none, in another language.
        """
        if located := self.located(draft):
            yield located
        named = [self._hits[claim.passage_id] for claim in draft.claims if claim.passage_id in self._hits]
        yield from self._closest(sentence, named, _ENOUGH)
        if any(self._is_open(claim) for claim in draft.claims):
            yield from self._closest(sentence, self._hits.values(), _ENOUGH)
            yield from self._closest(sentence, named, 0)

    def _is_open(self, claim: Claim) -> bool:
        """Whether the words may stand in any passage: none were given, nor a passage that isn't there."""
        return claim.quote is None and (claim.passage_id is None or claim.passage_id in self._hits)

    def _locate(self, claim: Claim) -> list[Evidence]:
        if not claim.quote or not long_enough(claim.quote):
            return []
        named = [self._hits[claim.passage_id]] if claim.passage_id in self._hits else []
        for hit in (*named, *self._hits.values()):
            if spans := locate_all(claim.quote, hit.passage.text):
                self.misattributed += claim.passage_id not in (None, hit.passage.id)
                return [Evidence(hit, span) for span in spans]
        self.fabricated += not any(_heads(hit, claim.quote) for hit in self._hits.values())
        return []

    def _closest(self, sentence: Statement, hits: Iterable[Hit], least: int) -> Iterator[list[Evidence]]:
        """The sentence of ``hits`` that has most of the words of ``sentence``, if it has ``least`` of them."""
        told = [one for hit in hits for one in sentences_of(hit) if not one.is_bare]
        best = max(told, key=lambda one: self._share(sentence, [one]), default=None)
        if best and len(stems(sentence) & stems(best.statement)) >= least:
            yield [best]

    def _share(self, sentence: Statement, evidence: Sequence[Evidence]) -> float:
        return self._rarity.share(sentence, (one.statement for one in evidence))


def _heads(hit: Hit, quote: str) -> bool:
    """Whether ``quote`` is a title or a heading: real words, though no evidence."""
    return any(normalise(quote).casefold() == normalise(head).casefold() for head in heads_of(hit))
