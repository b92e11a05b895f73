"""/reindex: makes the shared library equal to the operator's articles folder, and says how far it is."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.client import NewsdeskBot
from bot.discord.jobs.reading import Wanted
from bot.discord.words import offered, reasons
from index.article import SHARED
from index.errors import NewsdeskError


class Reindex(commands.Cog):
    """Reads the operator's articles into the scope that every server shares."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot
        self._running = False

    @app_commands.command(name="reindex", description=offered.REINDEX.english)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def reindex(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        if interaction.guild_id is None:  # Discord offers it in servers only; nothing may rest on that
            raise NewsdeskError(reasons.NOT_IN_DIRECT_MESSAGES())
        if not await self._is_operator(interaction):
            raise NewsdeskError(reasons.REINDEX_REFUSED())
        folder = self.bot.settings.articles
        if folder is None:
            raise NewsdeskError(reasons.REINDEX_UNSET())
        if self._running:
            raise NewsdeskError(reasons.REINDEX_RUNNING())
        self._running = True
        try:
            wanted = Wanted([str(folder)], SHARED, f"{folder.resolve()}/")
            await self.bot.readings.show(interaction, wanted)
        finally:
            self._running = False

    async def _is_operator(self, interaction: discord.Interaction[NewsdeskBot]) -> bool:
        """Whether the folder is theirs who act: its report names the files in it, and all servers share it."""
        here = interaction.guild_id == self.bot.settings.operator_server
        return (here and interaction.permissions.manage_guild) or await self.bot.is_owner(interaction.user)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Reindex(bot))
