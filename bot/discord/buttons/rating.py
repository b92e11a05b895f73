"""The buttons that tell whether an answer helped."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import discord
from discord import ui

from bot.discord.buttons.page_view import page_view
from bot.discord.host import host_of
from bot.discord.pages import words
from bot.discord.pages.page import Mood, failure, notice
from bot.discord.scope import place_of


class RatingButton(
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:rate:(?P<id>[0-9a-f]{16}):(?P<rating>helpful|unhelpful)",
):
    """Notes that whoever pressed it found an answer helpful, or not; works after a restart."""

    def __init__(self, answer_id: str, helpful: bool) -> None:
        self.answer_id, self.helpful = answer_id, helpful
        super().__init__(
            ui.Button(
                emoji=words.HELPFUL if helpful else words.UNHELPFUL,
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
        bot = host_of(interaction)
        place, user = place_of(interaction.guild_id, interaction.user.id), str(interaction.user.id)

        async def rated() -> ui.LayoutView:
            noted = await asyncio.to_thread(bot.app.memory.ratings.rate, self.answer_id, place, user, self.helpful)
            return page_view(notice(words.RATED, Mood.DONE) if noted else failure(words.RATED_NOTHING))

        await bot.live.once(interaction, rated)
