"""What is told shortly first: what matters is seen on a telephone without scrolling, a button has the rest.

How high a text is there was measured on pictures 375 px wide (``benchmarks/pictures``); it may be some lines off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from bot.answer.answer import Sentence
from index.text.sentences import split_sentences

_ROOM = 500
"""Pixels for text: a screen of 667, less the name above, a row of buttons below, and the frame."""

_LINES = {"### ": (24, 26), "-# ": (39, 19), "": (33, 22)}
"""By what a line begins with: characters in its width, and its height in pixels."""

_STAMP = re.compile(r"<t:-?\d+:\w>")
_DAY = "17 November 2026"
_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
_MARKUP = re.compile(r"\\|\*\*|</|:\d+>")


def on_one_screen(text: str) -> bool:
    """Whether ``text`` (Discord markdown) and a row of buttons are seen at once."""
    return sum(map(_height, text.split("\n"))) <= _ROOM


def _height(line: str) -> int:
    begins = next(one for one in _LINES if line.startswith(one))
    width, height = _LINES[begins]
    seen = _MARKUP.sub("", _LINK.sub(r"\1", _STAMP.sub(_DAY, line.removeprefix(begins))))
    return max(1, ceil(len(seen) / width)) * height if seen else height // 3


def opening(point: Sentence) -> Sentence:
    """The first sentence of a ``point``, word for word, with the days that it speaks of."""
    spans = split_sentences(point.text, None)
    if len(spans) < 2:
        return point
    text = point.text[slice(*spans[0])]
    return replace(point, text=text, days=tuple(day for day in point.days if day.written in text))


def left_out(points: Sequence[Sentence], shown: Sequence[Sentence]) -> int:
    """How many sentences of the ``points`` are missing where some are ``shown`` by their first ones."""
    openings = {opening(one).text: one.text for one in points}
    whole = (openings.get(one.text, one.text) for one in shown)
    return sum(
        len(split_sentences(text, None)) - 1 for text, one in zip(whole, shown, strict=True) if text != one.text
    )
