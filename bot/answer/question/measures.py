"""Which measures a question asks for: how tall is answered in metres, how much is paid in money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answer.evidence.facts import content_words
from index.text.numbers import numbers
from index.text.numbers.units import in_base

_LENGTHS = frozenset({"length"})
_TIMES = frozenset({"time"})
_WEIGHTS = frozenset({"mass", "pound", "GBP"})  # a pound is of either
_MONEY = frozenset({"money"})

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
            r"[$€£¥]|\b(?:francs?|francos|franken|roubles?|rubles?|yuan|yen|rupees?|pesos|pesetas|kroner?|kronen|crowns?|coronas|cents?|céntimos"
            r"|free|gratis|kostenlos)\b",
        ),
        (r"\bpercent|\bprocent|\bprozent|\bporcentaje\b", frozenset({"percent"}), r"(?!)"),
        (r"\btemperature\b|\bhow (?:hot|cold|warm)\b", frozenset({"degree", "celsius", "fahrenheit"}), r"°"),
    )
)
"""How a measure is asked for, the units it is given in, and words that give it without one."""


def measures(question: str, sentence: str, language: str | None) -> bool:
    """Whether ``sentence`` gives every measure that ``question`` asks for; true if that is none.

    ``language`` is that of the sentence.
    """
    found = [number.unit for number in numbers(sentence, language) if number.unit]
    given = {in_base(1, unit)[0] for unit in found} | {"money" for unit in found if unit.isupper()}
    return all(units & given or told.search(sentence) for units, told in _asked(question))


def _asked(question: str) -> Iterator[tuple[frozenset[str], re.Pattern[str]]]:
    for asked, units, told in _MEASURES:
        if asked.search(question):
            yield units, told


_NUMBERED = re.compile(
    r"\b(?:how many|hoeveel|wie ?viele?|cu[áa]nt[oa]s|combien de)\s+(?!geld|kost)(?P<things>[^\W\d_]+)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:people|persons?|men|women|boys|girls|children|pupils|households|\w{2,}(?:ers|ors|ees|ists|[ae]nts|ians)"
    r"|mensen|personen|menschen|\w+eurs|personas|\w+(?:ores|eros|istas))\b",
    re.IGNORECASE,
)
"""Words for people, as far as their endings tell."""
_WINDOW = 45
"""Characters on either side of a number that tell what it counts."""
_KIN = 4
"""Letters: words that begin alike are taken for forms of one word."""


def counts_things(question: str, sentence: str) -> bool:
    """Whether a number of ``sentence`` may count what ``question`` asks how many of; true if it asks otherwise."""
    asked = _NUMBERED.search(question)
    things = content_words(asked["things"]) if asked else []
    if asked is None or not things:
        return True
    people = _PEOPLE.fullmatch(asked["things"])
    for number in numbers(sentence):
        around = sentence[max(0, number.start - _WINDOW) : number.end + _WINDOW]
        told = {word[:_KIN] for word in content_words(around)}
        if any(thing[:_KIN] in told for thing in things) or (people and _PEOPLE.search(around)):
            return True
    return False
