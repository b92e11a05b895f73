"""What a question asks for, and whether an article tells it or only names it.

An article that says that a bridge reopened is close to "How tall is the bridge?", and doesn't tell: it has no word
for what is asked but the name, or no value of the kind asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer.answer_type import Expected, expected
from bot.answer.facts import language_of, names
from bot.answer.measures import measures
from bot.answer.quantities import counts_things
from index.library import Library
from index.search import Hit, searchable


@dataclass(frozen=True, slots=True)
class Asked:
    """A ``question`` and what ``kind`` of value it asks for.

    ``aside`` are its names and the words that ask: they don't tell what is asked.
    """

    question: str
    kind: Expected
    aside: frozenset[str]

    def told(self, hit: Hit, library: Library) -> float:
        """How much (0..1) of what is asked the passage, found in ``library``, or its title has words for."""
        held = library.words_held(self.question, searchable(hit.article.title, hit.passage))
        wanted = [(weight, share) for word, weight, share in held if word not in self.aside]
        mass = sum(weight for weight, _ in wanted)
        return sum(weight * share for weight, share in wanted) / mass if mass else 1.0

    def answered(self, sentence: str, language: str | None) -> bool:
        """Whether ``sentence`` has a value of the kind asked for; true where no kind is, or none can be told."""
        return (
            self.kind.holds(sentence, language)
            and measures(self.question, sentence, language)
            and counts_things(self.question, sentence)
        )


def asked_for(question: str) -> Asked:
    """What ``question`` asks for."""
    kind = expected(question)
    aside = frozenset([*names(question, language_of(question)), *kind.asking])
    return Asked(question, kind, aside)
