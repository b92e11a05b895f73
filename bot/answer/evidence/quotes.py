"""Finds a quote in the passage it is said to come from, whatever happened to its typography on the way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

import regex
from rapidfuzz.fuzz import partial_ratio_alignment

MIN_QUOTE_LETTERS = 12
"""A shorter quote stands in too many places to be evidence."""

MIN_COVERAGE = 0.85
"""The share of a quote's words that a repaired span must hold, and of the span's words that the quote must."""

MAX_REPAIRED_WORDS = 400
"""Longer quotes are found as they stand or not at all; aligning words costs quadratic time."""

QUOTATION_MARKS = "\"'`´‘’‚‛“”„‟«»‹›′″「」『』〝〞＂＇"
DASHES = "-‐‑‒–—―−﹘﹣－"
_UNSEEN = rf"[{QUOTATION_MARKS}\u00ad\u200b\u200c\u200d\u2060\ufeff]"
_BESIDE = rf"(?:\s|{_UNSEEN})*+"
_PIECES = regex.compile(
    rf"(?P<plain>[\p{{L}}\p{{N}}\p{{M}}]+)|\A{_BESIDE}|{_BESIDE}\Z"
    rf"|{_BESIDE}(?P<dash>[{DASHES}](?:{_BESIDE}[{DASHES}])*){_BESIDE}"
    rf"|(?P<ellipsis>(?:…|\.{_UNSEEN}*[.…])(?:{_UNSEEN}*+[.…])*)"
    rf"|(?P<space>\s){_BESIDE}|{_UNSEEN}|(?P<plain>.)",
    regex.DOTALL,
)
"""A word, or what counts as one character, such as dashes and spaces side by side; else what doesn't count."""
_LETTERS = regex.compile(r".\p{M}*")
"""Each with its marks."""
_ALIKE = {"dash": "-", "ellipsis": "...", "space": " "}
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
    told, ranges = "", list[tuple[int, int]]()
    for piece in _PIECES.finditer(text):
        kind = piece.lastgroup
        if kind in _ALIKE:
            told += _ALIKE[kind]
            ranges += [piece.span(kind)] * len(_ALIKE[kind])
        elif kind and unicodedata.is_normalized("NFC", piece[0]):
            told += piece[0]
            ranges += [(at, at + 1) for at in range(*piece.span())]
        elif kind:
            for letter in _LETTERS.finditer(text, *piece.span()):
                composed = unicodedata.normalize("NFC", letter[0])
                told += composed
                ranges += [letter.span()] * len(composed)
    return told, ranges


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
    nearest = partial_ratio_alignment(wanted, words)
    assert nearest  # only a cutoff, of which there is none, makes it nothing
    begin = max(
        0, nearest.dest_start - len(wanted) // 2
    )  # it is as long as the quote, and may lack some at its ends
    window = words[begin : nearest.dest_end + len(wanted) // 2]
    alignment = SequenceMatcher(None, window, wanted, autojunk=False)
    blocks = [block for block in alignment.get_matching_blocks() if block.size]
    matched = sum(block.size for block in blocks)
    if matched < MIN_COVERAGE * len(wanted):
        return None
    first, last = blocks[0].a, blocks[-1].a + blocks[-1].size
    if matched < MIN_COVERAGE * (last - first):
        return None
    return Span(matches[begin + first].start(), matches[begin + last - 1].end(), "repaired")
