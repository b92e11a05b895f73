"""Ends the work of the store at a chosen step, as a kill would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from index.store import changes, writer
from index.store.lexical import Lexical
from index.store.vectors.chroma import Vectors

STEPS = {
    "stage": (changes, "stage"),
    "upsert": (Vectors, "upsert"),
    "lexical": (Lexical, "update"),
    "confirm": (writer, "confirm"),
    "publish": (changes, "publish"),
    "delete": (Vectors, "delete"),
    "remove": (changes, "remove"),
    "settle": (changes, "settle"),
    "touch": (changes, "touch"),
}
"""The steps in which the store is written: whose, and their name."""


class KilledError(BaseException):
    """Stands for the end of the process: nothing catches it."""


def interrupt(
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,
    name: str,
    *,
    turn: int,
    done: bool,
    error: type[BaseException] = KilledError,
) -> list[str]:
    """Make ``owner.name`` fail once, the ``turn``th time it is called, with its work ``done`` or not."""
    real: Callable[..., Any] = getattr(owner, name)
    calls: list[str] = []

    def failing(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        if len(calls) == turn and not done:
            raise error("simulated")
        result = real(*args, **kwargs)
        if len(calls) == turn:
            raise error("simulated")
        return result

    monkeypatch.setattr(owner, name, failing)
    return calls
