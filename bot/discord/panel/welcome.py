"""The card that greets a server: what to ask about, what the bot may do there, and the step that is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial

import discord
from discord import ui

from bot.discord.client import PERMISSIONS
from bot.discord.components.page_view import page_view
from bot.discord.host import Host
from bot.discord.pages.page import Block, Mood, Page
from bot.discord.panel.sample import SampleButton
from bot.discord.panel.samples import sample_questions
from bot.discord.scope import scopes_for
from bot.discord.words import welcome as words
from bot.memory.preferences.rules import Where

SAMPLES = 3
_NEEDED = tuple(name for name, needed in PERMISSIONS if needed)
_FOR_THREADS = "create_public_threads"


async def welcome_view(host: Host, guild: discord.Guild, channel: discord.abc.GuildChannel) -> ui.LayoutView:
    """The card, as it is posted into ``channel``."""
    count, samples = await what_there_is(host, guild.id)
    steps = await steps_for(host, channel, channel.permissions_for(guild.me), count)
    steps = f"**{words.MANAGERS()}**\n{steps}"
    there_is = words.articles(count, bool(samples))
    return page_view(Page(Mood.WORKING, (Block(f"{words.HELLO()}\n{there_is}"),)), *samples, below=[Block(steps)])


async def what_there_is(host: Host, guild_id: int | None) -> tuple[int, list[SampleButton]]:
    """How many articles can be asked about, and the buttons of questions to try."""
    scopes = scopes_for(guild_id)
    samples = await sample_questions(host, scopes, SAMPLES)
    count = await asyncio.to_thread(host.app.library.count, scopes)
    return count, [SampleButton(number, question) for number, question in enumerate(samples)]


async def steps_for(
    host: Host, channel: discord.abc.GuildChannel, allowed: discord.Permissions, articles: int
) -> str:
    """What the bot may do in a channel, with ticks, and the one step that is missing."""
    look = partial(host.app.memory.preferences.rules, channel.guild.id, channel.id, 0)
    rules = await asyncio.to_thread(look)
    needed = [*_NEEDED, *([_FOR_THREADS] if rules.where is Where.THREAD else [])]
    has = {name: bool(getattr(allowed, name)) for name in needed}
    missing = next((name for name in needed if not has[name]), None)
    ready = words.ALL_SET() if articles else words.ADD_ARTICLES()
    step = words.allow(missing, channel.id) if missing else ready
    return "\n".join([_ticks(has.items()), step])


def _ticks(has: Iterable[tuple[str, bool]]) -> str:
    marks = {True: words.HAS_IT, False: words.LACKS_IT}
    return "-# " + " · ".join(f"{marks[given]} {words.PERMISSIONS[name]()}" for name, given in has)


def greeted_in(guild: discord.Guild) -> discord.TextChannel | None:
    """Where a server greets its own members, else the first channel where the bot may write."""
    system = [guild.system_channel] if guild.system_channel else []
    for channel in (*system, *guild.text_channels):
        allowed = channel.permissions_for(guild.me)
        if allowed.view_channel and allowed.send_messages:
            return channel
    return None
