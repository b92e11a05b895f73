"""A question to try: pressed, it is asked as if whoever pressed it had typed it."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import ui

from bot.discord.buttons.asking import ask_here
from bot.discord.readers import Personal


class SampleButton(Personal, ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"newsdesk:sample:(?P<number>\d)"):
    """Asks what its label says; works after a restart."""

    def __init__(self, number: int, question: str) -> None:
        self.question = question
        super().__init__(
            ui.Button(
                label=question,
                style=discord.ButtonStyle.primary if not number else discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:sample:{number}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> SampleButton:
        return cls(int(match["number"]), str(getattr(item, "label", "") or ""))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await ask_here(interaction, {"question": self.question})
