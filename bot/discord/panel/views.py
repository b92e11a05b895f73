"""The panel as a person sees it: what is set, where it comes from, and what is missing for it to work."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import discord
from discord import ui

from bot.discord.curators import managed_server
from bot.discord.host import Host, host_of
from bot.discord.missing.waiting import WaitingMenu
from bot.discord.pages.markdown import escape_within, one_line
from bot.discord.pages.page import Mood
from bot.discord.panel.controls import (
    ChannelMenu,
    ChoiceMenu,
    CuratorsMenu,
    ForumsMenu,
    LimitsButton,
    Tab,
    TabButton,
    Toggle,
    TryButton,
)
from bot.discord.scope import settings_channel
from bot.discord.words import settings as words
from bot.memory.preferences.rules import Level, Rules, Where, Wishes, rules_of
from index.article import SHARED
from index.errors import NewsdeskError

Channel = discord.abc.GuildChannel
Item = ui.Item[Any]


async def server_view(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """What holds in the whole server. Raises ``NewsdeskError`` for who doesn't manage it."""
    server, host = managed_server(interaction), host_of(interaction)
    rules = rules_of(await asyncio.to_thread(host.app.memory.preferences.wishes, Level.SERVER, server))
    where = words.set_below(words.WHERE_IT_ANSWERS, rules.origin("where"))
    allowed = interaction.guild.me.guild_permissions if interaction.guild else discord.Permissions()
    return _view(
        await _server_head(interaction, host, server),
        ui.Separator(),
        "\n".join([where, *_threads(rules.where, allowed)]),
        ui.ActionRow(ChoiceMenu(Level.SERVER, server, "where", rules.where)),
        words.set_below(words.COOLDOWN, rules.origin("cooldown")),
        ui.ActionRow(ChoiceMenu(Level.SERVER, server, "cooldown", str(rules.cooldown))),
        words.set_below(words.LANGUAGE, rules.origin("language")),
        ui.ActionRow(ChoiceMenu(Level.SERVER, server, "language", rules.language)),
        ui.ActionRow(ChannelMenu()),
        ui.ActionRow(TabButton(Tab.WORK), TabButton(Tab.PERSON), TryButton()),
    )


