"""The way of a question, from start to end: search, gate, engine, citations."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from bot.answer.answer import Answer
from bot.answer.drafting import write_answer
from bot.answer.engines.engine import AnswerEngine, EngineAbstained, EngineError, Tally
from bot.answer.gate import QUOTED, WRITTEN, near_enough
from bot.answer.question.limits import QuestionError, clean_question
from bot.answer.question.parts import looked_for, parts_of
from bot.answer.question.question import Kind, Part, Question
from bot.answer.question.rewriter import Rewriter, RuleRewriter
from bot.answer.question.standalone import Turn
from bot.chat.budget import Asker, Budget
from index.article import ArticleRef
from index.library import Library
from index.search import Filters, Hit
from index.text.language import question_language

if TYPE_CHECKING:  # slow to import, and only needed with a chat model
    from bot.answer.rerank import Reranker
    from bot.answer.translate import Translator

_HITS = 10
_CANDIDATES = 30
"""Passages that are put in a better order, where a chat model does that."""
_NEAREST = 3

EMPTY_LIBRARY = (
    "There are no articles to answer from yet. Add some first: newsdesk index FOLDER, or in Discord /library add "
    "or /reindex."
)
FELL_BACK = "{reason} The articles are quoted instead."
UNSUPPORTED = "The articles did not support what the chat model wrote."
CUT_SHORT = "{reason} What was verified until then is shown."


@dataclass(frozen=True, slots=True)
class _Found:
    """What of a question can be answered (None if nothing), its passages, and the parts that can't be."""

    question: Question | None
    hits: Sequence[Hit]
    missing: tuple[str, ...]


