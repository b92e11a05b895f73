"""/check, and "Check this claim" on a message: what the articles say on something told."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.answer.question.limits import clean_question
from bot.answer.question.message import clean_message
from bot.discord.buttons.asking import QUESTION
from bot.discord.client import NewsdeskBot
from bot.discord.live.route import route
from bot.discord.words import offered, reasons
from index.errors import NewsdeskError


class Check(commands.Cog):
    """Looks claims up in the articles."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=offered.CHECK_MESSAGE.english, callback=self.check_message)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name="check", description=offered.CHECK.english)
    @app_commands.describe(claim=offered.CHECK_CLAIM.english, private=offered.ASK_PRIVATE.english)
    async def check(
        self, interaction: discord.Interaction[NewsdeskBot], claim: str, private: bool | None = None
    ) -> None:
        await self._check(interaction, claim, private=private)

    async def check_message(self, interaction: discord.Interaction[NewsdeskBot], message: discord.Message) -> None:
        """Check what somebody wrote; only who wants to know sees what comes of it."""
        claim = clean_message(message.content).words
        if not claim:
            raise NewsdeskError(reasons.NOTHING_TO_CHECK())
        await self._check(interaction, claim, private=True)

    async def _check(
        self, interaction: discord.Interaction[NewsdeskBot], claim: str, *, private: bool | None
    ) -> None:
        claim = clean_question(claim, self.bot.settings.max_question)
        await route(self.bot, interaction, QUESTION, {"question": claim, "claim": True}, private=private)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Check(bot))
