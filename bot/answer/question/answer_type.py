"""What kind of answer a question asks for, and whether a sentence holds one that the question doesn't.

The sentence that repeats a question best often doesn't answer it ("The show is back for a new season"): one that
adds a name, where a name is asked for, is likelier to. The kinds are the coarse answer types of question
classification (Li and Roth 2002, https://aclanthology.org/C02-1150/), as far as a question's first words tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.answer.evidence.facts import dates, language_of, numbers, weekdays
from bot.answer.evidence.lexicon import ANY_FUNCTION_WORD
from index.text.names import keys_of, names_in


class AnswerType(Enum):
    """The kinds of answers that are told apart."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    OTHER = "other"


_ASKING = {
    "en": (
        r"how (?:many|much|long|old|far|large|big|tall|high|often|fast|deep|wide|heavy)"
        r"|(?:what|which) (?:(?:is|was|are|were) the )?(?:[\w-]+ ){0,4}?"
        r"(?:percentage|percent|number|amount|age|share|price|cost|score|total|toll|rate|temperature|distance)",
        r"when (?:did|do|does|is|are|was|were|will|would|has|have|had|can|could|should)"
        r"|(?:what|which) (?:\w+ )?(?:year|date|day|month|decade|century)",
        r"who|whom|whose|where|which|what (?:is|was|are|were) the names?",
    ),
    "nl": (
        r"hoeveel|hoe (?:lang|oud|vaak|groot|ver|hoog|diep|snel)|welke? (?:percentage|bedrag|prijs)",
        r"wanneer|welke? (?:jaar|datum|dag|maand|eeuw)",
        r"wie|waar|welke?|hoe heet",
    ),
    "de": (
        r"wie ?viele?|wie (?:lange?|alt|oft|groß|weit|hoch|tief|schnell|schwer)"
        r"|welche[rsmn]? (?:anteil|betrag|preis|prozentsatz)",
        r"wann|welche[rsmn]? (?:jahr|datum|tag|monat|jahrhundert|jahrzehnt)",
        r"wer|wen|wem|wessen|wo|woher|wohin|welche[rsmn]?|wie heißt",
    ),
    "es": (
        r"cu[aá]nt[oa]s?|qué (?:porcentaje|cantidad|edad|precio)",
        r"cuándo|qué (?:año|fecha|día|mes|siglo)",
        r"qui[eé]n(?:es)?|d[oó]nde|cu[aá]l(?:es)?|cómo se llama",
    ),
    "fr": (
        r"combien|quel(?:le)? (?:âge|pourcentage|prix)",
        r"quand|quel(?:le)? (?:année|date|jour|mois|siècle)",
        r"qui|où|quel(?:le)?s?|lequel|laquelle",
    ),
}
_TYPES = {
    language: tuple(
        (kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
        for kind, pattern in zip(AnswerType, patterns, strict=False)
    )
    for language, patterns in _ASKING.items()
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What ``type`` of answer a question in ``language`` asks for, and what it names and counts itself."""

    type: AnswerType
    language: str | None
    names: frozenset[str]
    numbers: frozenset[float]

    def counts(self, sentence: str, language: str | None) -> bool:
        """Whether ``sentence`` gives the number or the day that is asked for, as far as one can tell."""
        if self.type is AnswerType.DATE and (weekdays(sentence) or dates(sentence)[0]):
            return True
        asked = self.type in (AnswerType.NUMBER, AnswerType.DATE)
        return asked and any(not number.values & self.numbers for number in numbers(sentence, language))

    def named(self, sentence: str, language: str | None) -> frozenset[str]:
        """The keys of the names in ``sentence`` that may be the one asked for.

        None in an article in another language than the question, where names of things look new that are not.
        """
        if self.type is not AnswerType.NAME or self._across(language):
            return frozenset()
        return _names(sentence) - self.names

    def holds(self, sentence: str, language: str | None) -> bool:
        """Whether ``sentence`` has a value of the type asked for; true where that can't be told."""
        if self.type is AnswerType.OTHER:
            return True
        if self.type is AnswerType.NAME:
            return self._across(language) or bool(self.named(sentence, language))
        return self.counts(sentence, language)

    def _across(self, language: str | None) -> bool:
        """Whether a sentence in ``language`` is in another one than the question."""
        return self.language is not None and language not in (None, self.language)


def expected(question: str) -> Expected:
    """What ``question`` asks for."""
    language = language_of(question)
    kinds = _TYPES.get(language or "en", _TYPES["en"])
    kind = next((kind for kind, asks in kinds if asks.search(question)), AnswerType.OTHER)
    known = frozenset[float]().union(*(number.values for number in numbers(question, language)))
    return Expected(kind, language, _names(question), known)


def _names(text: str) -> frozenset[str]:
    return frozenset(keys_of(word for word in names_in(text) if word.casefold() not in ANY_FUNCTION_WORD))
