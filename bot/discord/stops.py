"""Answers that are being written by this process, and can be stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.answer.answer import Answer
from bot.discord.pages import words
from index.errors import NewsdeskError


class Stops:
    """One switch for each delivery that is being written."""

    def __init__(self) -> None:
        self._switches: dict[str, asyncio.Event] = {}

    def stop(self, delivery_id: str) -> bool:
        """Stop writing it; whether it was being written."""
        switch = self._switches.get(delivery_id)
        if switch:
            switch.set()
        return switch is not None

    @contextmanager
    def switch(self, delivery_id: str) -> Iterator[asyncio.Event]:
        """What is set when somebody stops that delivery."""
        switch = self._switches[delivery_id] = asyncio.Event()
        try:
            yield switch
        finally:
            self._switches.pop(delivery_id, None)


async def stoppable(
    answers: Callable[[], AsyncGenerator[Answer, None]], switch: asyncio.Event
) -> AsyncGenerator[Answer, None]:
    """``answers`` up to when ``switch`` is set; what was written until then is then the answer.

    Raises ``NewsdeskError`` if nothing was.
    """
    growing = answers()
    stopped = asyncio.ensure_future(switch.wait())
    latest: Answer | None = None
    try:
        while True:
            step = asyncio.ensure_future(anext(growing, None))
            try:
                await asyncio.wait((step, stopped), return_when=asyncio.FIRST_COMPLETED)
            finally:
                if not step.done():
                    step.cancel()
                    await asyncio.wait((step,))
            if step.cancelled():
                break
            answer = step.result()
            if answer is None:
                return
            latest = answer
            yield answer
        if latest is None or not latest.sentences:
            raise NewsdeskError(words.STOPPED)
        yield replace(latest, finished=True, notes=(*latest.notes, words.STOPPED))
    finally:
        stopped.cancel()
        await growing.aclose()
