"""What rules say for or against a sentence whose facts are there, and so when a judge is to be asked once more.

Words can't tell whether a sentence follows. Of the rules on meaning tried on sentences of others, one paid:
what a quote tells as uncertain, planned, asked for or alleged must not be told as a fact (docs/citations.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache

from bot.answer.evidence.evidence import Evidence
from bot.answer.evidence.overlap import Rarity
from bot.answer.evidence.statement import Statement
from index.text.languages import table

NEAR = 0.85
"""The share that a quote's sentences have of a sentence that is nearly their own words."""
FACTS = 2
"""So many numbers and dates, all of them in the passage, speak for a sentence in words of its own."""
OWN = 0.6
"""Less than this share of such a sentence's words stands in its quote: a copy with one word changed has more."""


class Leaning(Enum):
    """What the rules say of a sentence that they don't refuse."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


def leaning(sentence: Statement, evidence: Sequence[Evidence], rarity: Rarity) -> Leaning:
    """Whether the rules are rather for or against ``sentence``; ``rarity`` weighs words among all passages."""
    if drops_hedges(sentence, evidence):
        return Leaning.AGAINST
    share = rarity.share(sentence, (one.widened.statement for one in evidence))
    retold = share < OWN and len(sentence.numbers) + len(sentence.dates) >= FACTS
    return Leaning.FOR if share >= NEAR or retold else Leaning.NEITHER


def drops_hedges(sentence: Statement, evidence: Sequence[Evidence]) -> bool:
    """Whether the quoted words have hedges and ``sentence`` has none; never in a language without a table."""
    if not _hedges(sentence.language) or _has_hedges(sentence):
        return False
    return any(_has_hedges(one.statement) for one in evidence)


def _has_hedges(statement: Statement) -> bool:
    hedges = _hedges(statement.language)
    return bool(hedges and hedges.search(statement.text))


@cache
def _hedges(language: str | None) -> re.Pattern[str] | None:
    """The hedges of a language that has a table of them."""
    words = table(language, "hedges").get("words", ())
    either = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if words else None
