"""/help: what the bot does."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.buttons.page_view import page_view
from bot.discord.client import NewsdeskBot
from bot.discord.pages import words
from bot.discord.pages.page import Mood, notice


class Help(commands.Cog):
    """Says what can be asked, and how."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    @app_commands.command(name="help", description=words.HELP)
    async def help(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        await self.bot.live.say(interaction, page_view(notice(words.HELP_TEXT, Mood.DONE)))


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Help(bot))
