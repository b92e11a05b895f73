"""A summary as a chat model writes it, within what whoever asked may use, and with the reason if it can't."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from bot.answer.engines.engine import EngineAbstained
from bot.chat.budget import Asker, Budget
from bot.chat.failures import ChatError
from bot.chat.usage import Tally
from bot.summary.summary import Summary
from bot.summary.writing import State, Writer
from index.search import Hit
from index.told import tell, words_of

FELL_BACK = tell("{reason} The article is quoted instead.")
FELL_BACK_ON_TOPIC = tell("{reason} The articles are quoted instead.")
CUT_SHORT = tell("{reason} What was verified until then is shown.")
UNSUPPORTED = tell("The article did not support what the chat model wrote.")


async def write_summary(
    writer: Writer | None,
    summary: Summary,
    hits: Sequence[Hit],
    count: int,
    budget: Budget,
    asker: Asker | None,
    state: State,
) -> AsyncGenerator[Summary, None]:
    """The summary as ``writer`` writes it; in the end without points, and with a note, if it can't.

    ``state`` tells how things stand in the articles' own words.
    """
    if writer is None:
        return
    fell_back = FELL_BACK if summary.article else FELL_BACK_ON_TOPIC
    if spent := await asyncio.to_thread(budget.check, asker):
        yield replace(summary, notes=(fell_back.given(reason=spent),))
        return
    tally = Tally()
    quoted = summary
    note = None
    try:
        async with aclosing(writer.write(summary.title, hits, count, tally, state)) as stream:
            async for written in stream:
                summary = replace(
                    summary,
                    points=written.points,
                    citations=written.book.citations,
                    engine=writer.engine.name,
                    unsupported=written.unsupported,
                    notes=written.notes,
                    progress=written.progress,
                )
                yield summary
    except ChatError as error:
        note = (CUT_SHORT if summary.points else fell_back).given(reason=words_of(error))
    except EngineAbstained:
        pass
    else:
        if not summary.points and summary.unsupported:
            note = fell_back.given(reason=UNSUPPORTED)
    finally:  # also when whoever asked went away
        await asyncio.to_thread(budget.spend, asker, tally)
    if not summary.points:
        summary = replace(quoted, unsupported=summary.unsupported)
    yield replace(summary, notes=(*summary.notes, *([note] if note else ())), usage=budget.usage(tally))
