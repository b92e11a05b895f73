"""/help: what the bot does, for whoever asks."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.client import NewsdeskBot
from bot.discord.components.page_view import page_view
from bot.discord.curators import is_curator
from bot.discord.pages.page import Block, Mood, Page
from bot.discord.panel.topics import HelpMenu
from bot.discord.panel.welcome import steps_for, what_there_is
from bot.discord.scope import is_guest, scopes_for
from bot.discord.words import offered, welcome
from bot.discord.words.offered import Topic


class Help(commands.Cog):
    """Says what can be asked, and how."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    @app_commands.command(name="help", description=offered.HELP.english)
    async def help(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        await self.bot.live.once(interaction, partial(self._page, interaction, Topic.START))

    @commands.Cog.listener()
    async def on_help_wanted(self, interaction: discord.Interaction[NewsdeskBot], topic: Topic) -> None:
        """Somebody chose what to read about."""
        await self.bot.live.once(interaction, partial(self._page, interaction, topic), turns=True)

    async def _page(self, interaction: discord.Interaction[NewsdeskBot], topic: Topic) -> ui.LayoutView:
        """A page of the help, as far as the reader may use what it tells, and the menu of the others."""
        guest = is_guest(interaction)
        server = interaction.guild_id is not None and not guest
        topics = [Topic.START, Topic.ANSWERS, Topic.STORIES]
        topics += [Topic.CURATORS] if server and await is_curator(interaction) else []
        topics += [Topic.MANAGERS] if server and interaction.permissions.manage_guild else []
        topic = topic if topic in topics else Topic.START  # whoever chose it may not be what they were
        blocks = [Block(offered.help_text(topic, guest=guest, server=server))]
        items: list[ui.Item[Any]] = []
        if topic is Topic.START:
            count, samples = await what_there_is(self.bot, interaction.guild_id if server else None)
            blocks.append(Block(welcome.articles(count, bool(samples))))
            items += samples
        channel = interaction.channel
        if topic is Topic.MANAGERS and isinstance(channel, discord.abc.GuildChannel):
            count = await asyncio.to_thread(self.bot.app.library.count, scopes_for(interaction.guild_id))
            blocks.append(Block(await steps_for(self.bot, channel, interaction.app_permissions, count)))
        return page_view(Page(Mood.DONE, tuple(blocks)), *items, menu=HelpMenu(topics, topic))


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Help(bot))
