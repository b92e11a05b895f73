"""What chat models replied, so that asking the same again costs nothing.

The key is all that the model is shown: the prompt's words, the question as it was understood, the passages in
their order. A changed article, another prompt or another model therefore never meets an old reply. What is kept is
the reply as it was written, not what was made of it: its evidence is checked anew each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from langchain_core.messages import BaseMessage

from index.article import digest


class ReplyStore(Protocol):
    """Where replies are kept."""

    def get(self, key: str, kept: timedelta) -> str | None:
        """The reply kept under ``key``, if it is not older than ``kept``."""
        ...

    def put(self, key: str, reply: str, kept: timedelta) -> None:
        """Keep ``reply`` under ``key``, and forget all that are older than ``kept``."""
        ...


class ReplyCache:
    """Replies of chat models, by the model and what it was asked."""

    def __init__(self, store: ReplyStore, kept: timedelta) -> None:
        self._store = store
        self._kept = kept

    def get(self, model: str, messages: Sequence[BaseMessage]) -> str | None:
        """What ``model`` replied to ``messages``, if that is remembered."""
        return self._store.get(_key(model, messages), self._kept)

    def put(self, model: str, messages: Sequence[BaseMessage], reply: str) -> None:
        """Remember what ``model`` replied to ``messages``."""
        self._store.put(_key(model, messages), reply, self._kept)


def _key(model: str, messages: Sequence[BaseMessage]) -> str:
    """The same for questions that differ in their capitals or spaces only."""
    return digest(model, *(f"{one.type} {' '.join(one.text.casefold().split())}" for one in messages))
