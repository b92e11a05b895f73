"""/settings for those who manage a server, /preferences for everybody: one panel, for whoever uses it alone."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.buttons.asking import QUESTION
from bot.discord.client import NewsdeskBot
from bot.discord.components.page_view import page_view
from bot.discord.curators import managed_server
from bot.discord.pages.page import failure
from bot.discord.panel.controls import CURATORS, FORUMS, Wanted
from bot.discord.panel.samples import sample_questions
from bot.discord.panel.views import channel_of, channel_view, person_view, server_view, work_view
from bot.discord.readers import speak_to
from bot.discord.scope import scopes_for
from bot.discord.words import settings as words
from bot.memory.preferences.rules import Level
from index.errors import NewsdeskError

_TOKENS = ("server_tokens", "person_tokens")

Interaction = discord.Interaction[NewsdeskBot]


class SettingsPanel(commands.Cog):
    """Shows what is set, and sets it."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    @app_commands.command(name="settings", description=words.SETTINGS.english)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        managed_server(interaction)
        await self.bot.live.once(interaction, partial(server_view, interaction))

    @app_commands.command(name="preferences", description=words.PREFERENCES.english)
    async def preferences(self, interaction: Interaction) -> None:
        await self.bot.live.once(interaction, partial(person_view, interaction))

    @commands.Cog.listener()
    async def on_panel(self, interaction: Interaction, wanted: Wanted) -> None:
        """Something in the panel was used."""

        async def changed() -> ui.LayoutView:
            await self._set(interaction, wanted)
            if wanted.level is Level.CHANNEL:
                return await channel_view(interaction, wanted.owner_id)
            if wanted.level is Level.PERSON:
                return await person_view(interaction)
            return await (work_view if wanted.work else server_view)(interaction)

        await self.bot.live.once(interaction, changed, turns=True)

    async def _set(self, interaction: Interaction, wanted: Wanted) -> None:
        """Set what is wanted. Raises ``NewsdeskError`` if whoever acts may not, or it can't be so."""
        values: dict[str, Any] = dict(wanted.values)
        if wanted.level is Level.PERSON:
            await self._put(wanted.level, interaction.user.id, values, None)
            await speak_to(interaction)  # it may be their language that was set
            return
        server, memory = managed_server(interaction), self.bot.app.memory
        if wanted.level is Level.CHANNEL:
            channel_of(interaction, wanted.owner_id)
        owner = wanted.owner_id if wanted.level is Level.CHANNEL else server
        if CURATORS in values:
            await asyncio.to_thread(memory.servers.set_curators, server, values.pop(CURATORS))
        if FORUMS in values:
            before = set(await asyncio.to_thread(memory.preferences.channels, server, "every_post"))
            now = values.pop(FORUMS)
            for forum in before ^ now:
                await self._put(Level.CHANNEL, forum, {"every_post": forum in now or None}, server)
        if _TOKENS[0] in values:
            most = (self.bot.app.budget.server.tokens, self.bot.app.budget.user.tokens)
            values = {name: tokens(str(values[name]), limit) for name, limit in zip(_TOKENS, most, strict=True)}
        await self._put(wanted.level, owner, values, server)

    async def _put(self, level: Level, owner_id: int, values: dict[str, Any], guild_id: int | None) -> None:
        for name, value in values.items():
            await asyncio.to_thread(self.bot.app.memory.preferences.put, level, owner_id, name, value, guild_id)

    @commands.Cog.listener()
    async def on_sample_wanted(self, interaction: Interaction) -> None:
        """Ask about the newest article, as anybody may, for whoever pressed the button."""
        found = await sample_questions(self.bot, scopes_for(interaction.guild_id), 1)
        if found:
            await self.bot.live.serve(interaction, QUESTION, {"question": found[0]}, private=True)
        else:
            await self.bot.live.say(interaction, page_view(failure(words.NOTHING_TO_TRY())))


def tokens(written: str, most: int | None) -> int | None:
    """The number written, up to what the operator allows; None if nothing is written.

    Raises ``NewsdeskError`` for anything else.
    """
    plain = re.sub(r"[\s.,'’_]", "", written)
    if not plain:
        return None
    if not plain.isdecimal() or not int(plain):
        raise NewsdeskError(words.NOT_A_NUMBER())
    if most is not None and int(plain) > most:
        raise NewsdeskError(words.beyond(most))
    return int(plain)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(SettingsPanel(bot))
