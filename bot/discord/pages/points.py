"""Points of several sentences, told by their first ones where there is little room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answer.answer import Sentence
from index.text.sentences import split_sentences


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
