"""Delivers one thing: its frames are shown as they come, and the last one, or a reason, stays."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar

import discord
from discord import ui
from sqlalchemy.exc import SQLAlchemyError

from bot.discord.components.page_view import page_view
from bot.discord.live.calls import Refused, Unreached, in_words
from bot.discord.live.frames import Frame, Frames, up_to_final
from bot.discord.live.outbox import TOLD_WITHIN, Outbox, after
from bot.discord.live.screen import Deleted, Screen
from bot.discord.live.stream import Pace, show_growing
from bot.discord.pages.failures import explain
from bot.discord.pages.page import Mood, failure, notice
from bot.discord.words import reasons
from bot.memory.deliveries import Deliveries, Delivery, Place

log = logging.getLogger(__name__)

T = TypeVar("T")

ONCE = "once"
"""The kind of what is made quickly, and is not begun again after a restart."""

_TRIED_AGAIN_AFTER = timedelta(seconds=8)
_OVERTAKEN_SECONDS = 5.0
_PAUSED_WITHIN = 2.0


class _Taken(Exception):
    """Another process claimed it, while this one slept."""


class _Left(Exception):
    """It is left to the next start."""


class Delivering(Outbox):
    """What this process delivers. ``kinds`` holds what can be begun again after a restart."""

    def __init__(self, bot: discord.Client, pace: Pace, late: timedelta, clock: Callable[[], datetime]) -> None:
        """``late``: how long after it was asked a question is still answered."""
        super().__init__(bot)
        self.kinds: dict[str, Frames] = {}
        self.pace = pace
        self._late, self._clock = late, clock
        self._owner = secrets.token_hex(8)
        self._running: set[asyncio.Task[Any]] = set()
        self._closing = False
        self._store: Deliveries | None = None
        # Threads of their own: whoever asks is acknowledged also while every other thread searches.
        self._threads = ThreadPoolExecutor(2, "deliveries")

    async def _deliver(
        self,
        delivery: Delivery,
        frames: Frames,
        interaction: discord.Interaction[Any] | None = None,
        *,
        adopted: bool = False,
    ) -> None:
        """Show the frames as they come, and see to it that the last one, or a reason, stays."""
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)

        async def moved(place: Place) -> None:
            await self._stored(lambda store: store.move(delivery.id, place), None)

        screen = Screen(self._bot, delivery, moved, interaction, adopted=adopted, commands=self.commands)
        try:
            last = await self._grown(delivery, frames, screen)
            view = last.view
            assert view is not None
            await self._finish(delivery, view, screen)
            await self._close(delivery, told=last.keeps)
        except asyncio.CancelledError:
            await self._pause(delivery, screen)
            raise
        except _Taken:
            log.info("Another process took over an answer that this one had begun.")
        except _Left:
            await self._pause(delivery, screen)
        except Deleted:
            log.info("The message of an answer was deleted before it was finished.")
            await self._close(delivery)
        except Refused as refusal:
            level = logging.INFO if delivery.kind == ONCE else logging.WARNING
            log.log(level, "Somebody asked where the bot may not write, and can't be told: %s", refusal)
            await self._close(delivery)
        except Unreached as error:
            log.warning("Discord can't be reached for an answer, which is told when it can be again: %s", error)
            until = self._clock() + _TRIED_AGAIN_AFTER
            await self._stored(lambda store: store.leave(delivery.id, until), None)
        except Exception as error:  # a fault of the bot's; whoever waits is told when it is too late
            explain(error, f"delivering: {delivery.kind}")
            until = self._clock() + self._late
            await self._stored(lambda store: store.leave(delivery.id, until), None)
        finally:
            self._running.discard(task)

    async def _grown(self, delivery: Delivery, frames: Frames, screen: Screen) -> Frame:
        """The last frame, or one with the reason why there is none; what comes before is shown in passing.

        Not where another process began: it may have shown the whole answer already, and got no reply.
        """

        async def show(frame: Frame) -> None:
            if screen.adopted or frame.final:  # the final one is shown with more care
                return
            try:
                await screen.show(frame.view, after())
            except (Refused, Unreached) as error:
                log.info("A message was not brought up to date; the next one will be: %s", error)

        try:
            async with aclosing(up_to_final(frames(delivery))) as growing:
                first = await anext(growing)
                if not first.final:
                    try:
                        if not screen.adopted:
                            await screen.show(first.view, after())
                    except Refused as refusal:
                        if delivery.kind == ONCE:
                            raise
                        if refusal.status == 403 and delivery.place.asked_in:
                            return Frame(page_view(failure(reasons.CANNOT_SPEAK())), final=True)
                    except Unreached as error:  # it is worked at all the same
                        log.info("Somebody can't be told yet that their question is being answered: %s", error)
                    if self._closing:
                        raise _Left
                budget = delivery.place.token or delivery.place.channel_id
                shown = show_growing(growing, show, budget, self.pace, first, Frame.moved)
                return await shown or first
        except (Deleted, Refused, _Left):
            raise
        except Exception as error:
            return Frame(page_view(failure(explain(error, delivery.kind))), final=True)

    async def _finish(self, delivery: Delivery, view: ui.LayoutView, screen: Screen) -> None:
        """Have ``view`` on the screen, whatever it takes."""
        if await self._stored(lambda store: store.taken(delivery.id, self._owner), False):
            raise _Taken
        left = delivery.asked_at + self._late - self._clock()
        until = after(max(left, TOLD_WITHIN))
        screen.finishing = True
        anywhere = delivery.kind != ONCE or delivery.place.asked_in is not None
        try:
            await screen.show(view, until, last=anywhere)
        except Refused as refusal:
            if refusal.status != 400:
                raise
            view = page_view(failure(explain(refusal, "showing an answer")))  # it is the view that can't be shown
            await screen.show(view, until, last=anywhere)
        if screen.overtaken:  # by this view, perhaps, or the other way round
            await asyncio.sleep(_OVERTAKEN_SECONDS)
            with suppress(Deleted, Refused, Unreached):
                await screen.show(view, after())

    async def _pause(self, delivery: Delivery, screen: Screen) -> None:
        """Say that the bot is being stopped; what can be begun again stays open for the next start."""
        if delivery.place.turns or screen.finishing or screen.adopted:  # what is there may be the answer
            return
        goes_on = delivery.kind in self.kinds
        view = page_view(notice(reasons.PAUSED(), Mood.WORKING) if goes_on else failure(reasons.SHUTTING_DOWN()))
        with suppress(Deleted, Refused, Unreached, TimeoutError):
            async with asyncio.timeout(_PAUSED_WITHIN):
                await screen.show(view, after())
            if not goes_on:
                await self._close(delivery)
        await self._stored(lambda store: store.leave(delivery.id, self._clock()), None)

    async def _close(self, delivery: Delivery, *, told: bool = False) -> None:
        await self._stored(lambda store: store.close(delivery.id, told=told), None)

    async def _stored(self, work: Callable[[Deliveries], T], otherwise: T) -> T:
        """What ``work`` returns of the store; ``otherwise`` if that fails, which must cost nobody an answer."""
        assert self._store is not None
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, self._store)
        except SQLAlchemyError as error:
            log.warning("What is being delivered could not be noted in the store: %s", in_words(error))
            return otherwise
