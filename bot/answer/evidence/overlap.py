"""How much of a sentence stands in other texts: its words, the rarer the more, whatever their endings."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable

from bot.answer.evidence.statement import Statement

_STEM = 5


def stems(statement: Statement) -> frozenset[str]:
    """The beginnings of its words, without accents: enough to find them inflected."""
    return frozenset(map(stem, statement.terms))


def stem(word: str) -> str:
    """The beginning of a word as it is compared (``term``)."""
    plain = "".join(one for one in unicodedata.normalize("NFD", word) if not unicodedata.combining(one))
    return plain[:_STEM] if plain.isalpha() else plain


class Rarity:
    """What a word weighs: its idf (Spärck Jones 1972) among the sentences of the passages at hand.

    So the little words of a language count for little without a list of them.
    """

    def __init__(self, sentences: Iterable[Statement]) -> None:
        read = [stems(one) for one in sentences]
        self._sentences = max(len(read), 1)
        self._counts = Counter(stem for one in read for stem in one)

    def weight(self, stem: str) -> float:
        """The weight of one stem, above 0."""
        return math.log(1 + self._sentences / (self._counts.get(stem, 0) + 0.5))

    def share(self, sentence: Statement, texts: Iterable[Statement]) -> float:
        """The part of the weight of ``sentence``, 0..1, that stands in ``texts``."""
        wanted = stems(sentence)
        known = frozenset[str]().union(*map(stems, texts))
        total = sum(map(self.weight, wanted))
        return sum(map(self.weight, wanted & known)) / total if total else 0.0
