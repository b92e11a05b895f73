"""Messages that came while the bot was not connected, or after Discord had ended its session."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from datetime import datetime

import discord

from bot.discord.live.calls import CallError, call

log = logging.getLogger(__name__)

_A_CHANNEL = 100
_CHANNELS_AT_ONCE = 4
_SECONDS_A_CHANNEL = 20.0


async def missed(
    client: discord.Client, guilds: Iterable[discord.Guild], direct: Collection[int], since: datetime
) -> AsyncIterator[discord.Message]:
    """What people wrote after ``since`` where the bot may read: in ``guilds``, and in the channels ``direct``.

    Without the message content intent Discord gives the words only of direct messages and of those that mention
    the bot, which are the ones that it answers. Only channels are read whose last message is newer than ``since``.
    """
    start = discord.Object(discord.utils.time_snowflake(since))
    channels = [client.get_partial_messageable(id_) for id_ in direct]
    channels += [
        client.get_partial_messageable(channel_id, guild_id=guild.id)
        for guild in guilds
        for channel_id in _lately(guild, start.id)
    ]
    for first in range(0, len(channels), _CHANNELS_AT_ONCE):
        some = channels[first : first + _CHANNELS_AT_ONCE]
        for messages in await asyncio.gather(*(_read(channel, start) for channel in some)):
            for message in messages:
                yield message


async def _read(channel: discord.PartialMessageable, start: discord.Object) -> list[discord.Message]:
    """The messages of a channel since then, the oldest first; none if they may not or can't be read."""

    async def read() -> list[discord.Message]:
        history = channel.history(limit=_A_CHANNEL, after=start, oldest_first=True)
        return [message async for message in history if not message.author.bot]

    try:
        return await call(read, asyncio.get_running_loop().time() + _SECONDS_A_CHANNEL)
    except CallError as error:
        log.info("What was written in channel %d meanwhile can't be read: %s", channel.id, error)
        return []


def _lately(guild: discord.Guild, start: int) -> Iterator[int]:
    """The channels and threads in which something was written since."""
    channels: list[discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread]
    channels = [*guild.text_channels, *guild.voice_channels, *guild.stage_channels, *guild.threads]
    for channel in channels:
        if (channel.last_message_id or 0) > start:
            yield channel.id
