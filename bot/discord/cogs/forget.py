"""/forget: all that is remembered of whoever uses it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.client import NewsdeskBot
from bot.discord.components.page_view import page_view
from bot.discord.pages.page import Mood, notice
from bot.discord.words import labels, offered


class Forget(commands.Cog):
    """Forgets somebody, everywhere."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    @app_commands.command(name="forget", description=offered.FORGET.english)
    async def forget(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        memory, user_id = self.bot.app.memory, interaction.user.id

        async def forgotten() -> ui.LayoutView:
            known = await asyncio.to_thread(memory.forget, user_id, datetime.now(UTC).date())
            return page_view(notice(labels.forgotten(known), Mood.DONE))

        await self.bot.live.once(interaction, forgotten)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Forget(bot))
