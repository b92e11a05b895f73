"""Finds a quote in the passage it is said to come from, whatever happened to its typography on the way."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

MIN_QUOTE_LETTERS = 12
"""A shorter quote stands in too many places to be evidence."""

MIN_COVERAGE = 0.85
"""The share of a quote's words that a repaired span must hold, and of the span's words that the quote must."""

MAX_REPAIRED_WORDS = 400
"""Longer quotes are found as they stand or not at all; aligning words costs quadratic time."""

QUOTATION_MARKS = "\"'`´‘’‚‛“”„‟«»‹›′″「」『』〝〞＂＇"
DASHES = "-‐‑‒–—―−﹘﹣－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(r"\w+")
_TEXTS = 512
"""Texts that are remembered as they are compared: titles and paragraphs, once a sentence of theirs."""


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` of a passage, in characters, and how it was found."""

    start: int
    end: int
    found: Literal["exact", "normalised", "repaired", "chosen"]


def locate(quote: str, passage_text: str) -> Span | None:
    """Where ``quote`` stands in ``passage_text``, at whole words; None if it doesn't, or is too short to tell.

    Tried in this order: the very characters; the same after ``normalise``; the run of words that shares at
    least ``MIN_COVERAGE`` of its words, in order, with the quote. The span always points into the original
    text, so whoever shows it shows what the article says, not what the quote made of it.
    """
    if not long_enough(quote):
        return None
    bare = quote.strip()
    start = _find_words(bare, passage_text)
    if start is not None:
        return Span(start, start + len(bare), "exact")
    needle, _ = _normalised(quote)
    haystack, offsets = _normalised(passage_text)
    start = _find_words(needle, haystack)
    if start is not None:
        return Span(offsets[start][0], offsets[start + len(needle) - 1][1], "normalised")
    return _repaired(quote, passage_text)


def locate_all(quote: str, passage_text: str) -> list[Span]:
    """``locate``, for a quote that may leave words out ("A ... B"): each of its parts, in order.

    Empty if one is missing.
    A part too short to be evidence must stand in its place all the same.
    """
    if span := locate(quote, passage_text):
        return [span]
    parts = [part.strip() for part in _ELISION.split(quote) if any(map(str.isalnum, part))]
    if len(parts) < 2:
        return []
    found: list[Span] = []
    position = 0
    for part in parts:
        rest = passage_text[position:]
        if long_enough(part):
            span = locate(part, rest)
            if span is None:
                return []
            found.append(Span(position + span.start, position + span.end, span.found))
            position += span.end
            continue
        start = _find_words(part.strip(" ,;:"), rest)
        if start is None:
            return []
        position += start + len(part.strip(" ,;:"))
    return found


_ELISION = re.compile(r"[\[(]\s*(?:\.{2,}|…)\s*[\])]|\.{3,}|…")


def long_enough(quote: str) -> bool:
    """Whether the words of ``quote`` make at least ``MIN_QUOTE_LETTERS`` letters and digits."""
    return sum(character.isalnum() for character in quote) >= MIN_QUOTE_LETTERS


@lru_cache(_TEXTS)
def normalise(text: str) -> str:
    """``text`` as quotes are compared: NFC, white space as single spaces, no quotation marks or invisible
    characters, one kind of dash without space around it, ellipses as three dots. Case is kept.
    """
    return _normalised(text)[0]


