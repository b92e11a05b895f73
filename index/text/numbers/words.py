"""Numbers written in words: read by text2num, with what it lacks from the tables of ``index.text.languages``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from text_to_num import find_numbers, text2num

from index.text.languages import table
from index.text.numbers.scales import either, scale_at, scales

SPELLED = frozenset("da de en es fr it nl pt".split())
"""The languages whose number words text2num (3.1) reads."""

_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[\s\u00ad-]?")
_Spans = Collection[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words, with the scale behind it."""

    start: int
    end: int
    value: float
    kind: Literal["cardinal", "ordinal", "fraction"]


def spelled_numbers(text: str, language: str | None, taken: _Spans) -> list[Spelled]:
    """The numbers in words in ``text`` outside ``taken``, in no order; none in a language not in ``SPELLED``.

    Articles ("un", "een", "ein") are no numbers, nor are plurals that leave the number open ("hundreds of").
    """
    if language not in SPELLED:
        return []
    found: list[Spelled] = []
    for read in (_shares, _halves, _cardinals, _quantities):
        covered = [*taken, *((one.start, one.end) for one in found)]
        found += read(text, language, covered)
    return found


class _Token:
    """A word for text2num, see ``text_to_num.Token``; ``before``: what stands between it and the word before."""

    def __init__(self, match: re.Match[str], before: str, language: str) -> None:
        self.start, self.end = match.span()
        self._before, self._text = before, match.group().casefold()
        for written, read in table(language, "numbers").get("spellings", ()):
            self._text = self._text.replace(written, read)

    def text(self) -> str:
        return self._text

    def nt_separated(self, _previous: _Token) -> bool:
        return not _JOINED.fullmatch(self._before)

    def not_a_number_part(self) -> bool:
        return False


def _tokens(text: str, language: str, taken: _Spans) -> Iterator[_Token]:
    end = 0
    for match in _WORD.finditer(text):
        if not _within(match.start(), taken):
            yield _Token(match, text[end : match.start()], language)
            end = match.end()


def _cardinals(text: str, language: str, taken: _Spans) -> Iterator[Spelled]:
    """What text2num finds, ordinals included."""
    tokens = list(_tokens(text, language, taken))
    idle = {*table(language, "numbers")["articles"], *table(language, "numbers")["vague"]}
    others = [match.span() for match in phrases(language, "not_numbers").finditer(text)]
    read = 0
    for one in find_numbers(tokens, language, 0):
        start, end = tokens[one.start].start, tokens[one.end - 1].end
        if start < read or text[start:end].casefold() in idle or _within(start, others):
            continue
        found = Spelled(start, end, one.value, "ordinal" if one.is_ordinal else "cardinal")
        found = found if one.is_ordinal else _multiplied(text, language, found)
        read = found.end
        if not _is_open(text, found, language):
            yield found


def _shares(text: str, language: str, taken: _Spans) -> Iterator[Spelled]:
    """Parts of a whole: "two thirds", "ein Viertel der", "half of"."""
    words = table(language, "numbers")
    for match in phrases(language, "shares").finditer(text):
        if not _within(match.start(), taken) and not _ordinal_before(text, match.start(), language):
            yield Spelled(*match.span(), words["shares"][match.group().casefold()], "fraction")
    for match in _fractions(language).finditer(text):
        part, count = match["part"].casefold(), match["count"].casefold()
        many = 1.0 if count in words["articles"] else _small(count, language)
        if not many or _within(match.start(), taken):
            continue
        certain = words["fractions"].get(part)
        share = Spelled(match.start(), match.end("part"), many / (certain or words["parts"][part]), "fraction")
        of = _of(language).match(text, share.end)
        scaled = _multiplied(text, language, replace(share, end=of.end() if of else share.end))
        # "a third million-dollar deal" is no third of a million
        if scaled.value != share.value and ((of and of[0]) or not _is_ordinal(part, language)):
            yield scaled
        elif certain or many > 1 or match["of"]:
            yield share


