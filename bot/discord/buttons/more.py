"""What few people need of an answer: stopping it while it is written, and deleting it."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.discord.components.page_view import page_view
from bot.discord.host import host_of
from bot.discord.live.calls import CallError, call
from bot.discord.pages.page import Mood, failure, notice
from bot.discord.readers import Personal
from bot.discord.scope import place_of
from bot.discord.words import labels
from index.errors import NewsdeskError

_DELETED_WITHIN = 20.0


class StopButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:stop:(?P<id>[0-9a-f]{16}):(?P<asker>\d{1,20})",
):
    """Stops writing an answer; for who asked it, and for moderators."""

    def __init__(self, delivery_id: str, asker: int) -> None:
        self.delivery_id, self.asker = delivery_id, asker
        super().__init__(
            ui.Button(
                label=labels.STOP(),
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:stop:{delivery_id}:{asker}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> StopButton:
        return cls(match["id"], int(match["asker"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        host = host_of(interaction)
        if not may_end(interaction, self.asker):
            told = failure(labels.NOT_YOURS())
        elif host.stops.stop(self.delivery_id):
            told = notice(labels.STOPPING(), Mood.DONE)
        else:
            told = failure(labels.NOT_WRITTEN_NOW())
        await host.live.say(interaction, page_view(told))


class MoreButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:more:(?P<id>[0-9a-f]{16}):(?P<asker>\d{1,20})",
):
    """Offers what few need of an answer, to whoever pressed it; works after a restart."""

    def __init__(self, answer_id: str, asker: int) -> None:
        self.answer_id, self.asker = answer_id, asker
        super().__init__(
            ui.Button(
                label=labels.MORE,
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:more:{answer_id}:{asker}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> MoreButton:
        return cls(match["id"], int(match["asker"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        message = interaction.message
        assert message is not None  # a button is always on one
        private = message.flags.ephemeral
        delete = None
        if not private and may_end(interaction, self.asker):
            delete = (message.id, self.asker)
        interaction.client.dispatch("more_of_answer", interaction, self.answer_id, private, delete)


class DeleteButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:delete:(?P<id>[0-9a-f]{16}):(?P<message>\d{1,20}):(?P<asker>\d{1,20})",
):
    """Deletes an answer, in the channel where the button is and in the memory."""

    def __init__(self, answer_id: str, message_id: int, asker: int) -> None:
        self.answer_id, self.message_id, self.asker = answer_id, message_id, asker
        super().__init__(
            ui.Button(
                label=labels.DELETE(),
                style=discord.ButtonStyle.danger,
                custom_id=f"newsdesk:delete:{answer_id}:{message_id}:{asker}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> DeleteButton:
        return cls(match["id"], int(match["message"]), int(match["asker"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await host_of(interaction).live.once(interaction, partial(self._deleted, interaction), turns=True)

    async def _deleted(self, interaction: discord.Interaction[Any]) -> ui.LayoutView:
        if not may_end(interaction, self.asker):
            raise NewsdeskError(labels.NOT_YOURS())
        channel = interaction.client.get_partial_messageable(
            interaction.channel_id or 0, guild_id=interaction.guild_id
        )
        message = channel.get_partial_message(self.message_id)
        try:
            await call(message.delete, asyncio.get_running_loop().time() + _DELETED_WITHIN)
        except CallError:
            raise NewsdeskError(labels.NOT_DELETED()) from None
        place = place_of(interaction.guild_id, interaction.user.id)
        await asyncio.to_thread(host_of(interaction).app.memory.answers.delete, self.answer_id, place)
        return page_view(notice(labels.DELETED(), Mood.DONE))


def may_end(interaction: discord.Interaction[Any], asker: int) -> bool:
    """Whether whoever acts asked for the answer, or moderates where it stands."""
    return interaction.user.id == asker or interaction.permissions.manage_messages
