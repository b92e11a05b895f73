"""Sees to it that whoever asked gets the answer or a reason, whatever Discord, the network or a restart do."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar

import discord
from discord import ui
from discord.ext import tasks
from sqlalchemy.exc import SQLAlchemyError

from bot.discord.buttons.page_view import page_view
from bot.discord.live.again import too_late
from bot.discord.live.calls import Refused, Unreached, in_words
from bot.discord.live.frames import Frame, Frames, up_to_final
from bot.discord.live.outbox import TOLD_WITHIN, Outbox, after
from bot.discord.live.screen import Deleted, Screen, place_of_event
from bot.discord.live.stream import Pace, show_growing
from bot.discord.pages.failures import explain
from bot.discord.pages.page import Mood, failure, notice
from bot.discord.speech.phrase import speaking
from bot.discord.words import reasons
from bot.memory.deliveries import Deliveries, Delivery, Place

log = logging.getLogger(__name__)

T = TypeVar("T")

SECONDS_TO_FINISH = 10
"""How long closing waits for what is being written; the rest is left to the next start."""

ONCE = "once"
"""The kind of what is made quickly, and is not begun again after a restart."""

_KEEPER_SECONDS = 4.0
_TRIED_AGAIN_AFTER = timedelta(seconds=8)
_OVERTAKEN_SECONDS = 5.0
_PAUSED_WITHIN = 2.0
_CANCELLED_WITHIN = 5.0


class _Taken(Exception):
    """Another process claimed it, while this one slept."""


class _Left(Exception):
    """It is left to the next start."""


class Live(Outbox):
    """All that is being delivered by this process. ``kinds`` holds what can be begun again after a restart."""

    def __init__(
        self,
        bot: discord.Client,
        pace: Pace,
        late: timedelta,
        clock: Callable[[], datetime] = discord.utils.utcnow,
    ) -> None:
        """``late``: how long after it was asked a question is still answered."""
        self.kinds: dict[str, Frames] = {}
        self.pace = pace
        super().__init__(bot)
        self._late, self._clock = late, clock
        self._owner = secrets.token_hex(8)
        self._running: set[asyncio.Task[Any]] = set()
        self._closing = False
        self._keeper = tasks.loop(seconds=_KEEPER_SECONDS)(self._keep)
        self._store: Deliveries | None = None
        # Threads of their own: whoever asks is acknowledged also while every other thread searches.
        self._threads = ThreadPoolExecutor(2, "deliveries")

    def start(self, store: Deliveries, among: Callable[[int | None], bool]) -> None:
        """Begin to adopt what was left open in the servers ``among`` these, by whatever process."""
        self._store, self._among = store, among
        self._keeper.start()

    async def close(self) -> None:
        """Give what is being written ``SECONDS_TO_FINISH``, and leave the rest to the next start."""
        self._closing = True
        self._keeper.cancel()
        if running := self._running - {asyncio.current_task()}:
            _, unfinished = await asyncio.wait(running, timeout=SECONDS_TO_FINISH)
            await _stop(unfinished)
        await self._stored(lambda store: store.release(self._owner, self._clock()), None)
        self._threads.shutdown(wait=False)

    async def serve(
        self,
        asked: discord.Message | discord.Interaction[Any],
        kind: str,
        request: Mapping[str, Any],
        *,
        private: bool = False,
        turns: bool = False,
        frames: Frames | None = None,
        thread: int | None = None,
    ) -> None:
        """Deliver what a message or an interaction asks for, once, however often its event comes.

        ``frames`` instead of ``kinds[kind]``: what can't be begun again after a restart. ``turns``: in place of
        the message that the interaction came from. ``thread``: posted there, and not where it was asked.
        """
        interaction = asked if isinstance(asked, discord.Interaction) else None
        event = f"{'interaction' if interaction else 'message'}:{asked.id}"
        place, now = place_of_event(asked, private=private or turns, turns=turns), self._clock()
        if thread is not None:
            event, interaction = f"{event}/thread" if interaction else event, None
            spoken, written = place.language, place.answer_in
            place = Place(thread, place.guild_id, place.user_id, thread=True, language=spoken, answer_in=written)
        unstored: Delivery | None = Delivery(secrets.token_hex(8), kind, request, place, now)
        delivery = await self._stored(
            lambda store: store.claim(event, kind, request, place, self._owner, now), unstored
        )
        if delivery is not None:
            with speaking(place.language):
                await self._deliver(delivery, frames or self.kinds[kind], interaction)

    async def once(
        self,
        interaction: discord.Interaction[Any],
        make: Callable[[], Awaitable[ui.LayoutView]],
        *,
        private: bool = True,
        turns: bool = False,
    ) -> None:
        """Acknowledge ``interaction``, then show what ``make`` returns, or why it failed."""

        async def frames(_: Delivery) -> AsyncGenerator[Frame, None]:
            yield Frame(None)
            yield Frame(await make(), final=True)

        await self.serve(interaction, ONCE, {}, private=private, turns=turns, frames=frames)

    async def say(
        self,
        asked: discord.Message | discord.Interaction[Any],
        view: ui.LayoutView,
        *,
        private: bool = True,
        turns: bool = False,
    ) -> None:
        """Answer with what is known already."""

        async def frames(_: Delivery) -> AsyncGenerator[Frame, None]:
            yield Frame(view, final=True)

        await self.serve(asked, ONCE, {}, private=private, turns=turns, frames=frames)

    async def again(self, interaction: discord.Interaction[Any], delivery_id: str) -> None:
        """Ask again what a delivery asked, where the button was pressed."""
        told = await self._stored(lambda store: store.find(delivery_id), None)
        if told is None or told.kind not in self.kinds or told.place.guild_id != interaction.guild_id:
            await self.say(interaction, page_view(failure(reasons.NOTHING_TO_ASK_AGAIN())))
        else:
            await self.serve(interaction, told.kind, told.request, private=told.place.private)

    async def offered(self, interaction: discord.Interaction[Any], delivery_id: str) -> None:
        """Deliver what was asked and kept for a button, to whoever pressed it alone."""
        told = await self._stored(lambda store: store.find(delivery_id), None)
        if told is None or told.place.guild_id != interaction.guild_id:
            await self.say(interaction, page_view(failure(reasons.NOTHING_TO_ASK_AGAIN())))
        else:
            await self.serve(interaction, told.request["kind"], told.request["asked"], private=True)

    async def promptly(self, work: Callable[[], T], otherwise: T) -> T:
        """What ``work`` returns of the memory, also while all other threads search; ``otherwise`` if it fails."""
        return await self._stored(lambda _: work(), otherwise)

    async def _keep(self) -> None:
        """Renew the claims of this process, and adopt what nobody works at."""
        await self._stored(lambda store: store.renew(self._owner, self._clock()), None)
        none: Sequence[Delivery] = ()
        adopted = await self._stored(lambda store: store.adopt(self._owner, self._clock(), self._among), none)
        for delivery in adopted:
            if delivery.place.turns:  # the message is there, as it was before the button was pressed
                await self._close(delivery)
                continue
            frames = self.kinds.get(delivery.kind) if self._clock() - delivery.asked_at <= self._late else None
            with speaking(delivery.place.language):
                task = asyncio.create_task(self._deliver(delivery, frames or self._too_late, adopted=True))
            self._running.add(task)

    async def _too_late(self, delivery: Delivery) -> AsyncGenerator[Frame, None]:
        yield Frame(too_late(delivery.id if delivery.kind in self.kinds else None), final=True, keeps=True)

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


async def _stop(tasks: Collection[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=_CANCELLED_WITHIN)
