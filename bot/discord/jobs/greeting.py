"""Greets a server that the bot was invited to."""

from __future__ import annotations

import logging

import discord
from discord.ext import commands

from bot.discord.client import NewsdeskBot
from bot.discord.live.calls import CallError
from bot.discord.panel.welcome import greeted_in, welcome_view
from bot.discord.readers import language_in
from bot.discord.speech.phrase import speaking

log = logging.getLogger(__name__)


class Welcome(commands.Cog):
    """Says what can be asked, once, where the server greets its own members."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        channel = greeted_in(guild)
        if channel is None:
            log.info("The server %d has no channel in which the bot may write, and is not greeted.", guild.id)
            return
        with speaking(await language_in(self.bot, guild, channel.id)):
            view = await welcome_view(self.bot, guild, channel)
        try:
            await self.bot.live.post(channel.id, guild.id, view, f"welcome-{guild.id}"[:25])
        except CallError as error:
            log.info("The server %d could not be greeted: %s", guild.id, error)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Welcome(bot))
