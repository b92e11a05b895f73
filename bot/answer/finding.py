"""Looks for what is asked, part by part, and tells what of it the articles come near to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from bot.answer.gate import likelier_language_first, near_enough
from bot.answer.question.question import Part, Question
from index.library import Library
from index.search import Hit

HITS = 10
"""Passages that an answer is made from."""


@dataclass(frozen=True, slots=True)
class Found:
    """What of a question can be answered (None if nothing), its passages, and the parts that can't be."""

    question: Question | None
    hits: Sequence[Hit]
    missing: tuple[str, ...] = ()


def find(question: Question, scopes: Sequence[str], library: Library, least: float, depth: int) -> Found:
    """What the articles hold of ``question``; each part needs ``least`` evidence to be answered.

    ``depth``: so many passages are looked for, for each part.
    """
    found: dict[Part, list[Hit]] = {
        part: likelier_language_first(
            part.meant, library.search(part.meant, scopes, depth, question.filters), library
        )
        for part in question.parts
    }
    held = tuple(part for part, near in found.items() if near_enough(part, near[:HITS], library, least))
    if not held:
        return Found(None, _in_turn(list(found.values())))
    missing = tuple(part.own for part in question.parts if part not in held)
    text = " ".join(part.meant for part in held) if missing else question.text
    return Found(replace(question, text=text, parts=held), _in_turn([found[part] for part in held]), missing)


def _in_turn(found: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The best of each part first, each passage once."""
    merged: dict[str, Hit] = {}
    for rank in zip_longest(*found):
        for hit in rank:
            if hit:
                merged.setdefault(hit.passage.id, hit)
    return list(merged.values())[: max(HITS, *(map(len, found)))]
