"""Asks Discord whose a token is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import discord

from bot.discord.client import invite_url
from bot.discord.connecting.running import why

_SECONDS = 20


@dataclass(frozen=True, slots=True)
class WhoAmI:
    """The bot's name, and the link that invites it; or ``problem``, why that can't be told and what to do."""

    problem: str | None = None
    name: str = ""
    invitation: str = ""


async def who_am_i(token: str) -> WhoAmI:
    """Log in with ``token`` by a call of the REST API, and out again. Never raises."""
    try:
        async with discord.Client(intents=discord.Intents.none()) as client, asyncio.timeout(_SECONDS):
            await client.login(token)
            return WhoAmI(name=str(client.user), invitation=invite_url(client.application_id or 0))
    except Exception as error:
        return WhoAmI(why(error))