class Desk:
    """Answers questions from a library, with one engine and another to fall back to."""

    def __init__(
        self,
        library: Library,
        engine: AnswerEngine,
        fallback: AnswerEngine,
        longest_question: int,
        rewriter: Rewriter | None = None,
        *,
        reranker: Reranker | None = None,
        translator: Translator | None = None,
        budget: Budget | None = None,
    ) -> None:
        """``longest_question`` is in characters. Without a ``rewriter``, follow-ups are rewritten by rule.

        Without a ``reranker`` passages keep the order of the search, without a ``translator`` quotes are shown in
        their own language only, and without a ``budget`` nothing is counted or capped.
        """
        self._library = library
        self._engine = engine
        self._fallback = fallback
        self._longest_question = longest_question
        self._rewriter = rewriter or RuleRewriter()
        self._reranker = reranker
        self._translator = translator
        self._budget = budget or Budget()

    async def ask(
        self,
        question: str,
        scopes: Sequence[str],
        filters: Filters = Filters(),
        turns: Sequence[Turn] = (),
        asker: Asker | None = None,
    ) -> AsyncIterator[Answer]:
        """Yield the answer as it grows; the last one is ``finished``.

        ``turns`` are what was asked and answered before in the same conversation, the oldest first. What is used
        is written down for ``asker``, and if their share is used up, the articles are quoted.
        Raises ``QuestionError`` for a question that can't be asked, or where there are no articles to ask.
        """
        tally = Tally()
        try:
            async with aclosing(self._answer(question, scopes, filters, turns, asker, tally)) as answers:
                async for answer in answers:
                    yield answer
        finally:  # also when whoever asked went away: what was used until then is paid for
            await asyncio.to_thread(self._budget.spend, asker, tally)

    async def _answer(
        self,
        question: str,
        scopes: Sequence[str],
        filters: Filters,
        turns: Sequence[Turn],
        asker: Asker | None,
        tally: Tally,
    ) -> AsyncGenerator[Answer, None]:
        started = time.perf_counter()
        asked = clean_question(question, self._longest_question)
        spent = await asyncio.to_thread(self._budget.check, asker)
        engine, rewriter, reranker, translator = (
            (self._fallback, RuleRewriter(), None, None)
            if spent
            else (self._engine, self._rewriter, self._reranker, self._translator)
        )
        timings: dict[str, float] = {}
        rewritten = await rewriter.rewrite(asked, turns, tally) if turns else None
        read = _read(asked, rewritten, filters)
        if turns:
            timings["rewrite"] = time.perf_counter() - started
        searching = time.perf_counter()
        found = await asyncio.to_thread(self._find, read, scopes, QUOTED if engine is self._fallback else WRITTEN)
        timings["search"] = time.perf_counter() - searching
        if not found.hits and not await asyncio.to_thread(self._library.count, scopes):
            raise QuestionError(EMPTY_LIBRARY)
        hits = found.hits
        if reranker and found.question:
            reranking = time.perf_counter()
            hits = await reranker.rerank(found.question.text, hits, tally)
            timings["rerank"] = time.perf_counter() - reranking
        capped = spent and found.question and self._engine is not self._fallback
        notes = (FELL_BACK.format(reason=spent),) if capped else ()
        latest = Answer(
            asked,
            read.standalone,
            missing=found.missing,
            kind=read.kind,
            filters=read.filters,
            engine=engine.name,
            notes=notes,
            timings=timings,
        )
        if found.question:
            async with aclosing(
                self._write(engine, found.question, latest, hits[:_HITS], scopes, tally)
            ) as growing:
                async for latest in growing:
                    yield latest
        latest = latest if latest.sentences else _abstain(latest, read, hits)
        if translator and latest.citations:
            translating = time.perf_counter()
            latest = await translator.translate(latest, tally)
            timings["translate"] = time.perf_counter() - translating
        timings["total"] = time.perf_counter() - started
        yield replace(latest, finished=True, timings=timings, usage=self._budget.usage(tally))

    def _find(self, question: Question, scopes: Sequence[str], least: float) -> _Found:
        """What the articles hold of the question, looked for part by part where it asks several things.

        Each part needs ``least`` evidence to be answered.
        """
        hits: list[list[Hit]] = []
        held: list[Part] = []
        depth = _CANDIDATES if self._reranker else _HITS
        for part in question.parts:
            near = self._library.search(part.meant, scopes, depth, question.filters)
            hits.append(near)
            if near_enough(part.meant, near[:_HITS], self._library, least):
                held.append(part)
        used = [near for part, near in zip(question.parts, hits, strict=True) if part in held] or hits
        if not held:
            return _Found(None, _in_turn(used), ())
        missing = tuple(part.asked for part in question.parts if part not in held)
        text = " ".join(part.meant for part in held) if missing else question.text
        return _Found(replace(question, text=text, parts=tuple(held)), _in_turn(used), missing)

    async def _write(
        self,
        engine: AnswerEngine,
        question: Question,
        answer: Answer,
        hits: Sequence[Hit],
        scopes: Sequence[str],
        tally: Tally,
    ) -> AsyncGenerator[Answer, None]:
        """The answer growing: from the engine, or from the other one if the first had nothing to show."""
        latest = answer
        try:
            async with aclosing(
                write_answer(engine, question, answer, hits, self._library, scopes, tally)
            ) as growing:
                async for latest in growing:
                    yield latest
        except EngineAbstained:
            return
        except EngineError as error:
            if latest.sentences:
                yield replace(latest, notes=(CUT_SHORT.format(reason=error),))
                return
            reason = str(error)
        else:
            if latest.sentences or not latest.left_out:
                return
            reason = UNSUPPORTED
        quoting = replace(latest, engine=self._fallback.name, notes=(FELL_BACK.format(reason=reason),))
        try:
            async for latest in write_answer(
                self._fallback, question, quoting, hits, self._library, scopes, tally
            ):
                yield latest
        except EngineAbstained:
            yield replace(latest, notes=(reason,))


def _read(asked: str, rewritten: str | None, filters: Filters) -> Question:
    text = rewritten or asked
    kind = Kind.FOLLOW_UP if rewritten else Kind.QUESTION
    return Question(asked, kind, text, tuple(parts_of(text)), filters, language=question_language(text))


def _in_turn(found: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The best of each part first, each passage once."""
    merged: dict[str, Hit] = {}
    for rank in zip_longest(*found):
        for hit in rank:
            if hit:
                merged.setdefault(hit.passage.id, hit)
    return list(merged.values())[: max(_HITS, *(map(len, found)))]


def _abstain(answer: Answer, question: Question, hits: Sequence[Hit]) -> Answer:
    return replace(
        answer,
        abstained=True,
        missing=(),
        nearest=_nearest(hits),
        looked_for=looked_for(question.text),
    )


def _nearest(hits: Sequence[Hit]) -> tuple[ArticleRef, ...]:
    return tuple(dict.fromkeys(hit.article for hit in hits))[:_NEAREST]
