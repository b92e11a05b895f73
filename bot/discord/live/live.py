"""Sees to it that whoever asked gets the answer or a reason, whatever Discord, the network or a restart do."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import discord
from discord import ui
from discord.ext import tasks

from bot.discord.buttons.again import too_late
from bot.discord.components.page_view import page_view
from bot.discord.live.delivering import ONCE, Delivering
from bot.discord.live.frames import Frame, Frames
from bot.discord.live.screen import place_of_event
from bot.discord.live.stream import Pace
from bot.discord.pages.page import failure
from bot.discord.speech.phrase import speaking
from bot.discord.words import reasons
from bot.memory.deliveries import Deliveries, Delivery, Place

T = TypeVar("T")

SECONDS_TO_FINISH = 10
"""How long closing waits for what is being written; the rest is left to the next start."""

_KEEPER_SECONDS = 4.0
_CANCELLED_WITHIN = 5.0


class Live(Delivering):
    """What is asked of this process, claimed once among all, and what others left open."""

    def __init__(
        self,
        bot: discord.Client,
        pace: Pace,
        late: timedelta,
        clock: Callable[[], datetime] = discord.utils.utcnow,
    ) -> None:
        """``late``: how long after it was asked a question is still answered."""
        super().__init__(bot, pace, late, clock)
        self._keeper = tasks.loop(seconds=_KEEPER_SECONDS)(self._keep)

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


async def _stop(tasks: Collection[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=_CANCELLED_WITHIN)
