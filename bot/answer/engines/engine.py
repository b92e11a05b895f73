"""The one interface behind which an answer is written: quoting (extractive) or a chat model (generative)."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.answer.question.question import Question
from index.errors import NewsdeskError
from index.search import Hit
from index.told import tell


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


@dataclass(slots=True)
class Tally:
    """Counts the calls of chat models for one answer, and what they use.

    ``tokens``: (tokens read, tokens written) by the model's name.
    """

    tokens: dict[str, tuple[int, int]] = field(default_factory=dict)
    calls: int = 0

    def add(self, model: str, prompt_tokens: int, completion_tokens: int) -> None:
        """Count one call of ``model``."""
        read, written = self.tokens.get(model, (0, 0))
        self.tokens[model] = (read + prompt_tokens, written + completion_tokens)


EMPTY_ANSWER = tell("The chat model {name} gave an empty answer. Please ask again.")


class EngineError(NewsdeskError):
    """The engine could not answer (unreachable, timed out, refused); the message says why, for the reader."""


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
        ``EngineError`` if the engine fails; what it yielded until then stands.
        """
        ...
