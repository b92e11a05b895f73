"""Numbers as answers: which ones of a sentence count what a question asks for, and whether two differ."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.answer.disagreement.counts import Count, agree, counted, kind_of, kind_of_unit
from bot.answer.disagreement.phrases import Articles
from bot.answer.disagreement.statements import Statement
from bot.answer.disagreement.story import kin, mentioned, places, telling_words
from bot.answer.evidence.amounts import UNITS
from bot.answer.evidence.facts import content_words
from bot.answer.evidence.lexicon import GENERIC, MONTHS, RELATIVE_DAYS, WEEKDAYS
from bot.answer.evidence.meaning import clauses
from bot.answer.evidence.synonyms import OUTCOMES, groups
from index.text.names import name_key

_MONEY = frozenset({"euro", "dollar", "pound", "crown", "cent"})
_THINGS = frozenset({None})
_MEASURES: tuple[tuple[re.Pattern[str], frozenset[str | None]], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{words})\b", re.IGNORECASE), frozenset(kinds))
    for words, kinds in (
        (r"how old|hoe oud|wie alt|qué edad", {"time", None}),
        (r"how (?:long|soon|late)|hoe lang|wie lange|cuánto tiempo", {"time", "length"}),
        (
            r"how (?:far|fast|tall|deep|wide)|hoe (?:ver|snel|diep|breed)|wie (?:weit|schnell|tief|breit)",
            {"length"},
        ),
        (
            r"how (?:high|big|large)|hoe (?:hoog|groot)|wie (?:hoch|groß)",
            _MONEY | {"length", "area", "litre", "percent", "power"},
        ),
        (r"how heavy|hoe zwaar|wie schwer", {"mass"}),
        (r"percentage|per cent|share|prozentsatz|anteil|percentage|porcentaje", {"percent"}),
        (
            r"how much|what .{3,80} cost|amount|price|sum|hoeveel (?:geld|kost\w*)|wie ?viel (?:geld|kostet\w*)"
            r"|cuánto",
            _MONEY | {"mass", "area", "litre", "percent", "degree", "length"},
        ),
        (r"how strong|how often|number", _THINGS),
    )
)
"""What measures the answer may be in (``kind_of``), by how a question asks; None: a number of things."""
_NUMBERED = re.compile(
    r"\b(?:how many|hoeveel|wie ?viele?|cu[áa]nt[oa]s|combien de)\s+(?!geld|kost)"
    r"(?P<things>[^\W\d_]+(?: [^\W\d_]+)?)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:people|persons?|men|women|boys|girls|children|pupils|households|\w{2,}(?:ers|ors|ees|ists|[ae]nts|ians)"
    r"|mensen|personen|menschen|\w+eurs|personas|\w+(?:ores|eros|istas))\b",
    re.IGNORECASE,
)
"""Words for people, as far as their endings tell."""
_SCALED = re.compile(r"(?:million|billion|miljoen|miljard|milliarde|millone|mil\b)", re.IGNORECASE)
_RATE = re.compile(
    r"^[^.;]{0,25}?\b(?:a|an|per|each|every|pro|im|por|al|a la)\s"
    r"(day|week|month|year|dag|maand|jaar|tag|monat|jahr|día|mes|año)\b"
)
_OF_MORE = re.compile(r"\s(?:of (?:the|these|those|its|their)|van de|der|de l[oa]s)\b", re.IGNORECASE)
_SAME_THING, _PERSON, _OUTCOME = 0.06, 0.04, 0.04
"""How much closer a number counts whose noun is that of the question, or is of people too; whose verb is."""
_TIMES = frozenset({*MONTHS, *WEEKDAYS, *RELATIVE_DAYS})
_WINDOW = 45
_BEFORE = re.compile(
    r"\b(?:(?:last|previous) year|(?:the|a) year (?:before|earlier|ago)|vorig jaar|jaar eerder|letzten Jahr"
    r"|im Vorjahr|el año pasado)\b",
    re.IGNORECASE,
)
"""Numbers of the year before are told to compare."""
_FARTHEST = 50
"""How many times larger one of two numbers of the same thing may be."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that may answer a question, in its sentence.

    ``elsewhere``: the places it is told of, if they are others than those that the question names.
    """

    count: Count
    text: str
    elsewhere: frozenset[str]


def quantities(question: str, one: Statement) -> list[tuple[Quantity, float]]:
    """The numbers of a sentence that count what ``question`` asks for, and how well each fits it (0..0.1)."""
    things = _NUMBERED.search(question)
    measures = _measures(question, things)
    wanted = groups(telling_words(question)) & OUTCOMES
    found = []
    for count in counted(one.text):
        told = count.around & OUTCOMES
        if _OF_MORE.match(one.text[count.amount.end :]) or (wanted and told and not wanted & told):
            continue
        around = one.text[max(0, count.amount.start - _WINDOW) : count.amount.end + _WINDOW]
        if _BEFORE.search(around) and not _BEFORE.search(question):
            continue
        fit = _fit(count, measures, things["things"] if things else "")
        if fit is not None:
            elsewhere = _elsewhere(question, one.text, count)
            found.append((Quantity(count, one.text, elsewhere), fit + _OUTCOME * bool(wanted & told)))
    return found


def counts_things(question: str, sentence: str) -> bool:
    """Whether a number of ``sentence`` may count what ``question`` asks how many of; true if it asks otherwise."""
    if not (asked := _NUMBERED.search(question)):
        return True
    noun = asked["things"].split()[0]
    things = groups(content_words(noun))
    if not things:
        return True
    people = _PEOPLE.fullmatch(noun)
    return any(
        any(kin(thing, count.around) for thing in things) or (people and _PEOPLE.search(count.noun))
        for count in counted(sentence)
    )


def _measures(question: str, things: re.Match[str] | None) -> Collection[str | None]:
    if things and (unit := UNITS.get(things["things"].split()[0].casefold())):
        return frozenset({kind_of_unit(unit)})
    asked = (kinds for words, kinds in _MEASURES if words.search(question))
    return _THINGS if things else next(asked, _THINGS)


def _fit(count: Count, measures: Collection[str | None], things: str) -> float | None:
    """How well a number fits what is asked by its measure and its noun; None if it doesn't."""
    kind = kind_of(count.amount)
    if kind is not None:
        return 0.0 if kind in measures else None
    if None not in measures:
        bare = bool(_MONEY & set(measures)) and _SCALED.search(count.amount.number.written) and not count.noun
        return 0.0 if bare else None
    if not things:
        return 0.0
    noun = content_words(count.noun)
    if any(kin(thing, groups(noun)) for thing in groups(content_words(things))):
        return _SAME_THING
    people = _PEOPLE.search(count.noun)
    if _PEOPLE.search(things):
        return _PERSON if not noun or people else None
    return 0.0 if not noun or (_is_generic(count.noun) and not people) else None


