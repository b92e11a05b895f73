"""The article that is meant by a message which links it, and the message that is meant by a link."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from functools import partial
from typing import Any

import discord

from bot.discord.live.calls import CallError, call
from bot.discord.pages.sources import links_in
from bot.discord.words import summaries as words
from index.article import ArticleRef
from index.errors import NewsdeskError
from index.library import Library

MESSAGE_LINK = re.compile(r"^<?https://(?:\w+\.)?discord(?:app)?\.com/channels/(\d+|@me)/(\d+)/(\d+)>?$")

_FETCHED_WITHIN = 20.0


async def message_behind(interaction: discord.Interaction[Any], link: re.Match[str]) -> discord.Message:
    """The message behind a ``MESSAGE_LINK``, if it is of this place and whoever asks may read it.

    Raises ``NewsdeskError`` if not.
    """
    guild, channel_id, message_id = link.groups()
    here = str(interaction.guild_id) if interaction.guild_id else "@me"
    if guild != here:
        raise NewsdeskError(words.MESSAGE_GONE())
    channel = interaction.channel
    if int(channel_id) != interaction.channel_id:
        channel = interaction.guild.get_channel_or_thread(int(channel_id)) if interaction.guild else None
    if not isinstance(channel, discord.abc.Messageable):
        raise NewsdeskError(words.MESSAGE_GONE())
    if isinstance(interaction.user, discord.Member) and isinstance(
        channel, discord.abc.GuildChannel | discord.Thread
    ):
        allowed = channel.permissions_for(interaction.user)
        if not (allowed.view_channel and allowed.read_message_history):
            raise NewsdeskError(words.MESSAGE_GONE())
    wanted = partial(channel.fetch_message, int(message_id))
    try:
        return await call(wanted, asyncio.get_running_loop().time() + _FETCHED_WITHIN)
    except CallError:
        raise NewsdeskError(words.MESSAGE_GONE()) from None


async def linked_article(library: Library, scopes: Sequence[str], message: discord.Message) -> ArticleRef:
    """The first article of the library that ``message`` links or has attached. Raises ``NewsdeskError``."""
    links = [*links_in(message.content), *(embed.url for embed in message.embeds if embed.url)]
    names = [attachment.filename for attachment in message.attachments]
    if not links and not names:
        raise NewsdeskError(words.NO_LINK())
    for name in (*dict.fromkeys(links), *names):
        if article := await asyncio.to_thread(library.find, scopes, name):
            return article
    raise NewsdeskError(words.NOT_IN_LIBRARY())
