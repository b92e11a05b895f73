"""The way of a question, from start to end: search, gate, engine, citations."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.answer.answer import Answer
from bot.answer.drafting import write_answer
from bot.answer.engines.engine import AnswerEngine, EngineAbstained
from bot.answer.finding import HITS, Found, find
from bot.answer.gate import QUOTED, WRITTEN
from bot.answer.question.limits import QuestionError
from bot.answer.question.parts import looked_for
from bot.answer.question.question import Kind, Question
from bot.answer.question.reading import Inquiry, RuleReader
from bot.answer.question.turn import Turn
from bot.chat.budget import Asker, Budget
from bot.chat.failures import ChatError
from bot.chat.usage import Tally
from index.library import Library
from index.search import Filters, Hit
from index.told import Told, tell, words_of

if TYPE_CHECKING:  # slow to import, and only needed with a chat model
    from bot.answer.disagreement.finder import ContrastFinder
    from bot.answer.evidence.judging.judge import Judge
    from bot.answer.question.model_reading import ModelReader
    from bot.answer.rerank import Reranker
    from bot.answer.translate import Translator

_CANDIDATES = 30
"""Passages that are put in a better order, where a chat model does that."""
_NEAREST = 3
_PLAIN = (Kind.QUESTION, Kind.CLAIM)
_ANSWERED = (*_PLAIN, Kind.FOLLOW_UP)
"""What is answered here, from the articles."""

EMPTY_LIBRARY = tell(
    "There are no articles to answer from yet. Add some first: newsdesk index FOLDER, or in Discord /library add "
    "or /reindex."
)
FELL_BACK = tell("{reason} The articles are quoted instead.")
UNSUPPORTED = tell("The articles did not support what the chat model wrote.")
CUT_SHORT = tell("{reason} What was verified until then is shown.")


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers questions from a library, with one engine and another to fall back to.

    ``rules`` read what is asked, and without a ``reader`` they alone do. Without a ``reranker`` passages keep the
    order of the search, without a ``translator`` quotes are shown in their own language only, without a ``judge``
    words alone are compared, without a ``finder`` articles are compared by rule.
    """

    library: Library
    engine: AnswerEngine
    fallback: AnswerEngine
    rules: RuleReader
    reader: ModelReader | None = None
    reranker: Reranker | None = None
    translator: Translator | None = None
    finder: ContrastFinder | None = None
    judge: Judge | None = None
    budget: Budget = field(default_factory=Budget)

    async def ask(
        self,
        message: str,
        scopes: Sequence[str],
        filters: Filters = Filters(),
        turns: Sequence[Turn] = (),
        asker: Asker | None = None,
        today: date | None = None,
        *,
        claim: bool = False,
        answer_in: str | None = None,
    ) -> AsyncGenerator[Answer, None]:
        """Yield the answer as it grows; the last one is ``finished``.

        ``turns`` are what was asked and answered before in the same conversation, the oldest first. What is used
        is written down for ``asker``, and if their share is used up, the articles are quoted. ``today`` is the day
        it is for them, UTC's if it isn't known. ``claim``: the message is to be checked, whatever it
        looks like. ``answer_in``: the language that a chat model writes, if not that of the question.

        A message that is no question gets an answer without sentences, whose ``kind`` tells what it is; that of a
        request for a summary, for news or about a link tells its ``subject`` and its ``links``: others fulfil it.

        Raises ``QuestionError`` for a question that can't be asked, or where there are no articles to ask.
        """
        tally = Tally()
        inquiry = Inquiry(message, scopes, today or datetime.now(UTC).date(), filters, turns, claim, answer_in)
        try:
            async with aclosing(self._answer(inquiry, asker, tally)) as answers:
                async for answer in answers:
                    yield answer
        finally:  # also when whoever asked went away: what was used until then is paid for
            await asyncio.to_thread(self.budget.spend, asker, tally)

    def read(self, inquiry: Inquiry) -> Question:
        """What a message asks, by rule. Raises ``QuestionError`` if it can't be asked."""
        return self.rules.read(inquiry)

    def concerns(self, message: str, scopes: Sequence[str], turns: Sequence[Turn] = ()) -> bool:
        """Whether a message that is addressed to nobody asks what the articles come near to.

        Read by rule, and held to what quoting is held to, so that it costs nothing and people are left alone.
        """
        try:
            question = self.read(Inquiry(message, scopes, datetime.now(UTC).date(), turns=turns))
        except QuestionError:
            return False
        if question.kind not in _ANSWERED:
            return False
        return self._find(question, scopes, QUOTED).question is not None

    async def _answer(self, inquiry: Inquiry, asker: Asker | None, tally: Tally) -> AsyncGenerator[Answer, None]:
        started = time.perf_counter()
        read = await asyncio.to_thread(self.rules.read, inquiry)
        question = replace(read, answer_in=inquiry.answer_in)
        timings = {"reading": time.perf_counter() - started}
        spent = await asyncio.to_thread(self.budget.check, asker)
        if spent or self.reader is None or question.kind is Kind.LINK or inquiry.claim:
            answers = self._respond(question, inquiry.scopes, spent, tally, timings)
        else:
            answers = self._reread(self.reader, question, inquiry, tally, timings)
        async with aclosing(answers) as growing:
            async for answer in growing:
                if answer.finished:
                    timings["total"] = time.perf_counter() - started
                    usage = self.budget.usage(tally)
                    yield replace(answer, timings=timings, usage=usage, calls=tally.calls)
                else:
                    yield answer

    async def _reread(
        self, reader: ModelReader, question: Question, inquiry: Inquiry, tally: Tally, timings: dict[str, float]
    ) -> AsyncGenerator[Answer, None]:
        """Answer what the chat model reads. What stands alone by rule gets a head start, so that where the model
        reads the same, nobody waits for its reading."""
        started = time.perf_counter()
        outlets = await asyncio.to_thread(self.library.outlets, inquiry.scopes)
        reading = asyncio.create_task(reader.read(inquiry, question, outlets, tally))
        growing = self._respond(question, inquiry.scopes, None, tally, timings)
        first = asyncio.ensure_future(anext(growing)) if question.kind in _PLAIN else None
        try:
            read = await reading
            timings["reading"] += time.perf_counter() - started
            if first and read == question:
                yield await first
                async for answer in growing:
                    yield answer
                return
        finally:
            for task in (reading, first):
                if task and not task.done():
                    task.cancel()
                    await asyncio.wait((task,))
            await growing.aclose()
        async with aclosing(self._respond(read, inquiry.scopes, None, tally, timings)) as answers:
            async for answer in answers:
                yield answer

    async def _respond(
        self,
        question: Question,
        scopes: Sequence[str],
        spent: Told | None,
        tally: Tally,
        timings: dict[str, float],
    ) -> AsyncGenerator[Answer, None]:
        """The answer to what was read; ``spent``: why no chat model may be asked, if none may."""
        latest = Answer(
            question.asked,
            question.standalone,
            kind=question.kind,
            filters=question.filters,
            subject=question.text,
            context=question.context,
            links=question.links,
        )
        if question.kind not in _ANSWERED:
            if question.kind is Kind.UNCLEAR:
                topics = await asyncio.to_thread(self.library.articles, scopes, "", _NEAREST)
                if not topics:
                    raise QuestionError(EMPTY_LIBRARY)
                latest = replace(latest, nearest=tuple(topics))
            yield replace(latest, finished=True)
            return
        engine, reranker, translator, finder = (
            (self.fallback, None, None, None)
            if spent
            else (self.engine, self.reranker, self.translator, self.finder)
        )
        searching = time.perf_counter()
        least = QUOTED if engine is self.fallback else WRITTEN
        found = await asyncio.to_thread(self._find, question, scopes, least)
        timings["search"] = time.perf_counter() - searching
        if not found.hits and not await asyncio.to_thread(self.library.count, scopes):
            raise QuestionError(EMPTY_LIBRARY)
        hits = found.hits
        if reranker and found.question:
            reranking = time.perf_counter()
            hits = await reranker.rerank(found.question.text, hits, tally)
            timings["rerank"] = time.perf_counter() - reranking
        capped = found.question and self.engine is not self.fallback
        notes = (FELL_BACK.given(reason=spent),) if spent and capped else ()
        latest = replace(latest, missing=found.missing, engine=engine.name, notes=notes)
        if found.question:
            async with aclosing(
                self._write(engine, found.question, latest, hits[:HITS], tally, finder)
            ) as growing:
                async for latest in growing:
                    yield latest
        latest = latest if latest.sentences else _abstain(latest, question, hits)
        if translator and latest.citations:
            translating = time.perf_counter()
            latest = await translator.translate(latest, tally, question.answer_in)
            timings["translate"] = time.perf_counter() - translating
        yield replace(latest, finished=True)

    def _find(self, question: Question, scopes: Sequence[str], least: float) -> Found:
        depth = _CANDIDATES if self.reranker else HITS
        return find(question, scopes, self.library, least, depth)

    async def _write(
        self,
        engine: AnswerEngine,
        question: Question,
        answer: Answer,
        hits: Sequence[Hit],
        tally: Tally,
        finder: ContrastFinder | None,
    ) -> AsyncGenerator[Answer, None]:
        """The answer growing: from the engine, or from the other one if the first had nothing to show."""
        latest = answer
        try:
            async with aclosing(
                write_answer(engine, question, answer, hits, self.library, tally, self.judge, finder)
            ) as growing:
                async for latest in growing:
                    yield latest
        except EngineAbstained:
            return
        except ChatError as error:
            if latest.sentences:
                yield replace(latest, notes=(*latest.notes, CUT_SHORT.given(reason=words_of(error))))
                return
            reason = words_of(error)
        else:
            if latest.sentences or not latest.left_out:
                return
            reason = UNSUPPORTED
        quoting = replace(latest, engine=self.fallback.name, notes=(FELL_BACK.given(reason=reason),))
        try:
            async for latest in write_answer(self.fallback, question, quoting, hits, self.library, tally):
                yield latest
        except EngineAbstained:
            yield replace(latest, notes=(reason,))


def _abstain(answer: Answer, question: Question, hits: Sequence[Hit]) -> Answer:
    return replace(
        answer,
        abstained=True,
        missing=(),
        nearest=tuple(dict.fromkeys(hit.article for hit in hits))[:_NEAREST],
        looked_for=looked_for(question.text),
    )
