"""The way of a question, from start to end: search, gate, engine, citations."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from bot.answer.answer import Answer, Citation, Usage
from bot.answer.check import cosines
from bot.answer.citations import CitationBook
from bot.answer.engine import AnswerEngine, Draft, EngineAbstained, EngineError, Tally
from bot.answer.gate import answerable
from bot.answer.parts import Part, looked_for, parts_of
from bot.answer.question import QuestionError, clean_question
from bot.answer.rewriter import Rewriter, RuleRewriter
from bot.answer.sides import sides
from bot.answer.standalone import Turn
from index.article import ArticleRef
from index.library import Library
from index.search import Filters, Hit

_HITS = 10
_NEAREST = 3

EMPTY_LIBRARY = (
    "There are no articles to answer from yet. Add some first: newsdesk index FOLDER, or /reindex in Discord."
)
FELL_BACK = "{reason} The articles are quoted instead."
UNSUPPORTED = "The articles did not support what the chat model wrote."
CUT_SHORT = "{reason} What was verified until then is shown."


@dataclass(frozen=True, slots=True)
class _Found:
    """What of a question can be answered (nothing if empty), its passages, and the parts that can't be."""

    question: str
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
    ) -> None:
        """``longest_question`` is in characters. Without a ``rewriter``, follow-ups are rewritten by rule."""
        self._library = library
        self._engine = engine
        self._fallback = fallback
        self._longest_question = longest_question
        self._rewriter = rewriter or RuleRewriter()

    async def ask(
        self,
        question: str,
        scopes: Sequence[str],
        filters: Filters = Filters(),
        turns: Sequence[Turn] = (),
    ) -> AsyncIterator[Answer]:
        """Yield the answer as it grows; the last one is ``finished``.

        ``turns`` are what was asked and answered before in the same conversation, the oldest first.
        Raises ``QuestionError`` for a question that can't be asked, or where there are no articles to ask.
        """
        started = time.perf_counter()
        question = clean_question(question, self._longest_question)
        tally = Tally()
        rewritten = await self._rewriter.rewrite(question, turns, tally) if turns else None
        meant = rewritten or question
        timings = {"rewrite": time.perf_counter() - started} if turns else {}
        searching = time.perf_counter()
        found = await asyncio.to_thread(self._find, meant, scopes, filters)
        timings["search"] = time.perf_counter() - searching
        answer = Answer(question, rewritten, missing=found.missing, engine=self._engine.name, timings=timings)
        if not found.hits and not await asyncio.to_thread(self._library.count, scopes):
            raise QuestionError(EMPTY_LIBRARY)
        latest = answer
        if found.question:
            async for latest in self._write(found.question, answer, found.hits, scopes, tally):
                yield latest
        latest = latest if latest.sentences else _abstain(latest, meant, found.hits)
        yield _finish(latest, tally, started)

    def _find(self, meant: str, scopes: Sequence[str], filters: Filters) -> _Found:
        """What the articles hold of the question, looked for part by part where it asks several things."""
        hits: list[list[Hit]] = []
        held: list[Part] = []
        parts = parts_of(meant)
        for part in parts:
            near = self._library.search(part.meant, scopes, _HITS, filters)
            hits.append(near)
            if answerable(part.meant, near, self._library.similarities):
                held.append(part)
        missing = tuple(part.asked for part in parts if part not in held) if held else ()
        asked = meant if len(held) == len(parts) else " ".join(part.meant for part in held)
        used = [near for part, near in zip(parts, hits, strict=True) if part in held] or hits
        return _Found(asked, _in_turn(used), missing)

    async def _write(
        self, question: str, answer: Answer, hits: Sequence[Hit], scopes: Sequence[str], tally: Tally
    ) -> AsyncIterator[Answer]:
        """The answer growing: from the engine, or from the other one if the first had nothing to show."""
        latest = answer
        try:
            async for latest in _run(self._engine, question, answer, hits, self._library, scopes, tally):
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
            async for latest in _run(self._fallback, question, quoting, hits, self._library, scopes, tally):
                yield latest
        except EngineAbstained:
            yield replace(latest, notes=(reason,))


async def _run(
    engine: AnswerEngine,
    question: str,
    answer: Answer,
    hits: Sequence[Hit],
    library: Library,
    scopes: Sequence[str],
    tally: Tally,
) -> AsyncIterator[Answer]:
    """The answer growing with each sentence that is supported; what was refused is written again once.

    What the articles say against it comes last.
    """
    book, before = CitationBook(question, hits, cosines(library.vectors)), answer

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

    async for draft in engine.write(question, hits, tally):
        answer = await check(draft)
        yield answer
    if book.complaints:
        # Should the model fail now, or have nothing more to say, what the first try gave stands.
        with suppress(EngineAbstained, EngineError):
            async for draft in engine.write(question, hits, tally, book.retry()):
                answer = await check(draft)
                yield answer
    if answer.sentences and (found := await asyncio.to_thread(sides, question, book, hits, library, scopes)):
        yield replace(answer, disagreements=found, citations=book.citations, as_of=_newest(book.citations))


def _newest(citations: Sequence[Citation]) -> date | None:
    return max((one.published_at.date() for one in citations if one.published_at), default=None)


def _in_turn(found: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The best of each part first, each passage once."""
    merged: dict[str, Hit] = {}
    for rank in zip_longest(*found):
        for hit in rank:
            if hit:
                merged.setdefault(hit.passage.id, hit)
    return list(merged.values())[: max(_HITS, *(map(len, found)))]


def _abstain(answer: Answer, question: str, hits: Sequence[Hit]) -> Answer:
    nearest: dict[str, ArticleRef] = {}
    for hit in hits:
        nearest.setdefault(hit.article.id, hit.article)
    return replace(
        answer,
        abstained=True,
        missing=(),
        nearest=tuple(nearest.values())[:_NEAREST],
        looked_for=looked_for(question),
    )


def _finish(answer: Answer, tally: Tally, started: float) -> Answer:
    timings = {**answer.timings, "total": time.perf_counter() - started}
    read, written = (sum(counts[kind] for counts in tally.tokens.values()) for kind in (0, 1))
    return replace(answer, finished=True, timings=timings, usage=Usage(read, written))
