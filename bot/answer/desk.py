"""The way of a question, from start to end: search, gate, engine, citations."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache

from bot.answer.answer import Answer, Citation, Disagreement
from bot.answer.check import cosines
from bot.answer.citations import CitationBook
from bot.answer.disagreement import find_contrasts
from bot.answer.engine import AnswerEngine, Draft, EngineAbstained, EngineError, Tally
from bot.answer.gate import enough_evidence
from bot.answer.question import QuestionError, clean_question
from bot.answer.rewriter import Rewriter, RuleRewriter
from bot.answer.standalone import Turn
from bot.answer.statements import Statement, statements
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
        rewritten = await self._rewriter.rewrite(question, turns, Tally()) if turns else None
        meant = rewritten or question
        timings = {"rewrite": time.perf_counter() - started} if turns else {}
        searching = time.perf_counter()
        hits = await asyncio.to_thread(self._library.search, meant, scopes, _HITS, filters)
        timings["search"] = time.perf_counter() - searching
        answer = Answer(question, rewritten, engine=self._engine.name, timings=timings)
        if not hits and not await asyncio.to_thread(self._library.count, scopes):
            raise QuestionError(EMPTY_LIBRARY)
        if not enough_evidence(meant, hits):
            yield _finish(_abstain(answer, hits), started)
            return
        latest = answer
        async for latest in self._write(answer, hits, scopes):
            yield latest
        yield _finish(latest if latest.sentences else _abstain(latest, hits), started)

    async def _write(self, answer: Answer, hits: Sequence[Hit], scopes: Sequence[str]) -> AsyncIterator[Answer]:
        """The answer growing: from the engine, or from the other one if the first had nothing to show."""
        latest = answer
        try:
            async for latest in _run(self._engine, answer, hits, self._library, scopes):
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
            async for latest in _run(self._fallback, quoting, hits, self._library, scopes):
                yield latest
        except EngineAbstained:
            yield replace(latest, notes=(reason,))


async def _run(
    engine: AnswerEngine, answer: Answer, hits: Sequence[Hit], library: Library, scopes: Sequence[str]
) -> AsyncIterator[Answer]:
    """The answer growing with each sentence that is supported; what was refused is written again once.

    What the articles say against it comes last.
    """
    question = answer.standalone or answer.question
    book, tally, before = CitationBook(question, hits, cosines(library.vectors)), Tally(), answer

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
    if answer.sentences and (found := await asyncio.to_thread(_contrast, question, book, hits, library, scopes)):
        yield replace(answer, disagreements=found, citations=book.citations, as_of=_newest(book.citations))


def _contrast(
    question: str, book: CitationBook, hits: Sequence[Hit], library: Library, scopes: Sequence[str]
) -> tuple[Disagreement, ...]:
    """Where the passages disagree with what the answer cites, each side cited too."""

    @cache
    def whole(article_id: str) -> str:
        article = library.article(scopes, article_id)
        return f"{article.title}\n{article.text}" if article else ""

    known = statements(hits)
    cited = [one for one in known if any(_holds(one, citation) for citation in book.citations)]
    found = []
    for contrast in find_contrasts(question, cited, known, library.vectors, whole):
        sides = [book.quote(side[0].draft(side[1:])) for side in contrast.sides]
        shown = tuple(side for side in sides if side)
        if len(shown) > 1:
            found.append(Disagreement(shown, contrast.superseded))
    return tuple(found)


def _holds(one: Statement, citation: Citation) -> bool:
    start = one.hit.passage.start + one.start
    return (
        citation.article_id == one.article.id and citation.start < start + len(one.text) and citation.end > start
    )


def _newest(citations: Sequence[Citation]) -> date | None:
    return max((one.published_at.date() for one in citations if one.published_at), default=None)


def _abstain(answer: Answer, hits: Sequence[Hit]) -> Answer:
    nearest: dict[str, ArticleRef] = {}
    for hit in hits:
        nearest.setdefault(hit.article.id, hit.article)
    return replace(answer, abstained=True, nearest=tuple(nearest.values())[:_NEAREST])


def _finish(answer: Answer, started: float) -> Answer:
    timings = {**answer.timings, "total": time.perf_counter() - started}
    return replace(answer, finished=True, timings=timings)
