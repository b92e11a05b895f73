"""Which language whoever reads a message speaks: private words follow the person, public ones the server."""

from __future__ import annotations

import asyncio
from typing import Any

import discord

from bot.discord.speech.catalogues import known
from bot.discord.speech.phrase import speak
from index.text.language import question_language


def private_language(interaction: discord.Interaction[Any]) -> str:
    """The language of what only whoever acts sees: the one that they set in Discord."""
    return known(str(interaction.locale))


def public_language(interaction: discord.Interaction[Any]) -> str:
    """The language of what everybody there sees; in a direct message, of the one person who does."""
    return known(str(interaction.guild_locale)) if interaction.guild_locale else private_language(interaction)


async def message_language(message: discord.Message) -> str:
    """The language in which a message is answered.

    Of a direct message Discord tells none: it is that of its words, where they are enough to tell, else English.
    """
    if message.guild:
        return server_language(message.guild)
    return known(await asyncio.to_thread(question_language, message.content))


def server_language(guild: discord.Guild | None) -> str:
    """The language that a server has set in Discord."""
    return known(str(guild.preferred_locale)) if guild else known(None)


class Personal:
    """A button, menu or box whose words are for whoever uses it, unless what it calls says otherwise."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        speak(private_language(interaction))
        return True
