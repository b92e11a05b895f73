"""Compares what numbers count: their units, whether more or less is meant, and which thing each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answer.evidence.facts import Number, content_words, dates, language_of, numbers
from bot.answer.evidence.meaning import clauses, closest

UNITS: dict[str, str] = {
    word: unit
    for unit, words in {
        "kilometre": "km kilometre kilometres kilometer kilometers kilometern kilómetro kilómetros",
        "mile": "mile miles mijl mijlen meile meilen milla millas",
        "metre": "metre metres meter meters metern metro metros",
        "centimetre": "cm centimetre centimetres centimeter centimeters zentimeter centímetro centímetros",
        "foot": "foot feet ft voet fuß pie pies",
        "inch": "inch inches zoll",
        "percent": "% percent procent prozent",
        "point": "points punten punkte punkten puntos",
        "hour": "hour hours uur uren stunde stunden hora horas",
        "minute": "minute minutes minuut minuten minuto minutos",
        "second": "seconds seconde seconden sekunde sekunden segundos",
        "day": "day days dag dagen tag tage tagen día días",
        "week": "week weeks weken woche wochen semana semanas",
        "month": "month months maand maanden monat monate monaten mes meses",
        "year": "year years jaar jaren jahr jahre jahren año años",
        "decade": "decade decades decennium decennia jahrzehnt jahrzehnte década décadas",
        "kilogram": "kg kilo kilos kilogram kilograms kilogramm kilogramo kilogramos",
        "tonne": "tonne tonnes ton tons tonnen tonelada toneladas",
        "gram": "gram grams gramm gramos",
        "pound": "pound pounds pond pfund libra libras £",
        "euro": "euro euros €",
        "dollar": "dollar dollars dólar dólares $",
        "cent": "cent cents céntimo céntimos",
        "crown": "crown crowns kronen kroon coronas",
        "litre": "litre litres liter liters litro litros",
        "hectare": "hectare hectares hektar hectárea hectáreas",
        "acre": "acre acres",
        "degree": "degree degrees graden grad grados",
        "megawatt": "mw megawatt megawatts",
        "gigawatt": "gw gigawatt gigawatts",
    }.items()
    for word in words.split()
}

_PER_CENT = re.compile(r"\s?(?:per cent|por ciento|pct)\b", re.IGNORECASE)
_BEHIND = re.compile(r"[\s-]?(?:square |cubic )?([^\W\d_]+|[%€£$])")
_AHEAD = re.compile(r"([€£$])\s?$")
_MORE = re.compile(
    r"(?:(?<!no )(?<!not )more than|over|at least|exceed\w*|above|upwards of|no fewer than|no less than|"
    r"minimum of|meer dan|ruim|"
    r"minstens|minimaal|ten minste|mehr als|über|mindestens|más de|al menos|por lo menos|superior a)\W+(?:an? )?$",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"(?:(?<!no )less than|(?<!no )fewer than|under|at most|up to|as much as|as many as|below|"
    r"no more than|not more than|nearly|almost|maximum of|"
    r"minder dan|hoogstens|maximaal|hooguit|tot wel|bijna|ten hoogste|weniger als|höchstens|maximal|bis zu|fast|"
    r"knapp|menos de|como máximo|hasta|casi|inferior a)\W+(?:an? )?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|ongeveer|zo'n|rond|rund|etwa|ungefähr|unos|unas|cerca de)\s+$",
    re.IGNORECASE,
)
_APART = re.compile(r"[,;:]\s|[.!?](?:\s|$)|\b(?:and|but|while|en|maar|und|aber|y|pero)\b", re.IGNORECASE)

_BETWEEN = 3
"""How many words may stand between two numbers that are tied, numbers among them."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what stands around it. ``unit`` is None if it counts something else than a measure."""

    number: Number
    unit: str | None
    bound: str | None
    start: int
    end: int
    counted: str | None


def amounts(text: str, language: str | None) -> list[Amount]:
    """The numbers in ``text``, dates aside, each with its unit, its bound and the word behind it."""
    _, undated = dates(text)
    found: list[Amount] = []
    position = 0
    for number in numbers(undated, language):
        start = undated.index(number.written, position)
        end = position = start + len(number.written)
        ahead, behind = undated[max(0, start - 30) : start], undated[end:]
        bound = "more" if _MORE.search(ahead) else "less" if _LESS.search(ahead) else None
        nearby = content_words(_APART.split(behind, maxsplit=1)[0])
        found.append(Amount(number, _unit(ahead, behind), bound, start, end, nearby[0] if nearby else None))
    return found


def _unit(ahead: str, behind: str) -> str | None:
    if _PER_CENT.match(behind):
        return "percent"
    if money := _AHEAD.search(ahead):
        return UNITS[money[1]]
    word = _BEHIND.match(behind)
    return UNITS.get(word[1].casefold()) if word else None


