"""/forget: the conversations of whoever uses it."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.buttons.views import page_view
from bot.discord.client import NewsdeskBot
from bot.discord.pages import words
from bot.discord.pages.page import Mood, notice


class Forget(commands.Cog):
    """Forgets what somebody asked, everywhere."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    @app_commands.command(name="forget", description=words.FORGET)
    async def forget(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        conversations = self.bot.app.memory.conversations
        turns = await asyncio.to_thread(conversations.forget_part, f"user:{interaction.user.id}")
        await asyncio.to_thread(self.bot.app.memory.ratings.forget, str(interaction.user.id))
        page = notice(words.forgotten(turns), Mood.DONE)
        await interaction.response.send_message(view=page_view(page), ephemeral=True)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Forget(bot))
