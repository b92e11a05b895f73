"""What buttons and live messages need of the client that runs them."""

from __future__ import annotations

from typing import Any, Protocol, cast

import discord

from bot.app import App
from bot.discord.live.live import Live
from bot.discord.live.stream import Pace
from bot.discord.queue import FairQueue
from bot.discord.stops import Stops
from bot.memory.preferences.rules import Rules
from bot.settings import Settings


class Host(Protocol):
    """The parts of the client that are there once it is set up."""

    settings: Settings
    app: App
    live: Live
    pace: Pace
    stops: Stops
    queue: FairQueue

    async def rules(self, guild_id: int | None, channel_id: int, user_id: int) -> Rules:
        """What applies to a person in a channel (of a thread, that which it belongs to)."""


def host_of(interaction: discord.Interaction[Any]) -> Host:
    """The client that an interaction came to."""
    return cast("Host", interaction.client)
