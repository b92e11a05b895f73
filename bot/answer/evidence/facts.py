"""The facts in a sentence that can be compared one by one: numbers, dates, names, negation, content words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answer.evidence.lexicon import (
    ANY_FUNCTION_WORD,
    FUNCTION_WORDS,
    IRREGULAR,
    MONTHS,
    NEGATIONS,
    NUMBER_WORDS,
    RELATIVE_DAYS,
    REPORTING,
    SCALE_ABBREVIATIONS,
    SCALES,
    WEEKDAYS,
)
from index.text.language import detect_language

_GROUPED = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?"
_TOKEN = re.compile(rf"(?P<digits>{_GROUPED}|\d+(?:[.,]\d+)?)|(?P<word>[^\W\d_]+(?:[-'’][^\W\d_]+)*)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MONTH = "(?P<{0}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DATES = (
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?\s+(?:de\s+|of\s+)?"
        + _MONTH.format("month")
        + r"(?:,?\s+(?:del?\s+)?(?P<year>\d{4}))?",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b" + _MONTH.format("month") + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>\d{4}))?",
        re.IGNORECASE,
    ),
    re.compile(r"\b" + _MONTH.format("month") + r"\s+(?:de\s+|of\s+)?(?P<year>\d{4})\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, and the values it may stand for (3.500 is 3500 or 3.5)."""

    written: str
    values: frozenset[float]


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date as written; ``day`` or ``year`` is None where it isn't said."""

    written: str
    year: int | None
    month: int
    day: int | None


