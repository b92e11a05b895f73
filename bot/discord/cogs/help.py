"""/help: what the bot does, for whoever asks."""

from __future__ import annotations

from functools import partial

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.buttons.page_view import page_view
from bot.discord.client import NewsdeskBot
from bot.discord.curators import is_curator
from bot.discord.pages.page import Block, Mood, Page
from bot.discord.panel.welcome import steps_for, what_there_is
from bot.discord.scope import is_guest
from bot.discord.words import offered, welcome


class Help(commands.Cog):
    """Says what can be asked, and how."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    @app_commands.command(name="help", description=offered.HELP.english)
    async def help(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        await self.bot.live.once(interaction, partial(self._help, interaction))

    async def _help(self, interaction: discord.Interaction[NewsdeskBot]) -> ui.LayoutView:
        guest = is_guest(interaction)
        server = interaction.guild_id is not None and not guest
        manager = server and interaction.permissions.manage_guild
        curator = server and await is_curator(interaction)
        count, samples = await what_there_is(self.bot, interaction.guild_id if server else None)
        blocks = [
            Block(offered.help_text(guest=guest, server=server, curator=curator, manager=manager)),
            Block(welcome.articles(count, bool(samples))),
        ]
        channel, steps = interaction.channel, []
        if manager and isinstance(channel, discord.abc.GuildChannel):
            steps.append(Block(await steps_for(self.bot, channel, interaction.app_permissions, count)))
        return page_view(Page(Mood.DONE, tuple(blocks)), *samples, below=steps)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Help(bot))
