"""The button that waits for an answer, and those that take it back."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.answer.answer import Answer
from bot.discord.components.lasting import Lasting
from bot.discord.components.page_view import page_view
from bot.discord.host import Host, host_of
from bot.discord.pages.markdown import clip, one_line
from bot.discord.pages.page import Mood, notice
from bot.discord.readers import Personal
from bot.discord.scope import place_of, scopes_for
from bot.discord.words import missing as words
from bot.memory.preferences.subscriptions import MOST, Subscription
from index.errors import NewsdeskError

_LABEL = 100


class TellMeButton(
    Lasting, ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"newsdesk:tell:(?P<id>[0-9a-f]{16})"
):
    """Has whoever pressed it told, once, when an article answers the question; works after a restart."""

    def __init__(self, answer_id: str) -> None:
        self.answer_id = answer_id
        super().__init__(
            ui.Button(
                label=words.TELL_ME(),
                emoji=words.TELL_ME_SIGN,
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:tell:{answer_id}",
            )
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await host_of(interaction).live.once(interaction, partial(self._noted, interaction))

    async def _noted(self, interaction: discord.Interaction[Any]) -> ui.LayoutView:
        host = host_of(interaction)
        place = place_of(interaction.guild_id, interaction.user.id)
        answer = await asyncio.to_thread(host.app.memory.answers.recall, self.answer_id, place)
        if answer is None:
            raise NewsdeskError(words.GONE())
        number = await asyncio.to_thread(_subscribed, host, interaction, answer)
        if number is None:
            raise NewsdeskError(words.TOO_MANY(count=MOST))
        return page_view(notice(words.TOLD_ONCE(), Mood.DONE), TakeBackButton(number))


class TakeBackButton(
    Personal, ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"newsdesk:untell:(?P<number>\d{1,12})"
):
    """Takes back that somebody waits for an answer: their own only."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            ui.Button(
                label=words.TAKE_BACK(),
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:untell:{number}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> TakeBackButton:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await taken_back(interaction, self.number)


class WaitingMenu(Lasting, ui.DynamicItem[ui.Select[ui.LayoutView]], template=r"newsdesk:waiting"):
    """The questions that somebody waits for; the chosen one is taken back."""

    def __init__(self, waiting: tuple[Subscription, ...] = ()) -> None:
        options = [
            discord.SelectOption(value=str(one.id), label=clip(one_line(one.question), _LABEL)) for one in waiting
        ]
        super().__init__(ui.Select(custom_id="newsdesk:waiting", placeholder=words.WAITING_FOR(), options=options))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await taken_back(interaction, int(self.item.values[0]))


async def taken_back(interaction: discord.Interaction[Any], number: int) -> None:
    """End what whoever acts waits for, in place of where they said so."""
    host = host_of(interaction)

    async def removed() -> ui.LayoutView:
        await asyncio.to_thread(host.app.memory.subscriptions.remove, number, interaction.user.id)
        return page_view(notice(words.TAKEN_BACK(), Mood.DONE))

    await host.live.once(interaction, removed, turns=True)


def _subscribed(host: Host, interaction: discord.Interaction[Any], answer: Answer) -> int | None:
    private = interaction.message is not None and interaction.message.flags.ephemeral
    filters = answer.filters
    wanted = Subscription(
        interaction.user.id,
        interaction.guild_id,
        interaction.channel_id or 0,
        private or interaction.guild_id is None,
        answer.standalone or answer.question,
        host.app.library.newest(scopes_for(interaction.guild_id)),
        filters.source,
        filters.since,
        filters.until,
    )
    return host.app.memory.subscriptions.add(wanted, discord.utils.utcnow())
