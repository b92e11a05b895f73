"""The buttons that tell whether an answer helped, and the box that asks why it didn't."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import discord
from discord import ui

from bot.discord.buttons.asking import open_box
from bot.discord.components.page_view import page_view
from bot.discord.host import host_of
from bot.discord.pages.page import Mood, failure, notice
from bot.discord.readers import Personal
from bot.discord.scope import place_of
from bot.discord.words import labels

_REASON_LIMIT = 300


class RatingButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:rate:(?P<id>[0-9a-f]{16}):(?P<rating>helpful|unhelpful)",
):
    """Notes that whoever pressed it found an answer helpful, or asks why not; works after a restart."""

    def __init__(self, answer_id: str, helpful: bool) -> None:
        self.answer_id, self.helpful = answer_id, helpful
        super().__init__(
            ui.Button(
                label=labels.HELPFUL() if helpful else labels.UNHELPFUL(),
                emoji=labels.HELPFUL_SIGN if helpful else labels.UNHELPFUL_SIGN,
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:rate:{answer_id}:{'helpful' if helpful else 'unhelpful'}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> RatingButton:
        return cls(match["id"], match["rating"] == "helpful")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        if self.helpful:
            await note(interaction, self.answer_id, helpful=True)
        else:
            await open_box(interaction, ReasonBox(self.answer_id))


class ReasonBox(Personal, ui.Modal):
    """Asks what is wrong with an answer."""

    def __init__(self, answer_id: str) -> None:
        super().__init__(title=labels.UNHELPFUL_TITLE(), timeout=None)
        self._answer_id = answer_id
        options = [discord.SelectOption(label=reason(), value=reason.english) for reason in labels.REASONS]
        self._chosen: ui.Select[ReasonBox] = ui.Select(custom_id="reason", options=options, required=False)
        self._written: ui.TextInput[ReasonBox] = ui.TextInput(
            custom_id="words", style=discord.TextStyle.paragraph, max_length=_REASON_LIMIT, required=False
        )
        self.add_item(ui.Label(text=labels.REASON(), component=self._chosen))
        self.add_item(ui.Label(text=labels.REASON_IN_WORDS(), component=self._written))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        told = ": ".join(filter(None, (*self._chosen.values, self._written.value.strip())))
        await note(interaction, self._answer_id, helpful=False, reason=told or None)


async def note(
    interaction: discord.Interaction[Any], answer_id: str, *, helpful: bool, reason: str | None = None
) -> None:
    """Note what whoever acts thinks of an answer, and thank them."""
    bot = host_of(interaction)
    place, user = place_of(interaction.guild_id, interaction.user.id), str(interaction.user.id)

    async def rated() -> ui.LayoutView:
        rate = bot.app.memory.ratings.rate
        noted = await asyncio.to_thread(rate, answer_id, place, user, helpful, reason)
        return page_view(notice(labels.RATED(), Mood.DONE) if noted else failure(labels.RATED_NOTHING()))

    await bot.live.once(interaction, rated)
