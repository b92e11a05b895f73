"""Who says a quotation, where the sentence itself doesn't: read from the rest of its paragraph.

A wrong name is worse than none. A sentence that is all quotation has the speaker who is named right beside the
quotation that it goes on with, or went on from; or, if "he said" stands there, the only one named in full before.
The article's own sentences have none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from bot.answer.evidence.content import function_words
from bot.answer.evidence.evidence import Evidence
from index.text.calendar import month_names, weekday_names
from index.text.names import NAME_WORD
from index.text.sentences import Span
from index.text.tense import pattern

_QUOTATION = re.compile(r'"[^"]*(?:"|$)|“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)|»[^«]*(?:«|$)')
_MARK = "\0"
"""Stands for a quotation in the words around it."""
_NAME = rf"(?P<name>{NAME_WORD}(?: (?:(?:van|von|de|der|den|di|da|al|el|bin|ten|of|the) ){{0,2}}{NAME_WORD})*)"
_BESIDE = rf"{_MARK}[,.]? ?"
_ASIDE = rf", [^,;:.{_MARK}]{{1,80}},"
_TITLE = r"(?:[a-zß-öø-ÿ]{5,} ){0,2}"
_ANOTHER = re.compile(rf" [a-zß-öø-ÿ]{{5,}} {NAME_WORD}")
"""What makes of a name behind a verb no speaker: "said Pellan spokesman Wyre"."""


def speakers(text: str, spans: Sequence[Span], language: str | None) -> list[str | None]:
    """For each of the sentences ``spans`` of ``text``, who says it if only its paragraph tells.

    None for a sentence that names its speaker, for one that is the article's own, and in every case of doubt.
    """
    named: list[str | None] = []
    for _, group in groupby(spans, key=lambda span: text.count("\n", 0, span[0])):
        sentences = list(group)
        quotations = _quotations(text, sentences)
        around = [_around(text, span, quotations) for span in sentences]
        for index in range(len(sentences)):
            at = _naming(sentences, quotations, around, index)
            named.append(None if at is None else _beside(around[at], language) or _before(around, at, language))
    return named


def speaker_of(sentence: str, evidence: Sequence[Evidence]) -> str | None:
    """The person or organisation whose claim all of ``evidence`` is; None if ``sentence`` names them.

    The passage must name them as speaking: at the words themselves, or in their paragraph.
    """
    named = {_speaker(one) for one in evidence}
    who = named.pop() if len(named) == 1 else None
    return who if who and who.split()[-1].casefold() not in sentence.casefold() else None


def _speaker(evidence: Evidence) -> str | None:
    if not evidence.touched:
        return None
    text, language = evidence.hit.passage.text, evidence.hit.article.language
    first = evidence.touched[0]
    whole = evidence.sentences[first]
    cut = evidence.span.end < whole[1] or evidence.span.start > whole[0]
    own = _beside(_around(text, whole, _quotations(text, [whole])), language) if cut else None
    return own or speakers(text, evidence.sentences, language)[first]


def _naming(
    sentences: Sequence[Span], quotations: Sequence[Span], around: Sequence[str], index: int
) -> int | None:
    """Which sentence tells whose ``sentences[index]`` is: where its quotation ends, or the last before it."""
    if _has_words(around[index]):
        return None
    last = index
    while any(first < sentences[last][1] < end for first, end in quotations) and last + 1 < len(sentences):
        last += 1
        if _has_words(around[last]):
            return last
    return next((before for before in reversed(range(index)) if _has_words(around[before])), None)


def _beside(around: str, language: str | None) -> str | None:
    """The one name that stands right behind a quotation and says it."""
    says = pattern(language or "", "saying").pattern
    behind = re.search(rf"{_BESIDE}{_NAME}(?:{_ASIDE}|,)? {says}", around)
    before = None if behind else re.search(rf"{_BESIDE}{says} {_TITLE}{_NAME}", around)
    found = behind or before
    if not found or (before and _ANOTHER.match(around, before.end())):
        return None
    return found["name"] if _is_sure(found["name"], language) else None


def _before(around: Sequence[str], at: int, language: str | None) -> str | None:
    """Who "he says" in ``around[at]`` means: the one name in full before it, where that begins a sentence."""
    says = re.search(rf"(?:^|{_BESIDE})(?P<who>[^\W\d_]+) {pattern(language or '', 'saying').pattern}", around[at])
    if not says or says["who"].casefold() not in function_words():
        return None
    told = [re.sub(_ASIDE, ",", one) for one in around[:at]]
    full = [found for one in told for found in re.finditer(_NAME, one) if " " in found["name"]]
    if len(full) != 1 or full[0].start() or not _is_sure(full[0]["name"], language):
        return None
    return full[0]["name"]


def _is_sure(name: str, language: str | None) -> bool:
    """Whether it is a name for sure: no day, nothing of somebody's, no word that is capitalised for its place."""
    words = name.split()
    if not words[0][0].isupper() or words[0].casefold() in function_words() or re.search(r"['’]s?$", words[-1]):
        return False
    calendar = {*weekday_names(language), *month_names(language)}
    return calendar.isdisjoint(map(str.casefold, words))


def _quotations(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Where quotations stand, marks included; one that is never closed goes on to the end of the paragraph."""
    base, end = sentences[0][0], sentences[-1][1]
    return [(base + found.start(), base + found.end()) for found in _QUOTATION.finditer(text[base:end])]


def _around(text: str, sentence: Span, quotations: Sequence[Span]) -> str:
    """A sentence with ``_MARK`` for each quotation."""
    position, end = sentence
    told = ""
    for first, last in quotations:
        if first < end and last > sentence[0]:
            told += text[position : max(first, position)] + _MARK
            position = min(last, end)
    return " ".join((told + text[position:end]).split(" "))


def _has_words(around: str) -> bool:
    return any(map(str.isalnum, around))