def misused_numbers(sentence: str, quoted: str, whole: str) -> Iterator[str]:
    """The numbers that stand in both, but with another unit, another bound, or for another thing.

    ``whole`` are the sentences that the quotes stand in, which may say once for two numbers what they count.
    """
    theirs = amounts(quoted, language_of(quoted))
    ours = amounts(sentence, language_of(sentence))
    percent = {"percent"} if _PER_CENT.search(whole) else set()
    measured = percent | {
        unit for word in re.findall(r"[^\W\d_]+|[%€£$]", whole) if (unit := UNITS.get(word.casefold()))
    }
    for one in ours:
        same = [other for other in theirs if other.number.values & one.number.values]
        if not same:
            continue
        written = sentence[one.start :].split(" ")
        if (part := _part_of(same, theirs, quoted)) and part.number.written not in sentence:
            yield f"{one.number.written} (of which the quote has {part.number.written})"
        elif not any(_same_unit(one, other, measured) for other in same):
            yield f"{' '.join(written[:2])} (the quote counts in another unit)"
        elif not any(one.bound == other.bound or (one.bound is None and other.bound == "more") for other in same):
            yield f"{one.number.written} (more or less than that in the quote)"
        elif (other := _owner(one, theirs)) and not {one.counted, None} & {them.counted for them in same}:
            yield f"{one.number.written} (the quote has {other.number.written} {other.counted})"
        elif there := _in_its_place(one, sentence, quoted):
            yield f"{one.number.written} (the quote has {there} there)"
    yield from _swapped(ours, sentence, theirs, quoted)


def rounded_numbers(sentence: str, quoted: str) -> set[str]:
    """The numbers of ``sentence`` that say that they round one of the quote's, of the same things."""
    theirs = amounts(quoted, language_of(quoted))
    return {
        one.number.written
        for one in amounts(sentence, language_of(sentence))
        if (within := _ROUNDED.get(one.bound or ("about" if _ABOUT.search(sentence[: one.start]) else "")))
        and any(
            (other.unit, other.counted) == (one.unit, one.counted)
            and within[0] * max(other.number.values)
            <= min(one.number.values)
            <= within[1] * max(other.number.values)
            for other in theirs
        )
    }


_ROUNDED = {"more": (0.9, 1.0), "less": (1.0, 1.1), "about": (0.95, 1.05)}
"""What a rounded number may be of the one it rounds: "more than 200" of 212, "nearly 10,000" of 9,800."""


def _part_of(same: Sequence[Amount], theirs: Sequence[Amount], quoted: str) -> Amount | None:
    """The number of which the quote gives the whole: the four in "four of the six gates"."""
    if len(same) > 1:
        return None
    before = next((one for one in reversed(theirs) if one.end < same[0].start), None)
    between = quoted[before.end : same[0].start] if before else ""
    return before if re.fullmatch(r" (?:of|van) (?:the |its |his |her |their |de |city's )?", between) else None


def _same_unit(one: Amount, other: Amount, measured: set[str]) -> bool:
    if one.unit == other.unit:
        return True
    if one.unit is None:
        return other.unit != "percent"
    return other.unit is None and one.unit in measured  # "10 to 12 km"


def _in_its_place(one: Amount, sentence: str, quoted: str) -> str | None:
    """The number that the clause closest to the sentence's has in the same unit, if it hasn't this one."""
    clause = next((text for text in clauses(sentence) if one.number.written in text), sentence)
    near = closest(clause, clauses(quoted))
    there = amounts(near, language_of(quoted)) if near else []
    if any(other.number.values & one.number.values for other in there):
        return None
    return next((other.number.written for other in there if other.unit in (one.unit, None)), None)


def _owner(one: Amount, theirs: list[Amount]) -> Amount | None:
    """The quote's amount of the very thing that ``one`` counts, if it is another number."""
    return next(
        (
            other
            for other in theirs
            if one.counted and other.counted == one.counted and not other.number.values & one.number.values
        ),
        None,
    )


def _swapped(ours: list[Amount], sentence: str, theirs: list[Amount], quoted: str) -> Iterator[str]:
    """Two numbers tied by one preposition ("from 8 to 5", "19 votes to 17") in the other order."""
    turned = _ties(theirs, quoted)
    for first, second in _ties(ours, sentence):
        if first.number.values == second.number.values:
            continue
        for one, other in turned:
            if one.number.values & second.number.values and other.number.values & first.number.values:
                yield f"{first.number.written} and {second.number.written} stand the other way round in the quote"


def _ties(found: list[Amount], text: str) -> list[tuple[Amount, Amount]]:
    """The pairs that a preposition ties. Only close ones are looked at: a text may be nothing but numbers."""
    return [
        (first, second)
        for position, first in enumerate(found)
        for second in found[position + 1 : position + 1 + _BETWEEN]
        if _tied(text[first.end : second.start])
    ]


def _tied(between: str) -> bool:
    words = re.findall(r"\w+", between.casefold())
    return len(words) <= _BETWEEN and bool(
        {"to", "against", "tot", "naar", "tegen", "auf", "gegen", "zu", "a", "contra"} & set(words)
    )