def _is_generic(noun: str) -> bool:
    return any(word in GENERIC for word in noun.casefold().split())


def _elsewhere(question: str, text: str, count: Count) -> frozenset[str]:
    """The places with names that a number is told of; none if one is of the question's."""
    begin, end = count.amount.start, count.amount.end
    clause = clauses(text[end:])[:1] if text[end : end + 1] == " " else []
    told = [
        word
        for place in places(" ".join([text[:1].lower() + text[1:begin], *clause]))
        for word in _WORD.findall(place)
    ]
    named = {name_key(word) for word in told if word[0].isupper() and word.casefold() not in _TIMES}
    return frozenset() if named & {name_key(word) for word in _WORD.findall(question)} else frozenset(named)


def same_quantity(one: Quantity, other: Quantity, articles: Articles) -> bool | None:
    """Whether two numbers are of one size; None if they can't be compared."""
    for elsewhere, text in ((one.elsewhere, articles.there), (other.elsewhere, articles.here)):
        if elsewhere and not mentioned(elsewhere, text):  # the fire in the next town
            return None
    first, second = one.count, other.count
    kinds = {kind_of(first.amount), kind_of(second.amount)}
    if (len(kinds - {None}) > 1 or (len(kinds) > 1 and not kinds & _MONEY)) or first.change != second.change:
        return None
    if _rate(one) != _rate(other):
        return None
    if agree(first.amount, one.text, second.amount, other.text):
        return True
    return False if _of_one_size(first, second) else None


def _of_one_size(one: Count, other: Count) -> bool:
    """Whether two numbers may be of one thing: 2,000 borrowers are not the 32 million of another sentence."""
    return any(
        max(first, second) <= _FARTHEST * min(first, second) for first in one.values for second in other.values
    )


def _rate(one: Quantity) -> str | None:
    found = _RATE.match(one.text[one.count.amount.end :])
    return found[1] if found else None