def _normalised(text: str) -> tuple[str, list[tuple[int, int]]]:
    """``normalise``, and for each of its characters the range of ``text`` that it came from."""
    out: list[str] = []
    offsets: list[tuple[int, int]] = []

    def put(character: str, start: int, end: int) -> None:
        out.append(character)
        offsets.append((start, end))

    dots = 0  # how many dots the run of dots that we are in has put so far
    for start, end in _clusters(text):
        piece = text[start:end]
        if piece in QUOTATION_MARKS or piece in _INVISIBLE:
            continue
        if piece in ".…":
            if dots == 3:
                offsets[-1] = (offsets[-1][0], end)
                continue
            if dots == 0 and piece == ".":
                put(".", start, end)
                dots = 1
                continue
            if dots == 1:  # a second dot makes an ellipsis, and any ellipsis is three dots
                out.pop()
                start, _ = offsets.pop()
            for _ in range(3):
                put(".", start, end)
            dots = 3
            continue
        dots = 0
        if piece.isspace():
            if out and out[-1] not in " -":
                put(" ", start, end)
        elif piece in DASHES:
            if out and out[-1] == " ":
                out.pop()
                offsets.pop()
            if out and out[-1] == "-":
                offsets[-1] = (offsets[-1][0], end)
            else:
                put("-", start, end)
        else:
            for character in unicodedata.normalize("NFC", piece):
                put(character, start, end)
    while out and out[-1] == " ":
        out.pop()
        offsets.pop()
    return "".join(out), offsets


def _clusters(text: str) -> list[tuple[int, int]]:
    """The ranges of ``text`` that NFC composes on their own: a character with the marks that follow it."""
    if unicodedata.is_normalized("NFC", text):
        return [(index, index + 1) for index in range(len(text))]
    ranges: list[tuple[int, int]] = []
    for index, character in enumerate(text):
        joins = unicodedata.combining(character) and ranges and text[ranges[-1][0]].isalnum()
        if joins:
            ranges[-1] = (ranges[-1][0], index + 1)
        else:
            ranges.append((index, index + 1))
    return ranges


def _find_words(needle: str, haystack: str) -> int | None:
    """Where ``needle`` first stands in ``haystack`` without cutting a word at either end."""
    start = haystack.find(needle) if needle else -1
    while start >= 0:
        end = start + len(needle)
        if not _inside_word(haystack, start) and not _inside_word(haystack, end):
            return start
        start = haystack.find(needle, start + 1)
    return None


def _inside_word(text: str, index: int) -> bool:
    """Whether ``index`` is between two letters; scripts written without spaces have no such places."""
    if not 0 < index < len(text):
        return False
    return all(character.isalnum() and character < "\u0e00" for character in text[index - 1 : index + 1])


def _repaired(quote: str, passage_text: str) -> Span | None:
    """The run of words of the passage that comes closest to the quote, if it comes close enough."""
    wanted = [match.group().casefold() for match in _WORD.finditer(quote)]
    matches = list(_WORD.finditer(passage_text))
    if not 3 <= len(wanted) <= MAX_REPAIRED_WORDS or not matches:
        return None
    words = [match.group().casefold() for match in matches]
    length = round(len(wanted) / MIN_COVERAGE)
    begin = _densest_window(words, wanted, length)
    # The window may be off by a few words at either end, since it counts words regardless of their order.
    begin, stop = max(0, begin - length // 2), begin + length + length // 2
    window = words[begin:stop]
    alignment = SequenceMatcher(None, window, wanted, autojunk=False)
    blocks = [block for block in alignment.get_matching_blocks() if block.size]
    matched = sum(block.size for block in blocks)
    if matched < MIN_COVERAGE * len(wanted):
        return None
    first, last = blocks[0].a, blocks[-1].a + blocks[-1].size
    if matched < MIN_COVERAGE * (last - first):
        return None
    return Span(matches[begin + first].start(), matches[begin + last - 1].end(), "repaired")


def _densest_window(words: list[str], wanted: list[str], length: int) -> int:
    """Where the ``length`` words start that hold most of ``wanted``; one pass, whatever the lengths."""
    missing = Counter(wanted)
    found = best = best_start = 0
    for index, word in enumerate(words):
        if index >= length:
            gone = words[index - length]
            missing[gone] += 1
            found -= missing[gone] > 0
        found += missing[word] > 0
        missing[word] -= 1
        if found > best:
            best, best_start = found, max(0, index - length + 1)
    return best_start
