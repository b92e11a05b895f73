"""The comparison of words that decides where no judge does: most of a sentence must stand in its quotes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer.evidence.evidence import Evidence, same_words, sentences_of
from bot.answer.evidence.fact_check import Ground, missing_facts
from bot.answer.evidence.overlap import Rarity
from bot.answer.evidence.statement import Statement

ENOUGH = 0.5
NEAR = 0.75
TOO_FEW = "too few of its words stand in the quote"


class Strict:
    """Compares sentences with those that their quotes stand in."""

    def __init__(self, rarity: Rarity) -> None:
        """``rarity`` weighs words among all passages at hand."""
        self._rarity = rarity

    def supports(self, sentence: Statement, evidence: Sequence[Evidence]) -> bool:
        """Whether enough of the sentence stands there."""
        return self._share(sentence, evidence) >= ENOUGH

    def is_near(self, sentence: Statement, evidence: Sequence[Evidence]) -> bool:
        """Whether the sentence is nearly the passage's own words."""
        return self._share(sentence, evidence) >= NEAR

    def _share(self, sentence: Statement, evidence: Sequence[Evidence]) -> float:
        texts = (Statement(one.widened.text, one.hit.article.language) for one in evidence)
        return self._rarity.share(sentence, texts)


def is_supported(text: str, evidence: Sequence[Evidence]) -> bool:
    """Whether ``evidence`` supports a sentence by rule alone: word for word, or by its facts and most words."""
    if any(same_words(text, one.text) for one in evidence):
        return True
    hits = list({one.hit.passage.id: one.hit for one in evidence}.values())
    read = [Statement(hit.passage.text, hit.article.language) for hit in hits]
    sentence = Statement.of(text, next((one.language for one in read), None))
    rarity = Rarity(Statement(one.text, one.hit.article.language) for hit in hits for one in sentences_of(hit))
    return not missing_facts(sentence, Ground(hits, read)) and Strict(rarity).supports(sentence, evidence)