def language_of(text: str) -> str | None:
    """The language whose function words stand out in ``text``, or else the one it looks like; None if unsure.

    Function words come first because they are sure in short sentences full of foreign names.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    counts = {language: sum(word in known for word in words) for language, known in FUNCTION_WORDS.items()}
    first, second = sorted(counts, key=lambda language: -counts[language])[:2]
    if counts[first] > counts[second]:
        return first
    tied = [language for language in counts if counts[language] == counts[first]]
    letters = [language for language in tied if set(_LETTERS.get(language, "")) & set(text.casefold())]
    return letters[0] if len(letters) == 1 else detect_language(text)


_LETTERS = {"de": "äöüß", "es": "áíóúñ¿¡", "fr": "àâçèêîôûœ"}
"""What tells languages apart that share their little words."""


def numbers(text: str, language: str | None) -> list[Number]:
    """The numbers in ``text``, in digits or in words; dates must have been taken out before (``dates``)."""
    words = NUMBER_WORDS.get(language or "en", NUMBER_WORDS["en"])
    tokens = list(_TOKEN.finditer(text))
    found: list[Number] = []
    index = 0
    while index < len(tokens):
        first = index
        token = tokens[index]
        word = token.group().casefold()
        if token.group("digits"):
            values = _digit_values(token.group())
        elif word in words:
            values = {float(words[word])}
        elif word in SCALES:
            values = {SCALES[word]}
        else:
            index += 1
            continue
        index += 1
        while index < len(tokens):
            gap = text[tokens[index - 1].end() : tokens[index].start()]
            word = tokens[index].group().casefold()
            if word in SCALE_ABBREVIATIONS and not gap.strip() and token.group("digits"):
                scaled = {value * SCALE_ABBREVIATIONS[word] for value in values}
                values = values | scaled if len(word) == 1 else scaled  # 5 m may be metres
            elif gap.strip():
                break
            elif word in SCALES:
                values = {_scaled(value, SCALES[word]) for value in values}
            elif word in words and all(_takes(value, words[word]) for value in values):
                values = {value + words[word] for value in values}
            elif word in ("and", "y", "en", "und") and _goes_on(tokens, index, text, words, max(values)):
                pass
            elif half := _HALF.match(text, tokens[index].start()):
                last = tokens[index - 1].group().casefold()
                values = {value + SCALES.get(last, 1) / 2 for value in values}
                index += len(half.group().split()) - 1
            else:
                break
            index += 1
        found.append(Number(text[tokens[first].start() : tokens[index - 1].end()], frozenset(values)))
    return found


_HALF = re.compile(r"and a half\b|y medi[oa]\b", re.IGNORECASE)


def _scaled(value: float, scale: float) -> float:
    """A number with a word for ``scale`` behind it, which is of its last part: two thousand one | hundred."""
    rest = value % scale if value > scale else 0
    return value - rest + rest * scale if rest else value * scale


def _takes(value: float, addend: float) -> bool:
    """Whether a number word for ``addend`` continues one for ``value``: twenty six, hundred five."""
    return (value % 100 == 0 and addend < 100) or (value % 10 == 0 and value % 100 > 10 and addend < 10)


def _goes_on(tokens: list[re.Match[str]], index: int, text: str, words: dict[str, int], value: float) -> bool:
    """Whether the connective at ``index`` joins two parts of one number: hundred and five, treinta y seis."""
    if index + 1 >= len(tokens) or text[tokens[index].end() : tokens[index + 1].start()].strip():
        return False
    addend = words.get(tokens[index + 1].group().casefold())
    return addend is not None and _takes(value, addend)


def _digit_values(written: str) -> set[float]:
    plain = re.sub(r"['’\u00a0\u202f ]", "", written)
    if re.fullmatch(r"\d{1,3}[.,]\d{3}", plain):  # 3.500 and 3,500: thousands to some, decimals to others
        thousands = float(re.sub("[.,]", "", plain))
        return {thousands} if plain.endswith("000") else {thousands, float(plain.replace(",", "."))}
    head, separator, tail = plain.rpartition(max(".,", key=plain.rfind))
    if not separator or plain.count(separator) > 1:
        return {float(re.sub("[.,]", "", plain))}
    return {float(re.sub("[.,]", "", head) + "." + tail)}


def dates(text: str) -> tuple[list[CalendarDate], str]:
    """The calendar dates in ``text``, and the text without them (blanks instead, so offsets stay)."""
    found: list[CalendarDate] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = MONTHS.get(caseless(parts["month"])) or int(parts["month"])
            day, year = parts.get("day"), parts.get("year")
            found.append(
                CalendarDate(match.group(), int(year) if year else None, month, int(day) if day else None)
            )
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return found, text


def weekdays(text: str) -> dict[int, str]:
    """The days of the week named in ``text`` (Monday is 0), each as it is written."""
    found: dict[int, str] = {}
    for word in _WORD.findall(text):
        day = WEEKDAYS.get(word.casefold(), WEEKDAYS.get(word.casefold().removesuffix("s")))  # "on Sundays"
        if day is not None:
            found[day] = word
    return found


_AHEAD = re.compile(
    r"\b(?:will|next|coming|due|(?<!had )plans?|expected|"
    r"zal|zullen|komende|volgende|wird|werden|kommenden|nächsten"
    r"|próximo|será|prochain)\b",
    re.IGNORECASE,
)


def names(sentence: str, language: str | None) -> list[str]:
    """The words of ``sentence`` written as names: capitals that their position doesn't explain.

    German writes every noun so; there only acronyms and words right behind another capitalised one count.
    """
    found: list[str] = []
    behind_capital, position_explains, last_end = False, True, 0
    for match in _WORD.finditer(sentence):
        gap, word = sentence[last_end : match.start()], match.group()
        position_explains = position_explains or bool(re.search(r"[.!?:;]\s|[\"“„«‘(]", gap))
        capital = word[0].isupper() and word.casefold() not in _NEVER_NAMES
        acronym = len(word) > 1 and word.isupper() and word.casefold() not in _NEVER_NAMES
        tells = behind_capital and gap == " " if language == "de" else not position_explains
        if acronym or (capital and tells):
            found.append(word)
        behind_capital, position_explains, last_end = capital, False, match.end()
    return found


_NEVER_NAMES = frozenset(
    {"i", "mr", "mrs", "ms", "dr", *MONTHS, *WEEKDAYS, *RELATIVE_DAYS, *SCALES}.union(
        *FUNCTION_WORDS.values(), REPORTING, NEGATIONS
    )
)


def content_words(text: str) -> list[str]:
    """The stems of the words of ``text`` that carry its meaning, in order; no numbers, no days of the week."""
    return [
        stem(IRREGULAR.get(word.casefold(), word)) for word in _WORD.findall(text) if _is_content(word.casefold())
    ]


def _is_content(word: str) -> bool:
    if any(map(str.isdigit, word)) or word in WEEKDAYS:  # compared as numbers and dates
        return False
    return not (word in REPORTING or word in ANY_FUNCTION_WORD or is_negation(word))


def stem(word: str) -> str:
    """The first letters of a word, without accents, possessive and plural: enough to find it inflected."""
    plain = plain_letters(re.sub(r"['’]s?$", "", word))
    return (plain[:-1] if plain.endswith("s") and len(plain) > 3 else plain)[:5]


def caseless(word: str) -> str:
    """``word`` case-folded as patterns that ignore case take it, to which the Turkish "İ" and "ı" are an i."""
    return word.casefold().replace("i\u0307", "i").replace("ı", "i")


def plain_letters(text: str) -> str:
    """``text`` case-folded and without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def is_negation(word: str) -> bool:
    """Whether ``word`` negates, "isn't" included."""
    return word.casefold() in NEGATIONS or word.casefold().endswith(("n't", "n’t"))


def denies(text: str) -> bool:
    """Whether ``text`` denies something; "no more than 400" doesn't."""
    return any(
        is_negation(match.group()) and not _BOUND.match(text, match.end()) for match in _WORD.finditer(text)
    )


_BOUND = re.compile(
    r"\s+(?:(?:more|less|fewer|later) than|(?:meer|minder|later) dan|(?:mehr|weniger|später) als"
    r"|(?:más|menos) de)\b",
    re.IGNORECASE,
)
"""Behind a negation, these make a bound of it."""


def negated(text: str) -> Iterator[list[str]]:
    """For each negation in ``text``, the stems of the three content words that follow in its clause."""
    for match in _WORD.finditer(text):
        if not is_negation(match.group()) or any(one.match(text, match.end()) for one in (_UNDONE, _BOUND)):
            continue
        clause = re.split(r"[.,;:!?]", text[match.end() :], maxsplit=1)[0]
        yield content_words(clause)[:3]


_UNDONE = re.compile(
    r"\s+(?:rule out|ruled out|deny|denied|doubt|only|just|ausgeschlossen|uitgesloten|descart\w+)\b", re.IGNORECASE
)
"""Behind a negation, these leave what follows undenied."""
