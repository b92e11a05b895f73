"""Showing something that grows by editing one message, within Discord's budget of edits.

Discord allows about five edits in five seconds a channel, and discord.py waits when told to. Editing once a
second, and sharing that second among the messages that grow in one channel, stays below it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

Shown = TypeVar("Shown")

SECONDS_BETWEEN_EDITS = 1.1


@dataclass
class Pace:
    """How often messages may be edited; one for the whole bot. Clock and sleep are in seconds."""

    interval: float = SECONDS_BETWEEN_EDITS
    clock: Callable[[], float] | None = None
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    _growing: Counter[Hashable] = field(default_factory=Counter)

    def now(self) -> float:
        """Seconds on a clock that never goes back."""
        return self.clock() if self.clock else asyncio.get_running_loop().time()

    def seconds(self, budget: Hashable) -> float:
        """How far apart the edits of one message must be now, given what else grows on the same ``budget``."""
        return self.interval * max(1, self._growing[budget])

    @contextmanager
    def share(self, budget: Hashable) -> Iterator[None]:
        """Count one more growing message against ``budget`` (a channel, an interaction)."""
        self._growing[budget] += 1
        try:
            yield
        finally:
            self._growing[budget] -= 1
            if not self._growing[budget]:
                del self._growing[budget]


async def show_growing(
    snapshots: AsyncIterator[Shown],
    edit: Callable[[Shown], Awaitable[object]],
    budget: Hashable,
    pace: Pace,
) -> Shown | None:
    """Show ``snapshots`` through ``edit`` while they come; when edits are due less often, the latest wins.

    Returns the last one, which is left to the caller to show, after the editing has stopped; None if there is
    none. Edits never overlap. What ``edit`` and ``snapshots`` raise goes to the caller, the former at the next
    snapshot.
    """
    latest: list[Shown] = []
    due = pace.now() + pace.seconds(budget)  # the message itself was sent just now
    editing = asyncio.Lock()
    editor: asyncio.Task[None] | None = None

    async def catch_up() -> None:
        nonlocal due
        shown: list[Shown] = []
        while shown != latest:
            await pace.sleep(max(0.0, due - pace.now()))
            async with editing:
                shown = latest.copy()
                await edit(shown[-1])
            due = pace.now() + pace.seconds(budget)

    with pace.share(budget):
        try:
            try:
                async for snapshot in snapshots:
                    latest[:] = [snapshot]
                    if editor is None or editor.done():
                        if editor:
                            editor.result()
                        editor = asyncio.create_task(catch_up())
            except Exception:
                async with editing:  # not in the middle of an edit; who cancels doesn't wait
                    raise
            async with editing:
                pass
        finally:
            if editor:  # its own error, if any, matters no more
                editor.cancel()
                await asyncio.wait([editor])
                _ = editor.cancelled() or editor.exception()
    return latest[-1] if latest else None
