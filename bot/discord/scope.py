"""Whose articles somebody in Discord may see, and whose share of the chat model they use, decided in one place."""

from __future__ import annotations

from typing import Any

import discord

from bot.chat.budget import Asker
from index.article import SHARED

Asked = discord.Message | discord.Interaction[Any]


def scopes_for(guild_id: int | None) -> tuple[str, ...]:
    """The scopes that a question searches: in a server its own and the shared one, elsewhere the shared one."""
    return (SHARED,) if guild_id is None else (str(guild_id), SHARED)


def place_of(guild_id: int | None, user_id: int) -> str:
    """Who may look behind an answer given there: everybody in that server, or the one user of a direct message."""
    return f"user:{user_id}" if guild_id is None else f"guild:{guild_id}"


def conversation_in(guild_id: int | None, channel_id: int, user_id: int, *, shared: bool = False) -> str:
    """The key of a conversation: one for each person in each channel; in a thread one that everybody shares."""
    user = f"user:{user_id}"
    if guild_id is None:
        return user
    channel = f"guild:{guild_id}/channel:{channel_id}"
    return channel if shared else f"{channel}/{user}"


def asker_of(guild_id: int | None, user_id: int) -> Asker:
    """Whose share of the chat model is used by what somebody asks there."""
    return Asker(str(user_id), str(guild_id) if guild_id is not None else None)


def guild_of(asked: Asked) -> int | None:
    """The server in which something is asked; none in direct messages."""
    if isinstance(asked, discord.Interaction):
        return asked.guild_id
    return asked.guild.id if asked.guild else None


def settings_channel(asked: Asked) -> int:
    """The channel whose settings count: of a thread, that which it belongs to."""
    if isinstance(asked.channel, discord.Thread):
        return asked.channel.parent_id
    return asked.channel.id if asked.channel else 0


def is_guest(interaction: discord.Interaction[Any]) -> bool:
    """Whether somebody brought the bot along, where it was not invited: what it says there only they see."""
    return (
        interaction.is_user_integration()
        and not interaction.is_guild_integration()
        and not interaction.context.dm_channel
    )
