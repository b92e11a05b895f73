"""Summaries of one article: a few points, each with the passage that says it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from bot.answer.answer import Citation, Sentence
from bot.answer.citations import CitationBook
from bot.answer.engine import AnswerEngine, Claim, Draft, EngineAbstained, EngineError, Tally
from bot.answer.quotes import long_enough
from bot.answer.speakers import speakers
from bot.salience import most_salient
from index.article import Article, ArticleRef, Passage
from index.errors import NewsdeskError
from index.library import Library
from index.search import Hit
from index.sentences import split_sentences

POINTS = 5
_LONGEST_SENTENCE = 400
# The passages that a chat model reads at most, from the start of the article.
_MODEL_PASSAGES = 40

FELL_BACK = "{reason} The article is quoted instead."
CUT_SHORT = "{reason} What was verified until then is shown."
UNSUPPORTED = "The article did not support what the chat model wrote."


class SummaryError(NewsdeskError):
    """There is nothing to summarise."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary, whole or still growing; the fields mean what they mean in ``Answer``."""

    article: ArticleRef
    points: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    engine: str = "extractive"
    notes: tuple[str, ...] = ()
    left_out: int = 0
    finished: bool = False


class Summariser:
    """Summarises articles of a library, with a chat model if there is one, and by quoting if not."""

    def __init__(self, library: Library, engine: AnswerEngine | None) -> None:
        """``engine`` writes points when asked to summarise; None: quote the article."""
        self._library = library
        self._engine = engine

    async def summarise(self, article_id: str, scopes: Sequence[str]) -> AsyncIterator[Summary]:
        """Yield the summary as it grows; the last one is ``finished``.

        Raises ``SummaryError`` if ``scopes`` may not see an article of that id, or it has no sentences.
        """
        article = await asyncio.to_thread(self._library.article, scopes, article_id)
        if article is None:
            raise SummaryError(f"There is no article {article_id!r} in the library.")
        passages = await asyncio.to_thread(self._library.passages, scopes, article_id)
        hits = [Hit(passage, article.ref, 0.0, 0.0, 0.0) for passage in passages]
        summary = Summary(article.ref)
        if self._engine is not None:
            try:
                async for summary in _write(self._engine, article, hits[:_MODEL_PASSAGES]):
                    yield summary
            except EngineError as error:
                if summary.points:
                    yield replace(summary, notes=(CUT_SHORT.format(reason=error),), finished=True)
                    return
                summary = replace(summary, notes=(FELL_BACK.format(reason=error),))
            except EngineAbstained:
                pass
            else:
                if not summary.points and summary.left_out:
                    summary = replace(summary, notes=(FELL_BACK.format(reason=UNSUPPORTED),))
        if not summary.points:
            quoted = await asyncio.to_thread(self._quote, article, hits)
            summary = replace(quoted, notes=summary.notes, left_out=summary.left_out)
        if not summary.points:
            raise SummaryError(f"{article.title!r} has no whole sentence to quote.")
        yield replace(summary, finished=True)

    def _quote(self, article: Article, hits: Sequence[Hit]) -> Summary:
        book = CitationBook(article.title, hits)
        drafts = self.choose([hit.passage for hit in hits], article.language)
        points = [sentence for draft in drafts if (sentence := book.add(draft))]
        return Summary(article.ref, tuple(points), book.citations)

    def choose(self, passages: Sequence[Passage], language: str | None, count: int = POINTS) -> list[Draft]:
        """The ``count`` sentences that say most of what the article says, in the article's order."""
        drafts: list[Draft] = []
        for passage in passages:
            spans = split_sentences(passage.text, language)
            for (start, end), speaker in zip(spans, speakers(passage.text, spans), strict=True):
                if long_enough(text := passage.text[start:end]):
                    drafts.append(Draft(text, (Claim(passage.id, text),), speaker))
        # A sentence that long makes no point; but where there are only such, they are the article.
        drafts = [draft for draft in drafts if len(draft.text) <= _LONGEST_SENTENCE] or drafts
        if not drafts:
            return []
        texts = [draft.text for draft in drafts]
        chosen = most_salient(texts, self._library.vectors(texts), count)
        return [drafts[index] for index in sorted(chosen)]


async def _write(engine: AnswerEngine, article: Article, hits: Sequence[Hit]) -> AsyncIterator[Summary]:
    book = CitationBook(article.title, hits)
    points: list[Sentence] = []
    async for draft in engine.write(article.title, hits, Tally()):
        if sentence := book.add(draft):
            points.append(sentence)
        yield Summary(article.ref, tuple(points), book.citations, engine.name, (), book.left_out)
