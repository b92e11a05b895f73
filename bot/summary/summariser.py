"""Summaries from start to end: of an article, of a topic; timelines; digests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from bot.answer.disagreement.statements import statements
from bot.answer.engines.engine import AnswerEngine, Draft
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.judging.judge import Judge
from bot.answer.question.narrowing import merged, narrow
from bot.answer.similarity import Likeness
from bot.chat.budget import Asker, Budget
from bot.chat.usage import Usage
from bot.summary.digest import STORIES, make_digest
from bot.summary.drafting import write_summary
from bot.summary.lists import laid_out
from bot.summary.quoting import Point, choose_in_article
from bot.summary.summary import (
    LONGEST,
    Digest,
    Estimate,
    Style,
    Summary,
    SummaryCache,
    SummaryError,
    Timeline,
    outlets_of,
)
from bot.summary.topic.completion import complete
from bot.summary.topic.material import Material, gather
from bot.summary.topic.state import choose_state
from bot.summary.topic.timeline import EVENTS, make_timeline
from bot.summary.writing import Writer, estimate
from index.article import Article, digest
from index.library import Library
from index.search import Filters, Hit
from index.text.language import question_language
from index.told import tell

VERSION = 17
"""Raised when the same articles are summarised differently, so that older summaries are not taken for today's."""


