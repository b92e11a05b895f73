"""The one interface behind which an answer is written: quoting (extractive) or a chat model (generative)."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answer.question.question import Question
from bot.chat.usage import Tally
from index.search import Hit


@dataclass(frozen=True, slots=True)
class Claim:
    """What an engine offers as evidence: a passage (None: any that it was given), and the words in it.

    Without a quote, the best words are looked for: in the passage named, and if it doesn't say so, in the others.
    """

    passage_id: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One sentence as the engine wrote it, before anything about it was checked.

    ``part``: the part of the question that it answers, if the engine tells that apart.
    """

    text: str
    claims: tuple[Claim, ...]
    speaker: str | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A sentence that was refused, and what its evidence lacks, so that the engine can write it again."""

    text: str
    missing: tuple[str, ...]


class EngineAbstained(Exception):
    """The engine read the passages and found that they don't answer the question."""


class AnswerEngine(Protocol):
    """Writes an answer from passages, sentence by sentence."""

    @property
    def name(self) -> str:
        """``extractive``, or the name of the chat model."""
        ...

    def write(
        self, question: Question, hits: Sequence[Hit], tally: Tally, complaints: Sequence[Complaint] = ()
    ) -> AsyncGenerator[Draft, None]:
        """Yield the answer's sentences as they come, and count in ``tally`` what they cost.

        ``complaints``: sentences of an earlier try that were refused; only these are to be written again.
        Raises ``EngineAbstained`` (before the first sentence) if the passages don't answer the question, and
        ``ChatError`` if the engine fails; what it yielded until then stands.
        """
        ...
