"""What chat models read and wrote."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and written by chat models for one answer, and their price, if prices are set."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None


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