class Summariser:
    """Summarises articles of a library, with a chat model if there is one, and by quoting if not."""

    def __init__(
        self,
        library: Library,
        engine: AnswerEngine | None,
        *,
        topic_engine: AnswerEngine | None = None,
        mapper: AnswerEngine | None = None,
        cache: SummaryCache | None = None,
        prompts: str = "",
        budget: Budget | None = None,
        judge: Judge | None = None,
    ) -> None:
        """``engine`` writes points of one article, None: quote it. ``topic_engine`` writes those of a topic, and
        ``mapper`` those of a part of what is too long for one prompt; without them ``engine`` does.

        ``prompts`` names the versions of the prompts, for the ``cache``.
        Without a ``budget`` nothing is counted or capped, without a ``judge`` rules alone decide.
        """
        self._library = library
        self._engine = engine
        like = Likeness(library)
        self._article_writer = Writer(engine, mapper or engine, judge, like) if engine else None
        on_topic = topic_engine or engine
        self._topic_writer = Writer(on_topic, mapper or on_topic, judge, like) if on_topic else None
        self._cache = cache
        self._prompts = prompts
        self._budget = budget or Budget()

    async def summarise(
        self,
        article_id: str,
        scopes: Sequence[str],
        style: Style = Style.BULLETS,
        length: int | None = None,
        asker: Asker | None = None,
    ) -> AsyncGenerator[Summary, None]:
        """Yield the summary of an article as it grows, of ``length`` points; the last one is ``finished``.

        What is used is written down for ``asker``, and if their share is used up, the article is quoted.
        Raises ``SummaryError`` if ``scopes`` may not see an article of that id, or it has no sentences.
        """
        count = _checked(length, style)
        article, hits = await asyncio.to_thread(self._read, scopes, article_id)
        summary = Summary(
            article.title,
            article.ref,
            article.title,
            style,
            articles=(article.ref,),
            outlets=outlets_of([article.ref]),
            as_of=article.ref.published_on,
        )
        key = self._key("article", [article.id, article.content_hash()], style, count)
        if cached := await asyncio.to_thread(self._recall, key):
            yield cached
            return
        if listed := await asyncio.to_thread(laid_out, self._library, summary, article.text, hits, count, length):
            summary = replace(listed, finished=True)
            await asyncio.to_thread(self._remember, key, summary)
            yield summary
            return
        state = partial(_lead, self._library, hits)
        written = write_summary(self._article_writer, summary, hits, count, self._budget, asker, state)
        async with aclosing(written) as growing:
            async for latest in growing:
                if _grown(summary, latest):
                    yield latest
                summary = latest
        if not summary.points:
            points = await asyncio.to_thread(choose_in_article, self._library, statements(hits), count)
            summary = _quoted(summary, CitationBook(hits), points)
        if not summary.points:
            raise SummaryError(tell("'{title}' has no whole sentence to quote.", title=article.title))
        summary = replace(summary, finished=True)
        await asyncio.to_thread(self._remember, key, summary, bool(summary.notes))
        yield summary

    async def summarise_topic(
        self,
        topic: str,
        scopes: Sequence[str],
        filters: Filters = Filters(),
        style: Style = Style.BULLETS,
        length: int | None = None,
        new_since: date | None = None,
        asker: Asker | None = None,
    ) -> AsyncGenerator[Summary, None]:
        """Yield the summary of what the articles within ``filters`` say of ``topic``, as it grows.

        ``new_since``: only of articles since that day, and only what older ones don't say. The last summary is
        ``finished``; it has ``abstained`` if too little was found. Raises ``SummaryError`` for an empty topic.
        """
        topic, count = _named(topic), _checked(length, style)
        topic, filters = await asyncio.to_thread(self._narrowed, topic, scopes, filters)
        material = await asyncio.to_thread(gather, self._library, topic, scopes, filters)
        summary = Summary(topic, style=style, new_since=new_since, nearest=material.nearest, filters=filters)
        if not material.articles:
            yield replace(summary, abstained=True, finished=True)
            return
        hits, old = _split(material, new_since)
        summary = replace(
            summary,
            articles=tuple(dict.fromkeys(ref for hit in hits for ref in (hit.article, *hit.twins))),
            as_of=material.as_of,
            unused=material.unused,
        )
        summary = replace(summary, outlets=outlets_of(summary.articles))
        versions = await asyncio.to_thread(self._versions, scopes, [hit.article.id for hit in (*hits, *old)])
        key = self._key(f"topic {topic} {new_since}", versions, style, count)
        if cached := await asyncio.to_thread(self._recall, key):
            yield cached
            return
        if not old and hits:  # what is new is told by quoting, where each fact can be compared with older ones
            state = partial(_state, self._library, topic, hits, count)
            written = write_summary(self._topic_writer, summary, hits, count, self._budget, asker, state)
            async with aclosing(written) as growing:
                async for latest in growing:
                    if _grown(summary, latest):
                        yield latest
                    summary = latest
        if not summary.points:
            listed, known = statements(hits), statements(old)
            points = await asyncio.to_thread(choose_state, self._library, topic, listed, count, known)
            summary = _quoted(summary, CitationBook(hits), points)
        failed = bool(summary.notes)
        summary = await asyncio.to_thread(complete, self._library, summary, hits, old)
        await asyncio.to_thread(self._remember, key, summary, failed)
        yield summary

    async def timeline(
        self, topic: str, scopes: Sequence[str], filters: Filters = Filters(), length: int | None = None
    ) -> Timeline:
        """The dated events of ``topic``, at most ``length``. Raises ``SummaryError`` for an empty topic."""
        count = EVENTS if length is None else _checked(length, Style.BULLETS)
        topic, filters = await asyncio.to_thread(self._narrowed, _named(topic), scopes, filters)
        made = await asyncio.to_thread(make_timeline, self._library, topic, scopes, filters, count)
        return replace(made, filters=filters)

    async def digest(
        self,
        scopes: Sequence[str],
        since: datetime,
        *,
        topics: Sequence[str] = (),
        sources: Sequence[str] = (),
        stories: int = STORIES,
        until: datetime | None = None,
    ) -> Digest:
        """The stories of the articles published since; ``empty`` if there are none. See ``make_digest``."""
        return await asyncio.to_thread(make_digest, self._library, scopes, since, topics, sources, stories, until)

    async def estimate_article(self, article_id: str, scopes: Sequence[str]) -> Estimate:
        """What a summary of the article asks of a chat model. Raises ``SummaryError`` as ``summarise`` does."""
        if self._article_writer is None:
            return Estimate()
        return estimate((await asyncio.to_thread(self._read, scopes, article_id))[1])

    async def estimate_topic(self, topic: str, scopes: Sequence[str], filters: Filters = Filters()) -> Estimate:
        """What a summary of the topic will ask of a chat model."""
        if self._topic_writer is None:
            return Estimate()
        material = await asyncio.to_thread(gather, self._library, _named(topic), scopes, filters)
        return estimate(material.hits) if material.hits else Estimate()

    def _read(self, scopes: Sequence[str], article_id: str) -> tuple[Article, list[Hit]]:
        article = self._library.article(scopes, article_id)
        if article is None:
            raise SummaryError(tell("There is no article '{name}' in the library.", name=article_id))
        passages = self._library.passages(scopes, article_id)
        return article, [Hit(passage, article.ref, 0.0, 0.0, 0.0) for passage in passages]

    def _narrowed(self, topic: str, scopes: Sequence[str], filters: Filters) -> tuple[str, Filters]:
        """The topic without the filters that are said in it ("the strike last week"), and those in force."""
        today = datetime.now(UTC).date()
        outlets = self._library.outlets(scopes)
        found = narrow(topic, today, outlets, question_language(topic), reports=True)
        return (found.text, merged(filters, found.filters)) if found.text else (topic, filters)

    def _versions(self, scopes: Sequence[str], ids: Sequence[str]) -> list[str]:
        articles = (self._library.article(scopes, one) for one in sorted(set(ids)) if self._cache)
        return [f"{article.id} {article.content_hash()}" for article in articles if article]

    def _key(self, what: str, versions: Sequence[str], style: Style, count: int) -> str:
        writer = self._engine.name if self._engine else "extractive"
        return digest(what, *versions, style, str(count), writer, self._prompts, str(VERSION))

    def _recall(self, key: str) -> Summary | None:
        cached = self._cache.get(key) if self._cache else None
        return replace(cached, usage=Usage()) if cached else None  # nothing is used for it now

    def _remember(self, key: str, summary: Summary, failed: bool = False) -> None:
        if self._cache and not failed:  # what a chat model failed at may go better next time
            self._cache.put(key, summary)


