"""What is done when a message asks for no answer but for a summary, for news, or names a link."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.answer.answer import Answer
from bot.answer.question.question import Kind
from bot.chat.budget import Asker
from bot.summary.summariser import Summariser
from bot.summary.summary import Digest, Style, Summary, SummaryError
from index.library import Library
from index.search import Filters
from index.told import tell

NO_SUBJECT = tell("A summary of what? Name a subject, the title of an article, or its address.")
NOT_IN_LIBRARY = tell(
    "That page is not among the articles here, so there is nothing to tell of it. Whoever looks after the library "
    "can add it: in Discord with /library add, at the command line with newsdesk index."
)

_DAYS = (1, 7)
"""How far back news go: a day, and if nothing is new since then, a week."""


async def fulfilled(
    summariser: Summariser, library: Library, asked: Answer, scopes: Sequence[str], asker: Asker | None
) -> AsyncGenerator[Summary | Digest, None]:
    """Yield what ``asked``, a request that is no question, wants: what is new, or the summary as it grows.

    Where nothing is new on a subject, that is summed up. Raises ``SummaryError`` if it names no subject, or links
    what is no article in the library.
    """
    if asked.kind is Kind.NEWS:
        made = await _news(summariser, asked, scopes, datetime.now(UTC))
        if not (made.empty and asked.subject):
            yield made
            return
    async with aclosing(_summary(summariser, library, asked, scopes, asker)) as growing:
        async for told in growing:
            yield told


def fulfilled_answer(asked: Answer, told: Summary | Digest) -> Answer:
    """``asked`` with the points of what fulfils it."""
    return _digest_answer(asked, told) if isinstance(told, Digest) else _summary_answer(asked, told)


async def _news(summariser: Summariser, asked: Answer, scopes: Sequence[str], now: datetime) -> Digest:
    """The digest that ``asked``, of the kind news, wants: of its subject and its filters; it may be empty."""
    since, last = asked.filters.since, asked.filters.until
    starts = [datetime.combine(since, time(), UTC)] if since else [now - timedelta(days=days) for days in _DAYS]
    made = Digest(starts[0])
    for start in starts:
        made = await summariser.digest(
            scopes,
            start,
            topics=(asked.subject,) if asked.subject else (),
            sources=(asked.filters.source,) if asked.filters.source else (),
            until=datetime.combine(last + timedelta(days=1), time(), UTC) if last else None,
        )
        if not made.empty:
            break
    return made


async def _summary(
    summariser: Summariser, library: Library, asked: Answer, scopes: Sequence[str], asker: Asker | None
) -> AsyncGenerator[Summary, None]:
    """Yield the summary that ``asked`` wants, of the article that it links or of its subject, as it grows."""
    for link in asked.links:
        if article := await asyncio.to_thread(library.find, scopes, link):
            told = summariser.summarise(article.id, scopes, Style.BULLETS, None, asker)
            async with aclosing(told):
                async for latest in told:
                    yield latest
            return
    if asked.links:
        raise SummaryError(NOT_IN_LIBRARY)
    if not asked.subject:
        raise SummaryError(NO_SUBJECT)
    told = summariser.summarise_topic(asked.subject, scopes, asked.filters, Style.BULLETS, None, None, asker)
    async with aclosing(told):
        async for latest in told:
            yield latest


def _digest_answer(asked: Answer, digest: Digest) -> Answer:
    return replace(
        asked,
        sentences=tuple(replace(point, part=story.headline) for story in digest.stories for point in story.points),
        citations=digest.citations,
        filters=replace(asked.filters, since=digest.since.date()),
        abstained=digest.empty,
        nearest=digest.newest,
        as_of=digest.as_of,
    )


def _summary_answer(asked: Answer, told: Summary) -> Answer:
    return replace(
        asked,
        filters=told.filters if told.filters != Filters() else asked.filters,
        sentences=told.points,
        citations=told.citations,
        disagreements=told.disagreements,
        abstained=told.abstained,
        nearest=told.nearest if told.abstained else (),
        as_of=told.as_of,
        engine=told.engine,
        notes=told.notes,
        unsupported=told.unsupported,
        usage=told.usage,
        finished=told.finished,
    )
