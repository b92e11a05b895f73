"""What chat models read and wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and written by chat models for one answer, and their price, if prices are set."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
