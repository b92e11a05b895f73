"""Summaries that a chat model writes, of any length: parts are read at once, then one reply tells the whole.

Map and reduce, as in Dean & Ghemawat 2004: a model names the points of each part; the passages that their quotes
stand in are what the next round reads, until they fit into one prompt. So the last reply, too, is
written from the articles' own words and not from another reply, and is checked against them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from functools import cache

from bot.answer.answer import Sentence, Unsupported
from bot.answer.engines.engine import AnswerEngine, Draft, EngineAbstained
from bot.answer.evidence.checking import NOT_JUDGED, Checking
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.judging.judge import Judge
from bot.answer.question.question import plain_question
from bot.answer.similarity import Likeness
from bot.chat.failures import ChatError
from bot.chat.usage import Tally
from bot.summary.summary import Estimate
from index.search import Hit
from index.text.antecedents import leans
from index.told import Told

PART_CHARACTERS = 12_000
"""What a part holds, its headers included: no more than ``generative.MAX_PASSAGE_CHARACTERS``."""

PARALLEL = 4
"""Calls of a chat model that run at once for one summary."""

State = Callable[[], Sequence[Draft]]
"""How things stand in the articles' own words, the lead first."""

_HEADER = 250
_CHARACTERS_A_TOKEN = 4
_PROMPT_TOKENS = 450
_REPLY_TOKENS = 350
# A part's verified points stand in about this share of its passages.
_KEPT = 0.4
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Written:
    """What has come of a summary: its verified points, and how many parts of how many are read."""

    points: tuple[Sentence, ...]
    book: CitationBook
    progress: tuple[int, int]
    unsupported: tuple[Unsupported, ...] = ()
    notes: tuple[Told | str, ...] = ()


class Writer:
    """Writes points from passages with a chat model."""

    def __init__(
        self,
        engine: AnswerEngine,
        mapper: AnswerEngine,
        judge: Judge | None = None,
        likeness: Likeness | None = None,
    ) -> None:
        """``engine`` writes the summary, ``mapper`` the points of a part.

        ``judge`` judges the points; without a verdict rules do, with ``likeness``.
        """
        self.engine = engine
        self._mapper = mapper
        self._judge = judge
        self._likeness = likeness

    async def write(
        self, title: str, hits: Sequence[Hit], count: int, tally: Tally, state: State = tuple
    ) -> AsyncGenerator[Written, None]:
        """The summary as it grows, up to ``count`` points. Raises ``ChatError`` and ``EngineAbstained``.

        The first of ``state`` is quoted where the model's own lead is refused. The passages that the state stands
        in are read to the last, whatever the model finds in their part.
        """
        state = cache(state)  # wanted in each round, and again where the model's own lead is refused
        done = total = 0
        for _ in range(_ROUNDS):
            parts = parts_of(hits)
            if len(parts) == 1:
                break
            total += len(parts)
            kept: dict[str, Hit] = {}
            async with aclosing(self._read_parts(title, parts, tally)) as reading:
                async for found in reading:
                    kept |= {hit.passage.id: hit for hit in found}
                    done += 1
                    yield Written((), CitationBook(()), (done, total))
            if not kept:
                raise EngineAbstained
            named = {claim.passage_id for draft in await asyncio.to_thread(state) for claim in draft.claims}
            kept |= {hit.passage.id: hit for hit in hits if hit.passage.id in named}
            remaining = [hit for hit in hits if hit.passage.id in kept]
            if len(remaining) == len(hits):  # nothing was gained, so the first part has to do
                break
            hits = remaining
        hits = parts_of(hits)[0]
        async with aclosing(self._tell(title, hits, count, tally, state)) as telling:
            async for points, book, unjudged in telling:
                notes = (NOT_JUDGED,) if unjudged else ()
                yield Written(points, book, (done, total), book.unsupported, notes)

    async def _tell(
        self, title: str, hits: Sequence[Hit], count: int, tally: Tally, state: State
    ) -> AsyncGenerator[tuple[tuple[Sentence, ...], CitationBook, bool], None]:
        """The points as each is settled; those refused are written again once, a lead refused twice is quoted."""
        book = CitationBook(hits)
        checking = Checking(book, self._judge, tally, self._likeness)
        question = plain_question(title)
        failure: ChatError | None = None
        try:
            async with aclosing(checking.check(self.engine.write(question, hits, tally))) as settled:
                async for _ in settled:
                    yield book.sentences[:count], book, checking.unjudged
        except ChatError as error:
            failure = error
        book.leave_out_leaning(leans)
        if not failure and (complaints := book.ask_again()):
            again = checking.check(self.engine.write(question, hits, tally, complaints))
            # Should the model fail now, or have nothing more to say, what the first try gave stands.
            with suppress(EngineAbstained, ChatError):
                async with aclosing(again) as settled:
                    async for _ in settled:
                        yield book.sentences[:count], book, checking.unjudged
            book.leave_out_leaning(leans)
        if book.sentences:
            for draft in (await asyncio.to_thread(state))[:1]:
                book.lead_with(draft)
        yield book.sentences[:count], book, checking.unjudged
        if failure:
            raise failure

    async def _read_parts(
        self, title: str, parts: Sequence[Sequence[Hit]], tally: Tally
    ) -> AsyncGenerator[list[Hit], None]:
        """For each part, as it is read, the hits in which its points were found."""
        room = asyncio.Semaphore(PARALLEL)

        async def read(part: Sequence[Hit]) -> list[Hit]:
            async with room:
                return await self._read(title, part, tally)

        tasks = [asyncio.ensure_future(read(part)) for part in parts]
        try:
            for task in asyncio.as_completed(tasks):
                yield await task
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self, title: str, part: Sequence[Hit], tally: Tally) -> list[Hit]:
        """The hits of a part with a quote that was found; these points choose passages, and are not shown."""
        book = CitationBook(part)
        quoted: set[str] = set()
        try:
            async with aclosing(self._mapper.write(plain_question(title), part, tally)) as drafts:
                async for draft in drafts:
                    if found := await asyncio.to_thread(book.find, draft):
                        quoted |= {one.hit.passage.id for one in found.evidence}
        except EngineAbstained:  # a part that holds nothing on the topic
            return []
        except ChatError:
            if not quoted:
                raise
        return [hit for hit in part if hit.passage.id in quoted]


def parts_of(hits: Sequence[Hit]) -> list[list[Hit]]:
    """``hits`` in order, in parts that each fit into one prompt."""
    parts: list[list[Hit]] = [[]]
    room = PART_CHARACTERS
    for hit in hits:
        size = len(hit.passage.text) + _HEADER
        if parts[-1] and size > room:
            parts.append([])
            room = PART_CHARACTERS
        parts[-1].append(hit)
        room -= size
    return parts


def estimate(hits: Sequence[Hit]) -> Estimate:
    """The calls and tokens that a summary of ``hits`` takes, roughly; more parts take more rounds."""
    calls = characters = 0
    sizes = [len(hit.passage.text) + _HEADER for hit in hits]
    parts, size = len(parts_of(hits)), sum(sizes)
    while parts > 1:
        calls, characters = calls + parts, characters + size
        parts, size = max(1, int(parts * _KEPT)), int(size * _KEPT)
    calls, characters = calls + 1, characters + min(size, PART_CHARACTERS)
    return Estimate(calls, characters // _CHARACTERS_A_TOKEN + calls * _PROMPT_TOKENS, calls * _REPLY_TOKENS)
