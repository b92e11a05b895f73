"""What nobody waits for: it is sent, or the caller is told why not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import discord
from discord import ui

from bot.discord.live.calls import CallError, call
from bot.discord.live.clickable import clickable

log = logging.getLogger(__name__)

TOLD_WITHIN = timedelta(seconds=30)


class Outbox:
    """Posts, direct messages, and what is added below an answer. ``commands``: their ids, by their names."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot
        self.commands: Mapping[str, int] = {}

    async def add(self, interaction: discord.Interaction[Any], view: ui.LayoutView) -> None:
        """Show everybody what came of an interaction, below what it was answered with; once, or not at all."""
        clickable(view, self.commands)
        try:
            await call(lambda: interaction.followup.send(view=view), after())
        except CallError as error:
            log.warning("What came of an interaction could not be shown to everybody: %s", error)

    async def post(
        self,
        channel_id: int,
        guild_id: int | None,
        view: ui.LayoutView,
        nonce: str,
        *,
        to: discord.abc.Snowflake | None = None,
    ) -> None:
        """Post what nobody waits for; Discord drops a second one with that nonce. Raises ``CallError``.

        ``to``: who is pinged, because they asked to be told.
        """
        clickable(view, self.commands)
        channel = self._bot.get_partial_messageable(channel_id, guild_id=guild_id)
        mentions = discord.AllowedMentions(everyone=False, roles=False, users=[to] if to else False)
        await call(lambda: channel.send(view=view, nonce=nonce, allowed_mentions=mentions), after(TOLD_WITHIN))

    async def write_to(self, user_id: int, view: ui.LayoutView) -> None:
        """Write to somebody directly. Raises ``CallError``."""
        clickable(view, self.commands)
        until = after(TOLD_WITHIN)
        channel = await call(lambda: self._bot.create_dm(discord.Object(user_id)), until)
        await call(lambda: channel.send(view=view, allowed_mentions=discord.AllowedMentions.none()), until)


def after(span: timedelta = timedelta()) -> float:
    """That much from now, on the loop's clock."""
    return asyncio.get_running_loop().time() + span.total_seconds()
