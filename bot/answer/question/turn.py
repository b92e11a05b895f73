"""What a conversation keeps of a question and its answer."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer.answer import Answer

_LONGEST_ANSWER = 600


@dataclass(frozen=True, slots=True)
class Turn:
    """A question asked, as it was searched for, and its answer's plain text, cut to some hundred characters.

    ``context``: the question before it that it went on from, where it lacked something.
    """

    question: str
    standalone: str
    answer: str
    context: str = ""


def turn_of(answer: Answer) -> Turn | None:
    """What a conversation keeps of a finished ``answer``; nothing of chatter, which nobody goes on from."""
    if not answer.is_rated:
        return None
    text = " ".join(sentence.text for sentence in answer.sentences)[:_LONGEST_ANSWER]
    return Turn(answer.question, answer.standalone or answer.subject or answer.question, text, answer.context)