async def work_view(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """Who adds articles, which forums are answered, and how much the chat model may do.

    Raises ``NewsdeskError`` for who doesn't manage the server.
    """
    server, host = managed_server(interaction), host_of(interaction)
    memory = host.app.memory
    wishes = await asyncio.to_thread(memory.preferences.wishes, Level.SERVER, server)
    curators = sorted(await asyncio.to_thread(memory.servers.curators, server))
    forums = await asyncio.to_thread(memory.preferences.channels, server, "every_post")
    missing = [words.NEEDS_CONTENT()] if forums and not host.settings.message_content else []
    shares = f"**{words.LIMITS()}**\n{words.limits(wishes.server_tokens, wishes.person_tokens)}"
    return _view(
        await _server_head(interaction, host, server),
        ui.Separator(),
        f"**{words.CURATORS()}**",
        ui.ActionRow(CuratorsMenu(curators)),
        "\n".join([f"**{words.POSTS()}**", *missing]),
        ui.ActionRow(ForumsMenu(forums)),
        ui.Section(shares, accessory=LimitsButton()),
        ui.ActionRow(TabButton(Tab.SERVER), TabButton(Tab.PERSON)),
    )


async def _server_head(interaction: discord.Interaction[Any], host: Host, server: int) -> str:
    name = escape_within(one_line(interaction.guild.name), 80) if interaction.guild else ""
    return "\n".join([words.heading(name), await asyncio.to_thread(_summary, host, server)])


async def channel_view(interaction: discord.Interaction[Any], channel_id: int) -> ui.LayoutView:
    """What holds in one channel. Raises ``NewsdeskError`` if the server has no such channel."""
    server, host = managed_server(interaction), host_of(interaction)
    channel = channel_of(interaction, channel_id)
    preferences = host.app.memory.preferences
    above = await asyncio.to_thread(preferences.wishes, Level.SERVER, server)
    own = await asyncio.to_thread(preferences.wishes, Level.CHANNEL, channel_id)
    rules = rules_of(above, own)
    where = words.applies(words.WHERE_IT_ANSWERS, words.WHERE[rules.where](), rules.origin("where"))
    wait = words.applies(words.COOLDOWN, words.seconds(rules.cooldown), rules.origin("cooldown"))
    every = [f"**{words.EVERY_QUESTION()}**", words.EVERY_QUESTION_MEANS()]
    if not host.settings.message_content:
        every.append(words.NEEDS_CONTENT())
    chosen = None if own.cooldown is None else str(own.cooldown)
    turn = Toggle(Level.CHANNEL, channel_id, "every_question", to=not rules.every_question)
    return _view(
        words.channel_heading(channel_id),
        ui.Separator(),
        "\n".join([where, *_threads(rules.where, channel.permissions_for(channel.guild.me))]),
        ui.ActionRow(ChoiceMenu(Level.CHANNEL, channel_id, "where", own.where)),
        wait,
        ui.ActionRow(ChoiceMenu(Level.CHANNEL, channel_id, "cooldown", chosen)),
        _spoken(rules),
        ui.ActionRow(ChoiceMenu(Level.CHANNEL, channel_id, "language", own.language)),
        ui.Section("\n".join(every), accessory=turn),
        ui.ActionRow(ChannelMenu()),
        ui.ActionRow(TabButton(Tab.SERVER), TabButton(Tab.PERSON), TryButton()),
    )


async def person_view(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """What holds for whoever acts, and where they are answered just here."""
    host, user = host_of(interaction), interaction.user
    preferences = host.app.memory.preferences
    own: Wishes = await asyncio.to_thread(preferences.wishes, Level.PERSON, user.id)
    here = settings_channel(interaction)
    rules = await asyncio.to_thread(preferences.rules, interaction.guild_id, here, user.id)
    applies = words.applies(words.HERE, words.WHERE[rules.where](), rules.origin("where"))
    turn = Toggle(Level.PERSON, user.id, "private", to=not own.private)
    waiting = tuple(await asyncio.to_thread(host.app.memory.subscriptions.of, user.id))
    manages = interaction.guild_id is not None and interaction.permissions.manage_guild
    tabs: list[Item] = [*([TabButton(Tab.SERVER)] if manages else []), TryButton()]
    return _view(
        words.PREFERENCES_HEAD(),
        ui.Separator(),
        ui.Section(f"**{words.PRIVATE()}**\n{words.PRIVATE_MEANS()}", accessory=turn),
        applies,
        f"**{words.LANGUAGE()}**\n{words.language(own.language)} · {words.LANGUAGE_MEANS()}",
        ui.ActionRow(ChoiceMenu(Level.PERSON, user.id, "language", own.language)),
        *([_row([WaitingMenu(waiting)])] if waiting else []),
        _row(tabs),
    )


def channel_of(interaction: discord.Interaction[Any], channel_id: int) -> Channel:
    """The channel of this server with that id. Raises ``NewsdeskError`` if there is none."""
    channel = interaction.guild.get_channel(channel_id) if interaction.guild else None
    if channel is None:
        raise NewsdeskError(words.NO_SUCH_CHANNEL())
    return channel


def _spoken(rules: Rules) -> str:
    """Which language is spoken, and whose word that is."""
    applied = words.applies(words.LANGUAGE, words.language(rules.language), rules.origin("language"))
    return f"{applied} · {words.LANGUAGE_MEANS()}"


def _threads(where: Where, allowed: discord.Permissions) -> list[str]:
    """What is missing, if answers are to stand in threads."""
    may = allowed.create_public_threads and allowed.send_messages_in_threads
    return [words.NEEDS_THREADS()] if where is Where.THREAD and not may else []


def _summary(host: Host, server: int) -> str:
    library, scope = host.app.library, str(server)
    sources = library.sources.listed([scope], on_demand=True)
    failing = sum(1 for source in sources if source.failing_since)
    digests = len(host.app.memory.schedules.listed(server))
    used = host.app.memory.usage.used(datetime.now(UTC).date(), server=scope)
    return "\n".join(
        [
            words.summary(library.count([SHARED]), library.count([scope]), failing, digests),
            words.engine(host.settings.chat_model, used.prompt_tokens + used.completion_tokens),
        ]
    )


def _row(items: Sequence[Item]) -> ui.ActionRow[ui.LayoutView]:
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    for item in items:
        row.add_item(item)
    return row


def _view(*parts: str | Item) -> ui.LayoutView:
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=Mood.WORKING.value)
    for part in parts:
        container.add_item(ui.TextDisplay(part) if isinstance(part, str) else part)
    view = ui.LayoutView(timeout=None)
    view.add_item(container)
    return view
