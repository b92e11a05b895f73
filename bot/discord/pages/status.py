"""How the library of a server is: how many articles, where they come from, what fails and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.discord.pages.markdown import escape_within, one_line
from bot.discord.pages.page import PAGE_LIMIT, Block, Mood, Page
from bot.discord.pages.sources import place_name
from bot.discord.speech.phrase import say
from bot.discord.words import library as words
from bot.discord.words import readings
from index.store.sql.listed import Run
from index.store.sql.sources import FAILING_DAYS, SourceInfo

_SOURCES_SHOWN = 15


def status_page(
    own: int, shared: int, sources: Sequence[SourceInfo] | None, last: Run | None, reading: bool, now: datetime
) -> Page:
    """The numbers of articles, the ``last`` run, and the server's sources, those that fail first.

    ``sources`` is None outside of servers, where there is only what is shared. ``reading`` goes on just now.
    """
    lines = [words.SHARED_ARTICLES(shared) if sources is None else words.counts(own, shared)]
    if reading:
        lines.append(words.READING())
    if last and last.location:
        name = escape_within(place_name(last.location), 80)
        lines.append(words.last_read(name, last.started_at, readings.outcome(last.counts), len(last.failures)))
    listed = sorted(sources or (), key=lambda one: (one.failing_since is None, one.location))
    room = PAGE_LIMIT - sum(len(line) + 1 for line in lines) - len(words.MORE(count=len(listed)))
    told = [_line(one, now) for one in listed[:_SOURCES_SHOWN]]
    while sum(len(line) + 1 for line in told) > room:
        told.pop()
    lines += told
    if len(listed) > len(told):
        lines.append(words.MORE(count=len(listed) - len(told)))
    if sources is not None and not sources:
        lines.append(words.NO_SOURCES())
    failing = any(one.failing_since for one in listed)
    return Page(Mood.FAILED if failing else Mood.DONE, (Block("\n".join(lines)),))


def _line(source: SourceInfo, now: datetime) -> str:
    name = escape_within(place_name(source.location), 80)
    line = words.source(name, source.articles, source.polled_at, source.interval)
    if source.failing_since:
        error = escape_within(one_line(say(source.last_error or "")), 100)
        long = source.failing_for(now).days >= FAILING_DAYS
        line += words.failing(error, source.failing_since, None if long else source.next_poll_at, long)
    return line