def _halves(text: str, language: str, taken: _Spans) -> Iterator[Spelled]:
    """ "anderthalb", "zweieinhalb", "half a million", "une demi-douzaine", "a couple of hundred thousand"."""
    words = table(language, "numbers")
    single = words.get("words", {})
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        suffix = next((one for one in words.get("half_suffix", ()) if word.endswith(one)), None)
        whole = _small(word.removesuffix(suffix), language) if suffix else None
        value = single.get(word) or (whole and whole + 0.5)
        if value and not _within(match.start(), taken):
            yield _multiplied(text, language, Spelled(*match.span(), value, "cardinal"))
    parts: dict[str, float] = dict.fromkeys(words["half"], 0.5) | words.get("several", {})
    for match in (*phrases(language, "half").finditer(text), *phrases(language, "several").finditer(text)):
        part = Spelled(*match.span(), parts[match.group().casefold()], "cardinal")
        whole_number = _multiplied(text, language, part)
        if whole_number.end > part.end and not _within(match.start(), taken):
            yield whole_number


def _multiplied(text: str, language: str, number: Spelled) -> Spelled:
    """``number`` times the scales and the quantities ("dozen") behind it."""
    end, value = number.end, number.value
    while found := scale_at(text, end, language):
        end, value = found[0].end(), value * found[1]
    if many := _quantity(language).match(text, end):
        end, value = many.end(), value * table(language, "numbers")["quantities"][many["quantity"].casefold()]
    return Spelled(number.start, end, value, "cardinal")


def _quantities(text: str, language: str, taken: _Spans) -> Iterator[Spelled]:
    """ "A dozen", "une trentaine"; behind a number they multiply it, see ``_multiplied``."""
    for match in phrases(language, "quantities").finditer(text):
        value = table(language, "numbers")["quantities"][match.group().casefold()]
        found = Spelled(*match.span(), float(value), "cardinal")
        if not _within(match.start(), taken) and not _is_open(text, found, language):
            yield found


def _is_open(text: str, number: Spelled, language: str) -> bool:
    """Whether a word before it leaves a number open: "several hundred", "een paar honderd"."""
    first = text[number.start : number.end].split()[0].casefold()
    if first not in scales(language) and first not in table(language, "numbers")["quantities"]:
        return False
    before = text[max(0, number.start - 20) : number.start].rstrip()
    return any(match.end() == len(before) for match in phrases(language, "indefinite").finditer(before))


def _small(word: str, language: str) -> float | None:
    """The number below a thousand that ``word`` is, or None."""
    try:
        value = float(word) if word.isdecimal() else float(text2num(word, language))
    except ValueError:
        return {"ein": 1.0, "eine": 1.0}.get(word) if language == "de" else None
    return value if 1 <= value < 1000 else None


def _ordinal_before(text: str, position: int, language: str) -> bool:
    """Whether an ordinal stands before ``position``: the "second half" of a match is no share."""
    before = list(_tokens(text[max(0, position - 20) : position], language, ()))[-1:]
    return any(found.is_ordinal for found in find_numbers(before, language, 0))


def _is_ordinal(word: str, language: str) -> bool:
    return any(found.is_ordinal for found in find_numbers([*_tokens(word, language, ())], language, 0))


@cache
def _of(language: str) -> re.Pattern[str]:
    """What may stand between a share and what it is of: "a quarter of a million", "een kwart miljoen"."""
    joins, articles = (either(table(language, "numbers")[name]) for name in ("joins", "articles"))
    return re.compile(rf"(?:\s(?:{joins})\s?(?:{articles})?(?=\s))?", re.IGNORECASE)


@cache
def _fractions(language: str) -> re.Pattern[str]:
    words = table(language, "numbers")
    parts, joins = either([*words["fractions"], *words["parts"]]), either(words["joins"])
    return re.compile(
        rf"(?<!\w)(?P<count>\w+)[ \u00a0-](?P<part>{parts})(?!\w)(?P<of>\s+(?:{joins}))?", re.IGNORECASE
    )


@cache
def _quantity(language: str) -> re.Pattern[str]:
    quantities = either(table(language, "numbers")["quantities"])
    return re.compile(rf"[\s-](?P<quantity>{quantities})(?!\w)", re.IGNORECASE)


@cache
def phrases(language: str | None, name: str) -> re.Pattern[str]:
    """Any of the words that the table of a language has under ``name``; matches nothing if there are none."""
    return re.compile(rf"(?<!\w)(?:{either(table(language, 'numbers').get(name, ()))})(?!\w)", re.IGNORECASE)


def _within(position: int, spans: _Spans) -> bool:
    return any(start <= position < end for start, end in spans)
