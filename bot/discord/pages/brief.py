"""What is told shortly first: what matters is seen on a telephone without scrolling, a button has the rest.

How high a text is there was measured on pictures 375 px wide (``benchmarks/pictures``); it may be some lines off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from bot.answer.answer import Citation, Sentence
from index.text.language import question_language
from index.text.sentences import Span, split_sentences

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


def opening(point: Sentence, citations: Sequence[Citation]) -> Sentence:
    """The first sentence of a ``point``, word for word, with the days that it speaks of.

    ``citations`` are those of the answer. A point on several articles stays whole: one may deny what another says.
    """
    spans = _sentences(point, citations)
    articles = {one.article_id for one in citations if one.n in point.citations}
    if len(spans) < 2 or len(articles) > 1:
        return point
    text = point.text[slice(*spans[0])]
    return replace(point, text=text, days=tuple(day for day in point.days if day.written in text))


def left_out(points: Sequence[Sentence], shown: Sequence[Sentence], citations: Sequence[Citation]) -> int:
    """How many sentences of the ``points`` are missing where some are ``shown`` by their first ones."""
    openings = {opening(one, citations).text: one for one in points}
    whole = (openings.get(one.text, one) for one in shown)
    return sum(
        len(_sentences(point, citations)) - 1
        for point, one in zip(whole, shown, strict=True)
        if point.text != one.text
    )


def _sentences(point: Sentence, citations: Sequence[Citation]) -> list[Span]:
    """The sentences of ``point``, in its language; where that can't be told, in that of what it cites."""
    cited = next((one.language for one in citations if one.n in point.citations), None)
    return split_sentences(point.text, question_language(point.text) or cited)