def _lead(library: Library, hits: Sequence[Hit]) -> list[Draft]:
    return [point.draft for point in choose_in_article(library, statements(hits), 1)]


def _state(library: Library, topic: str, hits: Sequence[Hit], count: int) -> list[Draft]:
    return [point.draft for point in choose_state(library, topic, statements(hits), count)]


def _grown(before: Summary, after: Summary) -> bool:
    return len(after.points) > len(before.points) or after.progress > before.progress


def _quoted(summary: Summary, book: CitationBook, points: Sequence[Point]) -> Summary:
    sentences = tuple(sentence for point in points if (sentence := book.add(point.draft)))
    return replace(summary, points=sentences, citations=book.citations, engine="extractive")


def _split(material: Material, new_since: date | None) -> tuple[list[Hit], list[Hit]]:
    """The hits since that day, and those before; articles without a date count as old."""
    if new_since is None:
        return list(material.hits), []
    new = [
        hit for hit in material.hits if hit.article.published_at and hit.article.published_at.date() >= new_since
    ]
    return new, [hit for hit in material.hits if hit not in new]


def _checked(length: int | None, style: Style) -> int:
    if length is not None and not 1 <= length <= LONGEST:
        raise SummaryError(
            tell("A summary has from 1 to {most} points, not {length}.", most=LONGEST, length=length)
        )
    return length or style.usual_length


def _named(topic: str) -> str:
    if not any(map(str.isalnum, topic)):
        raise SummaryError(tell("Name a topic: a question, a name, or a few words."))
    return " ".join(topic.split())
