"""Reading sources into the library while somebody watches: one reading at a time, its progress in a message."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import discord

from bot.discord.components.page_view import page_view
from bot.discord.host import Host
from bot.discord.live.frames import Frame
from bot.discord.pages.markdown import escape_within, one_line
from bot.discord.pages.page import Mood, Page, list_page, notice
from bot.discord.pages.sources import place_name
from bot.discord.speech.phrase import say
from bot.discord.words import library as words
from bot.discord.words import readings
from bot.memory.deliveries import Delivery
from index.errors import StoppedError
from index.failure import Failure
from index.sync.sync import SyncProgress, SyncReport

T = TypeVar("T")

log = logging.getLogger(__name__)

_SECONDS_TO_STOP = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read into ``scope``.

    ``below``: a folder that need not be named before each of its files. ``refused``: what is reported as failed
    without being read. ``unattended`` as for ``Library.sync``.
    """

    locations: Sequence[str]
    scope: str
    below: str = ""
    refused: Sequence[Failure] = ()
    unattended: bool = False


class Readings:
    """Everything that reads sources goes through here: one reading that somebody watches at a time."""

    def __init__(self, bot: Host) -> None:
        self._bot = bot
        self._one = asyncio.Lock()
        self._waiting = 0
        self._tasks: set[asyncio.Future[Any]] = set()
        self.stopping = False

    @property
    def busy(self) -> int:
        """How many readings that somebody asked for go on or wait."""
        return self._waiting

    async def show(
        self,
        interaction: discord.Interaction[Any],
        wanted: Wanted | Callable[[], Awaitable[Wanted]],
        done: Callable[[SyncReport], Awaitable[None]] | None = None,
    ) -> None:
        """Read what is ``wanted``, with its progress and its report in the answer to ``interaction``.

        To find out what is wanted may take its time: it is called for after the acknowledgement.

        ``done`` is called with what the reading did, unless it failed as a whole, which is shown.
        """

        async def frames(_: Delivery) -> AsyncGenerator[Frame, None]:
            yield _frame(words.READING())
            found = wanted if isinstance(wanted, Wanted) else await wanted()
            if self.busy:
                yield _frame(words.WAITING(self.busy))
            started, stage = self._bot.pace.now(), (1, False)
            steps: asyncio.Queue[SyncProgress | None] = asyncio.Queue()
            reading = asyncio.create_task(self._read(found, steps, done))
            self._tasks.add(reading)  # it goes on if its message is deleted: closing the bot waits for it
            reading.add_done_callback(self._forget)
            while (step := await steps.get()) is not None:
                now = self._bot.pace.now()
                if stage != (step.source, step.finding):  # each stage has a pace of its own, and a time left
                    started, stage = now, (step.source, step.finding)
                yield _frame(readings.progress(step, now - started))
            report = await asyncio.shield(reading)
            yield Frame(page_view(report_page(report, found.below, found.refused)), final=True)

        await self._bot.live.serve(interaction, "reading", {}, frames=frames)

    async def _read(
        self,
        wanted: Wanted,
        steps: asyncio.Queue[SyncProgress | None],
        done: Callable[[SyncReport], Awaitable[None]] | None,
    ) -> SyncReport:
        report = await self.read(wanted.locations, wanted.scope, steps, unattended=wanted.unattended)
        if done:
            await done(report)
        return report

    def _forget(self, reading: asyncio.Future[Any]) -> None:
        self._tasks.discard(reading)
        if not reading.cancelled() and (error := reading.exception()):  # shown, if somebody still waits for it
            log.info("A reading failed: %s", error)

    async def read(
        self,
        locations: Sequence[str],
        scope: str,
        steps: asyncio.Queue[SyncProgress | None],
        *,
        unattended: bool = False,
    ) -> SyncReport:
        """Read ``locations`` in a thread when nobody else does; each step goes into ``steps``, None last."""
        loop = asyncio.get_running_loop()

        def progress(step: SyncProgress) -> None:
            self.check()
            loop.call_soon_threadsafe(steps.put_nowait, step)

        self._waiting += 1
        try:
            async with self._one:
                self.check()
                sync = self._bot.app.library.sync
                return await asyncio.to_thread(sync, locations, scope, progress, unattended=unattended)
        finally:
            self._waiting -= 1
            steps.put_nowait(None)

    async def quietly(self, work: Callable[[Callable[[SyncProgress], None]], T]) -> T:
        """What ``work`` returns, done in a thread; it is given what takes its steps.

        Nobody waits for it: while it fetches pages, others may read; the store is written by one at a time.
        """
        doing = asyncio.ensure_future(asyncio.to_thread(work, lambda _: self.check()))
        self._tasks.add(doing)
        doing.add_done_callback(self._tasks.discard)
        return await asyncio.shield(doing)  # a thread can't be cancelled: closing the bot waits for it

    def check(self) -> None:
        """Raise ``StoppedError`` if the bot is being closed."""
        if self.stopping:
            raise StoppedError(words.STOPPED())

    async def stop(self) -> None:
        """Stop what goes on: what was read so far stays, the next reading does the rest."""
        self.stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_SECONDS_TO_STOP)


_REASONS, _NAMES = 5, 5
"""Of what was passed over: kinds of reasons that are told, and names for each."""


def _frame(text: str) -> Frame:
    return Frame(page_view(notice(text, Mood.WORKING)))


def report_page(report: SyncReport, below: str, refused: Sequence[Failure] = ()) -> Page:
    """What a reading changed, and what could not be read; of several sources, what came of each.

    ``below`` is left out of the names, and so is where other files are kept. ``refused`` was not even tried.
    """
    failures = [*refused, *report.failures]
    text = readings.report(
        report.added,
        report.updated,
        report.unchanged,
        report.removed,
        len(failures),
        report.seconds,
        report.moved,
    )
    for reason in list(dict.fromkeys(say(one.reason) for one in report.passed_over))[:_REASONS]:
        places = [_named(one.location, below) for one in report.passed_over if say(one.reason) == reason]
        names = ", ".join(escape_within(one_line(place), 60) for place in places[:_NAMES])
        reason = escape_within(one_line(reason), 110)
        text += f"\n{readings.passed_over(len(places), reason, names, max(0, len(places) - _NAMES))}"
    failed = [f"{_named(one.location, below)}: {say(one.reason)}" for one in failures]
    several = len(report.by_source) + len(refused) > 1
    outcomes = [(_named(place, below), readings.outcome(one)) for place, one in report.by_source.items()]
    done = [f"{name}: {outcome}" for name, outcome in outcomes if outcome and several]
    return list_page(text, failed, done)


def _named(location: str, below: str) -> str:
    """``location`` without the folder ``below``; a file anywhere else by its name alone."""
    inside = location.removeprefix(below)
    return place_name(inside) if Path(inside).is_absolute() else inside
