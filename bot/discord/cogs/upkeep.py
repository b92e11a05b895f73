"""What the bot does by itself: reads the sources that are due and the folders that changed, and embeds ahead."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

import discord
from discord.ext import commands, tasks

from bot.discord.client import NewsdeskBot
from bot.discord.jobs.polling import poll_next, read_changed, watch_folder
from index.errors import NewsdeskError

log = logging.getLogger(__name__)

LOOK_SECONDS = 10
"""How often folders are looked at. Files that kept still from one look to the next are read."""

_REST_SECONDS = 60


class Upkeep(commands.Cog):
    """Keeps the library equal to its sources, unless the operator set NEWSDESK_POLL_MINUTES to 0, and prepared.

    Of several processes that share the library one does so.
    """

    def __init__(self, bot: NewsdeskBot, clock: Callable[[], datetime] = discord.utils.utcnow) -> None:
        self.bot = bot
        self.clock = clock

    async def cog_load(self) -> None:
        if not self.bot.shards_here.lead:
            return
        self.ahead.start()
        if not self.bot.settings.poll_minutes:
            return
        try:
            await asyncio.to_thread(watch_folder, self.bot.app.library, self.bot.settings.articles)
        except NewsdeskError as error:
            log.warning("The folder of articles is not watched: %s", error)
        self.poll.start()
        self.watch.start()

    async def cog_unload(self) -> None:
        self.ahead.cancel()
        self.poll.cancel()
        self.watch.cancel()

    @tasks.loop(minutes=1)
    async def poll(self) -> None:
        """Read the sources that are due, one after the other, while nobody's reading goes on."""
        library, readings = self.bot.app.library, self.bot.readings
        try:
            while not readings.stopping and not readings.busy:
                report = await readings.quietly(lambda progress: poll_next(library, self.clock(), progress))
                if report is None:
                    return
        except Exception:  # it would end the loop
            log.exception("Reading the sources that are due failed")

    @tasks.loop(seconds=LOOK_SECONDS)
    async def watch(self) -> None:
        """Read the folders that changed."""
        library, readings = self.bot.app.library, self.bot.readings
        if readings.stopping:
            return
        try:
            done = await readings.quietly(lambda progress: read_changed(library, self.clock(), progress))
        except Exception:  # it would end the loop
            log.exception("Reading the folders that changed failed")
            done = False
        if not done:
            await asyncio.sleep(_REST_SECONDS)  # a full disk, say, is no better a few seconds later

    @tasks.loop(seconds=LOOK_SECONDS)
    async def ahead(self) -> None:
        """Embed what answers will compare with their questions, while nothing is read."""
        library, readings = self.bot.app.library, self.bot.readings
        try:
            while not (readings.stopping or readings.busy):
                if not await readings.quietly(lambda _: library.embed_ahead()):
                    return
        except Exception:  # it would end the loop
            log.exception("Embedding ahead failed")
            await asyncio.sleep(_REST_SECONDS)

    @ahead.before_loop
    @poll.before_loop
    @watch.before_loop
    async def _until_connected(self) -> None:
        await self.bot.wait_until_ready()


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Upkeep(bot))
