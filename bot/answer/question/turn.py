"""What a conversation keeps of a question and its answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """A question asked, as it was searched for, and its answer's plain text, cut to some hundred characters.

    ``titles`` are those of the cited articles.
    """

    question: str
    standalone: str
    answer: str
    titles: tuple[str, ...] = ()
