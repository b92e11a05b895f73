"""Which language whoever reads a message speaks: private words follow the person, public ones the place.

What is set in Newsdesk goes before what is set in Discord.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import Any, Protocol

import discord

from bot.discord.scope import Asked, guild_of, settings_channel
from bot.discord.speech.catalogues import known
from bot.discord.speech.phrase import speak
from bot.memory.preferences.rules import Rules
from index.text.language import question_language


class Informed(Protocol):
    """Whoever knows what is set."""

    async def rules(self, guild_id: int | None, channel_id: int, user_id: int) -> Rules:
        """What applies to a person in a channel."""


_rules: ContextVar[Rules] = ContextVar("rules")
"""What is set where somebody asks just now, if it was looked up."""
_NOTHING_SET = Rules()


async def heed(host: Informed, asked: Asked) -> None:
    """Know, to the end of the task, what is set where somebody asks something."""
    person = asked.user if isinstance(asked, discord.Interaction) else asked.author
    _rules.set(await host.rules(guild_of(asked), settings_channel(asked), person.id))


async def rules_for(host: Informed, asked: Asked) -> Rules:
    """What applies where something is asked, to whoever asks it; looked up once a task."""
    if _rules.get(None) is None:
        await heed(host, asked)
    return _rules.get()


def language_set(asked: Asked, *, private: bool) -> str | None:
    """The language that is set for what is shown there, if one is."""
    rules = _rules.get(_NOTHING_SET)
    return rules.own_language if private or guild_of(asked) is None else rules.language


def private_language(interaction: discord.Interaction[Any]) -> str:
    """The language of what only whoever acts sees."""
    return known(_rules.get(_NOTHING_SET).own_language or str(interaction.locale))


def public_language(interaction: discord.Interaction[Any]) -> str:
    """The language of what everybody there sees; in a direct message, of the one person who does."""
    if interaction.guild_locale is None:
        return private_language(interaction)
    return known(_rules.get(_NOTHING_SET).language or str(interaction.guild_locale))


async def message_language(message: discord.Message) -> str:
    """The language in which a message is answered.

    Of a direct message Discord tells none: unless one is set, it is that of its words, where they are enough to
    tell, else English.
    """
    if chosen := language_set(message, private=False):
        return known(chosen)
    if message.guild:
        return known(str(message.guild.preferred_locale))
    return known(await asyncio.to_thread(question_language, message.content))


async def language_in(
    host: Informed, guild: discord.Guild | None, channel_id: int, reader: int | None = None
) -> str:
    """The language of what is posted without being asked for: in a channel, or to a ``reader`` alone."""
    rules = await host.rules(guild.id if guild else None, channel_id, reader or 0)
    chosen = rules.own_language if reader else rules.language
    return known(chosen or (str(guild.preferred_locale) if guild else None))


class Personal:
    """A button, menu or box whose words are for whoever uses it, unless what it calls says otherwise."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        await speak_to(interaction)
        return True


async def speak_to(interaction: discord.Interaction[Any]) -> None:
    """Speak the language of whoever acts, to the end of the task."""
    await heed(interaction.client, interaction)
    speak(private_language(interaction))
