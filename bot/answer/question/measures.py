"""Which measures a question asks for: how tall is answered in metres, how much is paid in money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answer.evidence.amounts import amounts

_LENGTHS = frozenset({"kilometre", "mile", "metre", "centimetre", "foot", "inch"})
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
_WEIGHTS = frozenset({"kilogram", "gram", "pound", "tonne"})
_MONEY = frozenset({"euro", "dollar", "pound", "cent", "crown"})

_MEASURES = tuple(
    (re.compile(asked, re.IGNORECASE), units, re.compile(told, re.IGNORECASE))
    for asked, units, told in (
        (
            r"\bhow (?:tall|high|deep|wide|far)\b|\b(?:height|width|depth)\b"
            r"|\bhoe (?:hoog|diep|breed|ver)\b|\bwie (?:hoch|tief|breit|weit)\b|\bquelle (?:hauteur|profondeur)\b",
            _LENGTHS,
            r"(?!)",
        ),
        (
            r"\bhow long\b|\blength\b|\bhoe lang\b|\bwie lang",
            _LENGTHS | _TIMES,
            r"\b(?:since|until|till|sinds|tot|seit|bis)\b|\bcentur",
        ),
        (
            r"\bhow old\b|\bage\b|\bhoe oud\b|\bwie alt\b|\bedad\b|\bquel âge\b",
            frozenset(),
            r"\d[- ]?(?:years?|jaar|jarige|jahre|jährige\w*|años|ans)\b|\bage[d ]|, \d{1,3}[,.]|centur"
            r"|\b(?:is|was|turned|der|die|de) \d{1,3}\b|\b(?:founded|born|built)\b",
        ),
        (r"\bhow heavy\b|\bweigh|\bhoe zwaar\b|\bwie schwer\b|\bpesa\b", _WEIGHTS, r"(?!)"),
        (
            r"\bhow much\b[^?]*\b(?:pays?|paid|earns?|earned|spend|spent|charged?|owe|worth|money)\b"
            r"|\b(?:costs?|price|salary|wage|rent|fee|budget)\b"
            r"|\bkost|\bprijs\b|\bpreis\b|\bverdien|\bcuesta|\bcostó\b|\bgana\b",
            _MONEY,
            r"[$€£¥]|\b(?:francs?|francos|franken|roubles?|rubles?|yuan|yen|rupees?|pesos|pesetas|kroner?|kronen"
            r"|free|gratis|kostenlos)\b",
        ),
        (r"\bpercent|\bprocent|\bprozent|\bporcentaje\b", frozenset({"percent"}), r"(?!)"),
        (r"\btemperature\b|\bhow (?:hot|cold|warm)\b", frozenset({"degree"}), r"°"),
    )
)
"""How a measure is asked for, the units it is given in, and words that give it without one."""


def measures(question: str, sentence: str, language: str | None) -> bool:
    """Whether ``sentence`` gives every measure that ``question`` asks for; true if that is none.

    ``language`` is that of the sentence.
    """
    given = {amount.unit for amount in amounts(sentence, language)}
    return all(units & given or told.search(sentence) for units, told in _asked(question))


def _asked(question: str) -> Iterator[tuple[frozenset[str], re.Pattern[str]]]:
    for asked, units, told in _MEASURES:
        if asked.search(question):
            yield units, told
