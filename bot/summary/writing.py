"""Summaries that a chat model writes, of any length: parts are read at once, then one reply tells the whole.

Map and reduce, as in Dean & Ghemawat 2004: a model names the points of each part; the passages behind those
that were verified are what the next round reads, until they fit into one prompt. So the last reply, too, is
written from the articles' own words and not from another reply, and is checked against them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import cast

from bot.answer.answer import Sentence, Unsupported
from bot.answer.engines.engine import AnswerEngine, Draft, EngineAbstained, EngineError, Tally
from bot.answer.evidence.checking import NOT_JUDGED, Checking
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.judge import Judge
from bot.answer.question.question import plain_question
from bot.summary.summary import Estimate
from index.search import Hit

PART_CHARACTERS = 12_000
"""What a part holds, its headers included: no more than ``generative.MAX_PASSAGE_CHARACTERS``."""

PARALLEL = 4
"""Calls of a chat model that run at once for one summary."""

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
    notes: tuple[str, ...] = ()


class Writer:
    """Writes points from passages with a chat model."""

    def __init__(self, engine: AnswerEngine, mapper: AnswerEngine, judge: Judge | None = None) -> None:
        """``engine`` writes the summary, ``mapper`` the points of a part; ``judge`` judges the points."""
        self.engine = engine
        self._mapper = mapper
        self._judge = judge

    async def write(
        self, title: str, hits: Sequence[Hit], count: int, tally: Tally
    ) -> AsyncGenerator[Written, None]:
        """The summary as it grows, up to ``count`` points. Raises ``EngineError`` and ``EngineAbstained``."""
        done = total = 0
        dropped: tuple[Unsupported, ...] = ()
        for _ in range(_ROUNDS):
            parts = parts_of(hits)
            if len(parts) == 1:
                break
            total += len(parts)
            kept: dict[str, Hit] = {}
            async with aclosing(self._read_parts(title, parts, tally)) as reading:
                async for found, refused in reading:
                    kept |= {hit.passage.id: hit for hit in found}
                    dropped += refused
                    done += 1
                    yield Written((), CitationBook(()), (done, total), dropped)
            if not kept:
                raise EngineAbstained
            remaining = [hit for hit in hits if hit.passage.id in kept]
            if len(remaining) == len(hits):  # nothing was gained, so the first part has to do
                break
            hits = remaining
        hits = parts_of(hits)[0]
        book = CitationBook(hits)
        checking = Checking(book, self._judge, tally)
        # Every engine's write is a generator; its type only promises an iterator, which can't be closed.
        stream = cast("AsyncGenerator[Draft, None]", self.engine.write(plain_question(title), hits, tally))
        async with aclosing(checking.check(stream)) as settled:
            async for _ in settled:
                points = book.sentences[:count]
                notes = (NOT_JUDGED,) if checking.unjudged else ()
                yield Written(points, book, (done, total), (*dropped, *book.unsupported), notes)
                if len(points) == count:
                    return

    async def _read_parts(
        self, title: str, parts: Sequence[Sequence[Hit]], tally: Tally
    ) -> AsyncGenerator[tuple[list[Hit], tuple[Unsupported, ...]], None]:
        """For each part, as it is read, the hits behind its verified points, and how many points were dropped."""
        room = asyncio.Semaphore(PARALLEL)

        async def read(part: Sequence[Hit]) -> tuple[list[Hit], tuple[Unsupported, ...]]:
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

    async def _read(
        self, title: str, part: Sequence[Hit], tally: Tally
    ) -> tuple[list[Hit], tuple[Unsupported, ...]]:
        """Compared word by word only: these points choose passages, and are not shown."""
        book = CitationBook(part)
        stream = cast("AsyncGenerator[Draft, None]", self._mapper.write(plain_question(title), part, tally))
        try:
            async with aclosing(Checking(book, None, tally).check(stream)) as settled:
                async for _ in settled:
                    pass
        except EngineAbstained:  # a part that holds nothing on the topic
            return [], ()
        except EngineError:
            if not book.citations:
                raise
        cited = {citation.passage_id for citation in book.citations}
        return [hit for hit in part if hit.passage.id in cited], book.unsupported


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
