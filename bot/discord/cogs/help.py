"""/help: what the bot does."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.buttons.views import page_view
from bot.discord.client import NewsdeskBot
from bot.discord.pages import words
from bot.discord.pages.page import Mood, notice


class Help(commands.Cog):
    """Says what can be asked, and how."""

    @app_commands.command(name="help", description=words.HELP)
    async def help(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        await interaction.response.send_message(view=page_view(notice(words.HELP_TEXT, Mood.DONE)), ephemeral=True)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Help())
