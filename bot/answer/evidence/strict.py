"""The comparison by rule that decides where no judge does, and that tells when a judge is to be asked once more.

Words can't tell whether a sentence follows. Of the rules on meaning tried on sentences of others, one paid:
what a quote tells as uncertain, planned, asked for or alleged must not be told as a fact (docs/citations.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache

from bot.answer.evidence.evidence import Evidence, same_words, sentences_of
from bot.answer.evidence.fact_check import missing_facts
from bot.answer.evidence.ground import Ground
from bot.answer.evidence.overlap import Rarity, stem, stems
from bot.answer.evidence.statement import Statement, term
from bot.answer.similarity import Likeness
from index.text.languages import table

SOME = 0.4
"""With this share of its words from the sentences quoted, one is a copy, and its other words are looked at.

Not from the whole passage: a passage may hold the very words that a model was told to pass off as news.
"""
LIKE = 2.0
"""Spreads above what has nothing to do with each other; what an attack demands is not so like its quote."""
NEAR = 0.85
"""The share that a quote's sentences have of a sentence that is nearly their own words."""
FACTS = 2
"""So many numbers and dates, all of them in the passage, speak for a sentence in words of its own."""
OWN = 0.6
"""Less than this share of such a sentence's words stands in its quote: a copy with one word changed has more."""

CHANGED = "the quoted words have nothing like this: {words}"
UNLIKE = "it has little in common with what is quoted"
HEDGED = "the quoted words tell it as uncertain, planned or alleged: {words}"


class Leaning(Enum):
    """What the rules say of a sentence that they don't refuse."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


class Strict:
    """Compares sentences with their passages."""

    def __init__(self, rarity: Rarity, likeness: Likeness | None = None) -> None:
        """``rarity`` weighs words among all passages at hand; without ``likeness`` only words are compared."""
        self._rarity = rarity
        self._likeness = likeness

    def objection(self, sentence: Statement, evidence: Sequence[Evidence]) -> str | None:
        """Why a sentence whose facts are there is not shown without a judge; None if it may be."""
        if words := dropped_hedges(sentence, evidence):
            return HEDGED.format(words=", ".join(words))
        quoted = [_statement(one, one.widened.text) for one in evidence]
        if self._rarity.share(sentence, quoted) >= SOME:
            strange = self._strange(sentence, quoted)
            return CHANGED.format(words=", ".join(strange)) if strange else None
        if self._likeness and self._likeness.of_texts(sentence.text, [one.text for one in quoted]) >= LIKE:
            return None
        return UNLIKE

    def _strange(self, sentence: Statement, quoted: Sequence[Statement]) -> list[str]:
        """The words of ``sentence`` that are like none of those quoted."""
        if self._likeness is None:
            return []
        known = frozenset[str]().union(*map(stems, quoted))
        like = self._likeness.of_words(sentence.text, " ".join(one.text for one in quoted))
        return [word for word, spreads in like.items() if spreads < LIKE and stem(term(word)) not in known]

    def leaning(self, sentence: Statement, evidence: Sequence[Evidence]) -> Leaning:
        """Whether the rules are rather for or against a sentence whose facts are there."""
        if dropped_hedges(sentence, evidence):
            return Leaning.AGAINST
        quoted = (_statement(one, one.widened.text) for one in evidence)
        share = self._rarity.share(sentence, quoted)
        retold = share < OWN and len(sentence.numbers) + len(sentence.dates) >= FACTS
        return Leaning.FOR if share >= NEAR or retold else Leaning.NEITHER


def dropped_hedges(sentence: Statement, evidence: Sequence[Evidence]) -> list[str]:
    """The hedges in the quoted words, if ``sentence`` has none; none in a language without a table."""
    if not _hedges(sentence.language) or _found(sentence):
        return []
    return list(dict.fromkeys(word for one in evidence for word in _found(_statement(one, one.text))))


def is_supported(text: str, evidence: Sequence[Evidence]) -> bool:
    """Whether ``evidence`` supports a sentence by rule alone: word for word, or by its facts and words."""
    if any(same_words(text, one.text) for one in evidence):
        return True
    hits = list({one.hit.passage.id: one.hit for one in evidence}.values())
    read = [Statement(hit.passage.text, hit.article.language) for hit in hits]
    sentence = Statement.of(text, next((one.language for one in read), None))
    rarity = Rarity(_statement(one, one.text) for hit in hits for one in sentences_of(hit))
    return not missing_facts(sentence, Ground(hits, read)) and not Strict(rarity).objection(sentence, evidence)


def _statement(evidence: Evidence, text: str) -> Statement:
    return Statement(text, evidence.hit.article.language)


def _found(statement: Statement) -> list[str]:
    hedges = _hedges(statement.language)
    return [match.group().casefold() for match in hedges.finditer(statement.text)] if hedges else []


@cache
def _hedges(language: str | None) -> re.Pattern[str] | None:
    """The hedges of a language that has a table of them."""
    words = table(language, "hedges").get("words", ())
    either = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if words else None
