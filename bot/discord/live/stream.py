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
    """How often messages may be edited; one for the whole bot. Clock and sleep are in seconds.

    ``moving``: whether what is shown moves where nothing new comes.
    """

    interval: float = SECONDS_BETWEEN_EDITS
    clock: Callable[[], float] | None = None
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    moving: bool = True
    _growing: Counter[Hashable] = field(default_factory=Counter)

    def now(self) -> float:
        """Seconds on a clock that never goes back."""
        return self.clock() if self.clock else asyncio.get_running_loop().time()

    def seconds(self, budget: Hashable) -> float:
        """How far apart the edits of one message must be now, given what else grows on the same ``budget``."""
        return self.interval * max(1, self._growing[budget])

    def alone(self, budget: Hashable) -> bool:
        """Whether nothing else grows on that ``budget``."""
        return self._growing[budget] == 1

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
    first: Shown | None = None,
    moved: Callable[[Shown, int], Shown] = lambda shown, _: shown,
) -> Shown | None:
    """Show ``snapshots`` through ``edit`` while they come; when edits are due less often, the latest wins.

    While none comes, what was shown last (``first`` is shown already) is shown as it is ``moved`` so many steps
    later: the same where nothing moves.

    Returns the last one, which is left to the caller to show, after the editing has stopped; None if there is
    none. Edits never overlap. What ``edit`` and ``snapshots`` raise goes to the caller, the former at the next
    snapshot.
    """
    latest = [] if first is None else [first]
    shown = latest.copy()
    due = pace.now() + pace.seconds(budget)  # the message itself was sent just now
    editing = asyncio.Lock()

    def at_rest() -> bool:
        moves = pace.moving and shown and moved(shown[-1], 1) is not shown[-1]
        return shown == latest and not moves

    async def keep_up() -> None:
        nonlocal due
        step = 0
        while not at_rest():
            await pace.sleep(max(0.0, due - pace.now()))
            began = pace.now()  # Discord counts from when a call arrives, however long its reply takes
            if shown != latest or pace.alone(budget):  # the others' words come before what only moves
                async with editing:
                    step = step + 1 if shown == latest else 0
                    shown[:] = latest
                    await edit(moved(shown[-1], step))
            due = began + pace.seconds(budget)

    with pace.share(budget):
        editor = asyncio.create_task(keep_up())
        try:
            try:
                async for snapshot in snapshots:
                    latest[:] = [snapshot]
                    if editor.done():
                        editor.result()
                        editor = asyncio.create_task(keep_up())
            except Exception:
                async with editing:  # not in the middle of an edit; who cancels doesn't wait
                    raise
            async with editing:
                pass
        finally:
            editor.cancel()
            await asyncio.wait([editor])
            _ = editor.cancelled() or editor.exception()  # its own error, if any, matters no more
    return latest[-1] if latest else None
