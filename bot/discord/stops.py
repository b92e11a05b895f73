"""Answers that are being written by this process, and can be stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bot.answer.answer import Answer
from bot.discord.words import labels
from index.errors import NewsdeskError


class Switch:
    """Stops what one task waits for, as ``asyncio.timeout`` does."""

    def __init__(self) -> None:
        self.flipped = False
        self._waiting: asyncio.Task[Any] | None = None

    def flip(self) -> None:
        """End the wait that goes on, if one does, and let none begin any more."""
        self.flipped = True
        if self._waiting:
            self._waiting.cancel()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """What is awaited within ends when the switch is flipped; others who cancel the task do so still."""
        task = asyncio.current_task()
        assert task is not None
        before, flipped_before = task.cancelling(), self.flipped
        self._waiting = task
        try:
            yield
        except asyncio.CancelledError:
            if flipped_before or not self.flipped or task.uncancel() > before:
                raise
        finally:
            self._waiting = None


class Stops:
    """One switch for each delivery that is being written."""

    def __init__(self) -> None:
        self._switches: dict[str, Switch] = {}

    def stop(self, delivery_id: str) -> bool:
        """Stop writing it; whether it was being written."""
        switch = self._switches.get(delivery_id)
        if switch:
            switch.flip()
        return switch is not None

    @contextmanager
    def switch(self, delivery_id: str) -> Iterator[Switch]:
        """What is flipped when somebody stops that delivery."""
        switch = self._switches[delivery_id] = Switch()
        try:
            yield switch
        finally:
            self._switches.pop(delivery_id, None)


async def stoppable(
    answers: Callable[[], AsyncGenerator[Answer, None]], switch: Switch
) -> AsyncGenerator[Answer, None]:
    """``answers`` up to when ``switch`` is flipped; what was written until then is then the answer.

    Raises ``NewsdeskError`` if nothing was.
    """
    growing = answers()
    latest: Answer | None = None
    try:
        while not switch.flipped:
            answer: Answer | None = None
            with switch.waiting():
                answer = await anext(growing, None)
            if answer is None:
                break
            latest = answer
            yield answer
    finally:
        await growing.aclose()
    if not switch.flipped or (latest and latest.finished):
        return
    if latest is None or not latest.sentences:
        raise NewsdeskError(labels.STOPPED())
    yield replace(latest, finished=True, notes=(*latest.notes, labels.STOPPED()))
