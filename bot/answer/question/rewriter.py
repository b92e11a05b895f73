"""Makes follow-ups stand on their own: by rule, or with a chat model that is checked and backed by the rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from bot.answer.engines.engine import EngineError, Tally
from bot.answer.question.limits import QuestionError, clean_question
from bot.answer.question.standalone import Turn, standalone
from index.text.names import keys_of, names_in
from prompts.defuse import defused

if TYPE_CHECKING:  # slow to import, and only needed with a chat model
    from bot.chat.model import ChatModel
    from prompts import Prompt

_LONGEST = 300
_NUMBER = re.compile(r"\d+")


class Rewriter(Protocol):
    """Makes follow-ups stand on their own."""

    async def rewrite(self, question: str, turns: Sequence[Turn], tally: Tally) -> str | None:
        """The question with what it lacks, taken from ``turns`` (oldest first); None if it lacks nothing.

        Never raises. What chat models cost is counted in ``tally``.
        """
        ...


class RuleRewriter:
    """A ``Rewriter`` that needs no chat model."""

    async def rewrite(self, question: str, turns: Sequence[Turn], tally: Tally) -> str | None:  # noqa: ARG002
        """See ``Rewriter.rewrite``."""
        return standalone(question, turns)


class ModelRewriter:
    """A ``Rewriter`` that asks a chat model, and the rules where the model fails or adds what nobody said."""

    def __init__(self, model: ChatModel, prompt: Prompt) -> None:
        self._model = model
        self._prompt = prompt

    async def rewrite(self, question: str, turns: Sequence[Turn], tally: Tally) -> str | None:
        """See ``Rewriter.rewrite``. Without turns the model is not asked."""
        if not turns:
            return None
        messages = self._prompt.messages(question=defused(question), turns=_rendered(turns))
        try:
            reply = await self._model.complete(messages, tally)
        except EngineError:
            return standalone(question, turns)
        written = _accepted(reply, question, turns)
        if written is None:
            return standalone(question, turns)
        return None if _letters(written) == _letters(question) else written


def _rendered(turns: Sequence[Turn]) -> str:
    return "\n".join(
        f"<turn>\nQ: {defused(turn.standalone)}\nA: {defused(turn.answer)}\n</turn>" for turn in turns
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _accepted(reply: str, question: str, turns: Sequence[Turn]) -> str | None:
    """The reply as a question, or None: more than one line, too long, or with a name or number nobody gave."""
    lines = [line.strip() for line in reply.strip().splitlines() if line.strip()]
    if len(lines) != 1:
        return None
    try:
        written = clean_question(lines[0].strip("\"“”'"), _LONGEST)
    except QuestionError:
        return None
    if not written.endswith("?") or re.search(r"https?:|www\.|[<>@`\[\]{}]", written):
        return None
    said = " ".join([question, *(f"{turn.question} {turn.standalone} {turn.answer}" for turn in turns)])
    known = set(keys_of(re.findall(r"\w+", said)))
    # The first word is capitalised for its place, not for being a name.
    names = keys_of(names_in(" ".join(written.split()[1:])))
    numbers = set(_NUMBER.findall(written)) - set(_NUMBER.findall(said))
    return written if set(names) <= known and not numbers else None
