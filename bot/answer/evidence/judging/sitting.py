"""The judge at work on one answer: sentences that end close together share a call; not too many run at once.

Sentences with facts that the rules don't find have calls of their own: they may come from a passage that was
written to lead a model astray, and a judge that is taken in by it would be so for all that it reads with it. So
have those that are put otherwise.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain

from bot.answer.evidence.judging.judge import Case, Judge, Verdict
from bot.chat.usage import Tally

GATHERING_SECONDS = 0.05
"""How long a call waits for the sentences that follow close behind."""

SENTENCES_A_CALL = 6

_Sort = tuple[bool, bool]
"""Whether sentences have facts that the rules don't find, and whether they are put otherwise."""


class Sitting:
    """Puts cases to a judge; used in one event loop, for one answer.

    ``has_room``: it makes several calls at once, so that one on the chance that it is needed holds up no other.
    """

    def __init__(self, judge: Judge, tally: Tally) -> None:
        self._judge = judge
        self._tally = tally
        self._waiting: defaultdict[_Sort, list[tuple[Case, asyncio.Future[Verdict | None]]]] = defaultdict(list)
        self._calls: set[asyncio.Task[None]] = set()
        self._open = asyncio.Event()
        self.has_room = judge.calls > 1
        if self.has_room:  # a server that works on one request at a time is still writing the answer
            self._open.set()

    def written(self) -> None:
        """The model that writes is done: a judge of one call at a time may begin."""
        self._open.set()

    async def ask(self, case: Case) -> Verdict | None:
        """The verdict on ``case``; None if there is none."""
        verdict = asyncio.get_running_loop().create_future()
        sort = bool(case.doubts), case.asked > 0
        self._waiting[sort].append((case, verdict))
        if len(self._waiting[sort]) % SENTENCES_A_CALL == 1:
            call = asyncio.create_task(self._call(sort))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)
        found: Verdict | None = await verdict
        return found

    async def close(self) -> None:
        """Give up what is under way."""
        for call in list(self._calls):
            call.cancel()
            with suppress(asyncio.CancelledError):
                await call
        for _, verdict in chain(*self._waiting.values()):
            if not verdict.done():
                verdict.set_result(None)

    async def _call(self, sort: _Sort) -> None:
        await asyncio.sleep(GATHERING_SECONDS)
        await self._open.wait()
        async with self._judge.room:
            waiting = self._waiting[sort]
            now, self._waiting[sort] = waiting[:SENTENCES_A_CALL], waiting[SENTENCES_A_CALL:]
            verdicts: Sequence[Verdict | None] = [None] * len(now)
            try:
                verdicts = await self._judge.judge([case for case, _ in now], self._tally) if now else ()
            finally:
                for (_, asked), verdict in zip(now, verdicts, strict=True):
                    if not asked.done():
                        asked.set_result(verdict)
