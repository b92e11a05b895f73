"""The ladder for each sentence: the quote stands there, the facts are there, the judge agrees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from bot.answer.engines.engine import Draft
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.comparison.fact_check import states_facts
from bot.answer.evidence.judging.judge import Case, Judge, Verdict
from bot.answer.evidence.judging.sitting import Sitting
from bot.answer.evidence.locating import Found
from bot.answer.similarity import Likeness
from bot.chat.failures import ChatError
from bot.chat.usage import Tally
from index.told import tell

NOT_JUDGED = tell("No chat model could judge some sentences. The articles' own words are shown in their place.")
UNSUPPORTED = "the passage does not say so"
UNLIKE = "it has little in common with what is quoted"

LIKE = 2.0
"""Spreads above what has nothing to do with each other."""


class Checking:
    """Checks the drafts of one answer. ``unjudged`` tells that a verdict of the judge was missing."""

    def __init__(self, book: CitationBook, judge: Judge | None, tally: Tally, likeness: Likeness | None) -> None:
        """Without a ``judge`` only words of the articles are shown; ``likeness`` tells which are beside the point.

        What it costs is counted in ``tally``.
        """
        self.book = book
        self._likeness = likeness
        self.unjudged = False
        self._sitting = Sitting(judge, tally) if judge else None

    async def check(self, drafts: AsyncGenerator[Draft, None]) -> AsyncGenerator[Draft, None]:
        """Put each of ``drafts`` in the book or leave it out, and yield it as soon as that is settled.

        They are settled in any order; the book keeps them in their places. What ``drafts`` raises is raised when
        all that came before is settled.
        """
        failure: ChatError | None = None
        async with aclosing(drafts):
            reading: asyncio.Task[Draft | None] | None = asyncio.create_task(_next(drafts))
            pending: set[asyncio.Task[Draft]] = set()
            try:
                while reading or pending:
                    waiting: set[asyncio.Task[Any]] = {*pending, *([reading] if reading else [])}
                    done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                    for task in [one for one in pending if one in done]:
                        pending.discard(task)
                        yield task.result()
                    if reading in done:
                        try:
                            draft = reading.result()
                        except ChatError as error:
                            failure, draft = error, None
                        reading = None
                        if draft is None and self._sitting:
                            self._sitting.written()
                        if draft is not None:
                            reading = asyncio.create_task(_next(drafts))
                            if found := await asyncio.to_thread(self.book.find, draft):
                                pending.add(asyncio.create_task(self._settle(found)))
            finally:
                for one in (*pending, *([reading] if reading else [])):
                    one.cancel()
                await asyncio.gather(*pending, *([reading] if reading else []), return_exceptions=True)
                if self._sitting:
                    await self._sitting.close()
        if failure:
            raise failure

    async def _settle(self, found: Found) -> Draft:
        if found.verbatim:
            self.book.keep(found, speaker=True)
        elif not found.evidence or (found.refused and self._sitting):
            self.book.leave_out(found, found.missing)
        elif verdict := await self._judged(found):
            if verdict.supported:
                self.book.keep(found)
            else:
                reasons = [one for one in (*found.missing, verdict.reason) if one]
                self.book.leave_out(found, reasons or [UNSUPPORTED])
        elif await asyncio.to_thread(self._is_like, found):
            self.book.quote_instead(found)
        else:
            self.book.leave_out(found, [UNLIKE])
        return found.draft

    async def _judged(self, found: Found) -> Verdict | None:
        """What the judge says, or, where that goes against the rules, two of three times that it is asked.

        The rules are for a sentence with numbers or dates that its passages have, and against any other. None if
        verdicts are missing: one that lacks facts needs two for it, and one against another decides nothing.
        """
        if self._sitting is None:
            return None
        doubts = tuple(one.fact for one in found.lacking)
        backed = not doubts and states_facts(found.sentence, found.ground)
        case = Case(found.sentence.text, tuple(found.ground.hits), doubts)
        again = replace(case, asked=1)
        # A second verdict that is likely to be needed is asked for at once, so that nobody waits for it.
        at_once = [case, again] if self._sitting.has_room and not backed else [case]
        first, *others = await asyncio.gather(*map(self._sitting.ask, at_once))
        if (first is None and not others) or (first is not None and first.supported is backed):
            return self._counted(first)
        second = others[0] if others else await self._sitting.ask(again)
        if first is None or second is None:
            only = first or second
            return self._counted(None if doubts and only and only.supported else only)
        if second.supported is first.supported:
            return self._counted(second)
        objection = second.reason if first.supported else first.reason
        return self._counted(await self._sitting.ask(replace(case, asked=2, objection=objection)))

    def _counted(self, verdict: Verdict | None) -> Verdict | None:
        self.unjudged = self.unjudged or verdict is None
        return verdict

    def _is_like(self, found: Found) -> bool:
        """Whether what is quoted has to do with what nobody judged; what an attack demands has not."""
        quoted = [one.widened.text for one in found.evidence]
        return self._likeness is None or self._likeness.of_texts(found.sentence.text, quoted) >= LIKE


async def _next(drafts: AsyncGenerator[Draft, None]) -> Draft | None:
    return await anext(drafts, None)
