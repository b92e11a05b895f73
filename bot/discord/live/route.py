"""Where a question is answered: in place, in a thread, or to the asker alone, as it is set."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal

import discord

from bot.discord.buttons.offer import OFFER
from bot.discord.components.page_view import page_view
from bot.discord.host import Host
from bot.discord.live.calls import CallError, Refused, call
from bot.discord.live.screen import place_of_event
from bot.discord.pages.markdown import clip, one_line
from bot.discord.pages.page import Mood, notice
from bot.discord.readers import rules_for
from bot.discord.scope import Asked, is_guest
from bot.discord.words import settings as words
from bot.memory.deliveries import Place
from bot.memory.preferences.rules import Rules, Where
from index.errors import NewsdeskError

log = logging.getLogger(__name__)

_THREAD_NAME = 90
_ARCHIVED_AFTER: Literal[1440] = 1440
"""Minutes without a word after which Discord puts a thread away."""
_MADE_WITHIN = 20.0
_HAS_A_THREAD = 160004


async def route(
    host: Host, asked: Asked, kind: str, request: Mapping[str, Any], *, private: bool | None = None
) -> None:
    """Deliver what is asked where that is to be answered, unless the asker has to wait.

    ``private`` is what the asker said this time; None leaves it to what they, and the channel, have set.
    """
    place = place_of_event(asked)
    rules = await rules_for(host, asked)
    if again := await _must_wait(host, place, rules, kind):
        await host.live.say(asked, page_view(notice(words.wait_until(again), Mood.FAILED)))
        return
    where = rules.for_all if private is False else rules.where
    hidden = bool(private) or where is Where.PRIVATE
    if isinstance(asked, discord.Interaction):
        hidden = hidden or is_guest(asked)
        if not hidden and where is Where.THREAD and _has_room(asked.channel, asked.app_permissions):
            await _answer_in_thread(host, asked, kind, request)
        else:
            await host.live.serve(asked, kind, request, private=hidden)
    elif hidden and place.guild_id is not None:
        await host.live.serve(asked, OFFER, {"kind": kind, "asked": dict(request)})
    else:
        thread = await _thread_of(asked, request) if where is Where.THREAD else None
        await host.live.serve(asked, kind, request, thread=thread)


async def alone(host: Host, interaction: discord.Interaction[Any]) -> bool:
    """Whether what somebody asks for is shown to them alone, by what they and the channel have set."""
    return is_guest(interaction) or (await rules_for(host, interaction)).where is Where.PRIVATE


async def _must_wait(host: Host, place: Place, rules: Rules, kind: str) -> datetime | None:
    """From when on somebody may ask again, if they must wait."""
    if not rules.cooldown or place.guild_id is None:
        return None
    span, now = timedelta(seconds=rules.cooldown), discord.utils.utcnow()
    asked_before = host.app.memory.deliveries.last_asked
    look = partial(asked_before, place.user_id, place.guild_id, kind, now - span)
    last = await host.live.promptly(look, None)
    return last + span if last else None


def _has_room(channel: object, allowed: discord.Permissions) -> bool:
    """Whether a thread can be made there."""
    may = allowed.create_public_threads and allowed.send_messages_in_threads
    return isinstance(channel, discord.TextChannel) and may


async def _thread_of(message: discord.Message, request: Mapping[str, Any]) -> int | None:
    """The thread made below a message, or there already; None if there can be none."""
    channel, guild = message.channel, message.guild
    if not isinstance(channel, discord.TextChannel) or guild is None:
        return None
    if not _has_room(channel, channel.permissions_for(guild.me)):
        return None
    make = partial(message.create_thread, name=_name(request), auto_archive_duration=_ARCHIVED_AFTER)
    try:
        return (await call(make, asyncio.get_running_loop().time() + _MADE_WITHIN)).id
    except Refused as refusal:
        return message.id if refusal.code == _HAS_A_THREAD else None
    except CallError as error:
        log.info("A thread could not be made, so the answer comes in the channel: %s", error)
        return None


async def _answer_in_thread(
    host: Host, interaction: discord.Interaction[Any], kind: str, request: Mapping[str, Any]
) -> None:
    """Make a thread for what a command asks, tell the asker where it is, and answer there."""
    made: list[int] = []

    async def begun() -> discord.ui.LayoutView:
        channel = interaction.channel
        assert isinstance(channel, discord.TextChannel)  # _has_room has seen to it
        public = discord.ChannelType.public_thread
        make = partial(
            channel.create_thread, name=_name(request), type=public, auto_archive_duration=_ARCHIVED_AFTER
        )
        try:
            thread = await call(make, asyncio.get_running_loop().time() + _MADE_WITHIN)
        except CallError:
            raise NewsdeskError(words.NO_THREAD()) from None
        made.append(thread.id)
        return page_view(notice(words.in_thread(thread.id), Mood.DONE))

    await host.live.once(interaction, begun)
    if made:
        await host.live.serve(interaction, kind, request, thread=made[0])


def _name(request: Mapping[str, Any]) -> str:
    """What a thread is called: as what was asked."""
    return clip(one_line(str(request.get("question") or "")), _THREAD_NAME) or words.THREAD()
