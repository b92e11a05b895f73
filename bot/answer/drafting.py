"""From an engine's drafts to an answer that grows: each sentence is checked before anybody sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import date

from bot.answer.answer import Answer, Citation
from bot.answer.disagreement.finder import ContrastFinder
from bot.answer.disagreement.sides import shown, sides
from bot.answer.engines.engine import AnswerEngine, EngineAbstained
from bot.answer.evidence.checking import NOT_JUDGED, Checking
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.judging.judge import Judge
from bot.answer.question.question import Question
from bot.answer.similarity import Likeness
from bot.chat.failures import ChatError
from bot.chat.usage import Tally
from index.library import Library
from index.search import Hit


async def write_answer(
    engine: AnswerEngine,
    question: Question,
    answer: Answer,
    hits: Sequence[Hit],
    library: Library,
    tally: Tally,
    judge: Judge | None = None,
    finder: ContrastFinder | None = None,
) -> AsyncGenerator[Answer, None]:
    """The answer growing with each sentence that is supported; what was refused is written again once.

    What the articles say against each other comes last: as ``finder`` sees it, or by rule if it can't.
    """
    book, before = CitationBook(hits), answer
    # Where other parts of the question stay unanswered, what is answered has its heading as they have.
    answered = " ".join(part.own for part in question.parts) if answer.missing else ""
    checking = Checking(book, judge, tally, Likeness(library))

    def grown() -> Answer:
        citations = book.citations
        return replace(
            before,
            sentences=tuple(replace(one, part=one.part or answered) for one in book.sentences),
            citations=citations,
            unsupported=(*before.unsupported, *book.unsupported),
            fabricated=before.fabricated + book.fabricated,
            misattributed=before.misattributed + book.misattributed,
            as_of=_newest(citations),
            notes=(*before.notes, NOT_JUDGED) if checking.unjudged else before.notes,
        )

    async with aclosing(checking.check(engine.write(question, hits, tally))) as settled:
        async for _ in settled:
            answer = grown()
            yield answer
    if complaints := book.ask_again():
        # Should the model fail now, or have nothing more to say, what the first try gave stands.
        again = checking.check(engine.write(question, hits, tally, complaints))
        with suppress(EngineAbstained, ChatError):
            async with aclosing(again) as settled:
                async for _ in settled:
                    answer = grown()
                    yield answer
    if answer.sentences:
        seen = await finder.find(question.text, hits, tally) if finder else None
        found = await asyncio.to_thread(sides, question, book, hits) if seen is None else shown(seen, book)
        if found:
            yield replace(answer, disagreements=found, citations=book.citations, as_of=_newest(book.citations))


def _newest(citations: Sequence[Citation]) -> date | None:
    return max((one.published_at.date() for one in citations if one.published_at), default=None)
