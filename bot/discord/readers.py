"""Which language whoever reads a message speaks: private words follow the person, public ones the server."""

from __future__ import annotations

from typing import Any

import discord

from bot.discord.words.catalogues import known
from bot.discord.words.phrase import speak


def private_language(interaction: discord.Interaction[Any]) -> str:
    """The language of what only whoever acts sees: the one that they set in Discord."""
    return known(str(interaction.locale))


def public_language(asked: discord.Message | discord.Interaction[Any]) -> str:
    """The language of what everybody there sees.

    Of a direct message Discord tells no language, so there it is English; with a command it tells the person's.
    """
    if isinstance(asked, discord.Message):
        return server_language(asked.guild)
    return known(str(asked.guild_locale)) if asked.guild_locale else private_language(asked)


def server_language(guild: discord.Guild | None) -> str:
    """The language that a server has set in Discord."""
    return known(str(guild.preferred_locale)) if guild else known(None)


class Personal:
    """A button, menu or box whose words are for whoever uses it, unless what it calls says otherwise."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        speak(private_language(interaction))
        return True
