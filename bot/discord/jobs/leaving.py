"""Forgets a server that the bot was removed from, after a time of grace."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable
from datetime import datetime

import discord
from discord.ext import commands, tasks

from bot.app import App
from bot.discord.client import NewsdeskBot

log = logging.getLogger(__name__)


class Leaving(commands.Cog):
    """Notes which servers the bot is in, and looks every few hours which of those it left are to be forgotten."""

    def __init__(self, bot: NewsdeskBot, clock: Callable[[], datetime] = discord.utils.utcnow) -> None:
        self.bot = bot
        self.clock = clock

    async def cog_load(self) -> None:
        self.sweep.start()

    async def cog_unload(self) -> None:
        self.sweep.cancel()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """It may have been there before: nothing is forgotten then."""
        await asyncio.to_thread(self.bot.app.memory.servers.joined, guild.id)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        log.info("The bot was removed from the server %d.", guild.id)
        await asyncio.to_thread(self.bot.app.memory.servers.left, guild.id, self.clock())

    @tasks.loop(hours=6)
    async def sweep(self) -> None:
        """Forget the servers whose time of grace is over."""
        try:
            app = self.bot.app
            over = await asyncio.to_thread(app.memory.servers.to_forget, self.clock())
            for guild_id in filter(self.bot.shards_here.hold, over):
                await asyncio.to_thread(forget_server, app, guild_id)
                log.info("The server %d, which the bot was removed from, is forgotten.", guild_id)
        except Exception:  # it would end the loop
            log.exception("Forgetting the servers that the bot was removed from failed")

    @sweep.before_loop
    async def _until_connected(self) -> None:
        await self.bot.wait_until_ready()


def forget_server(app: App, guild_id: int) -> None:
    """Forget a server: its library with the files attached for it, and all that is remembered of it.

    Raises ``StoreError``.
    """
    app.library.clear(str(guild_id))
    shutil.rmtree(app.settings.home / "attachments" / str(guild_id), ignore_errors=True)
    app.memory.forget_server(guild_id)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Leaving(bot))
