"""What stands above and below what is answered: the question, filters in force, notes. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from bot.answer.answer import (
    Answer,
)
from bot.discord.pages.markdown import escape_within, one_line
from bot.discord.speech.phrase import say
from bot.discord.words import answering
from index.search import Filters
from index.told import Told

_HEADING_LIMIT = 300
_PART_LIMIT = 200
_NOTES_SHOWN = 3


class Form(Enum):
    """How the sentences of an answer stand together."""

    ANSWER = "answer"
    POINTS = "points"
    TEXT = "text"


def heading_line(heading: str | None) -> str:
    text = escape_within(one_line(heading or ""), _HEADING_LIMIT)
    return f"### {text}\n" if text else ""


def part_heading(part: str) -> str:
    """What some of the sentences stand under, in bold."""
    return f"**{escape_within(one_line(part), _PART_LIMIT)}**"


def understood(answer: Answer) -> list[str]:
    """The question that a follow-up goes on from, or, where it was put in other words, those."""
    told, question = (
        (answering.GOING_ON, answer.context) if answer.context else (answering.UNDERSTOOD, answer.standalone)
    )
    return [told(question=escape_within(one_line(question), _HEADING_LIMIT))] if question else []


def filters_told(filters: Filters, topics: Sequence[str] = ()) -> list[str]:
    """The filters in force, in words, where there are any."""
    by = escape_within(one_line(filters.source), _PART_LIMIT) if filters.source else None
    about = escape_within(one_line(", ".join(topics)), _PART_LIMIT)
    told = answering.filters(filters.since, filters.until, by, about)
    return [told] if told else []


def notes_told(notes: Iterable[Told | str]) -> list[str]:
    return ["-# " + escape_within(one_line(say(note)), 240) for note in list(notes)[:_NOTES_SHOWN]]
