"""Who may change what a server has: its library, its digests, its curators."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
from discord import app_commands

from bot.discord.host import host_of
from bot.discord.words import library as words
from bot.discord.words import reasons
from index.errors import NewsdeskError

INVITED = app_commands.AppInstallationType(guild=True, user=False)
"""Where the commands work that are of use to those only whose server has invited the bot."""


def managed_server(interaction: discord.Interaction[Any]) -> int:
    """The id of the server, if whoever acts manages it; raises ``NewsdeskError`` if not."""
    if interaction.guild_id is None:
        raise NewsdeskError(reasons.NOT_IN_DIRECT_MESSAGES())
    if not interaction.permissions.manage_guild:
        raise NewsdeskError(reasons.NOT_A_MANAGER())
    return interaction.guild_id


async def curated_scope(interaction: discord.Interaction[Any]) -> str:
    """The scope that whoever acts may change; raises ``NewsdeskError`` if that is none."""
    if interaction.guild_id is None:
        raise NewsdeskError(words.NOT_IN_DIRECT_MESSAGES())
    if not await is_curator(interaction):
        raise NewsdeskError(words.NOT_A_CURATOR())
    return str(interaction.guild_id)


async def is_curator(interaction: discord.Interaction[Any]) -> bool:
    """Whether whoever acts may change the library of the server: who manages it, and whoever has a named role."""
    if interaction.guild_id is None:
        return False
    if interaction.permissions.manage_guild:
        return True
    servers = host_of(interaction).app.memory.servers
    curators = await asyncio.to_thread(servers.curators, interaction.guild_id)
    roles = interaction.user.roles if isinstance(interaction.user, discord.Member) else []
    return bool(curators & {role.id for role in roles})
