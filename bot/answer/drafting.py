"""From an engine's drafts to an answer that grows: each sentence is checked before anybody sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import date
from typing import cast

from bot.answer.answer import Answer, Citation
from bot.answer.disagreement.sides import sides
from bot.answer.engines.engine import AnswerEngine, Draft, EngineAbstained, EngineError, Tally
from bot.answer.evidence.citations import CitationBook
from bot.answer.question.question import Question
from index.library import Library
from index.search import Hit


async def write_answer(
    engine: AnswerEngine,
    question: Question,
    answer: Answer,
    hits: Sequence[Hit],
    library: Library,
    scopes: Sequence[str],
    tally: Tally,
) -> AsyncGenerator[Answer, None]:
    """The answer growing with each sentence that is supported; what was refused is written again once.

    What the articles say against it comes last.
    """
    book, before = CitationBook(question.text, hits, library), answer

    async def check(draft: Draft) -> Answer:
        sentence = await asyncio.to_thread(book.add, draft)
        return replace(
            answer,
            sentences=(*answer.sentences, sentence) if sentence else answer.sentences,
            citations=book.citations,
            left_out=before.left_out + book.left_out,
            fabricated=before.fabricated + book.fabricated,
            misattributed=before.misattributed + book.misattributed,
            as_of=_newest(book.citations),
        )

    async with aclosing(_generator(engine.write(question, hits, tally))) as drafts:
        async for draft in drafts:
            answer = await check(draft)
            yield answer
    if book.complaints:
        # Should the model fail now, or have nothing more to say, what the first try gave stands.
        with suppress(EngineAbstained, EngineError):
            async with aclosing(_generator(engine.write(question, hits, tally, book.retry()))) as drafts:
                async for draft in drafts:
                    answer = await check(draft)
                    yield answer
    if answer.sentences and (found := await asyncio.to_thread(sides, question, book, hits, library, scopes)):
        yield replace(answer, disagreements=found, citations=book.citations, as_of=_newest(book.citations))


def _newest(citations: Sequence[Citation]) -> date | None:
    return max((one.published_at.date() for one in citations if one.published_at), default=None)


def _generator(drafts: AsyncIterator[Draft]) -> AsyncGenerator[Draft, None]:
    """``drafts`` as what every engine's ``write`` makes: its type promises no more than an iterator."""
    return cast("AsyncGenerator[Draft, None]", drafts)
