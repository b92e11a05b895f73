"""What is shown instead of an answer that did not come in time, with the button that asks again."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.discord.components.lasting import Lasting
from bot.discord.components.page_view import page_view
from bot.discord.pages.page import Mood, notice
from bot.discord.words import labels, reasons


class AgainButton(
    Lasting,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:again:(?P<id>[0-9a-f]{16})",
):
    """Asks again what a delivery asked; works after a restart."""

    def __init__(self, delivery_id: str) -> None:
        self.delivery_id = delivery_id
        super().__init__(
            ui.Button(
                label=labels.ASK_AGAIN(),
                style=discord.ButtonStyle.primary,
                custom_id=f"newsdesk:again:{delivery_id}",
            )
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.live.again(interaction, self.delivery_id)


def too_late(delivery_id: str | None) -> ui.LayoutView:
    """That it took too long; with the button, if there is something to ask again."""
    if delivery_id is None:
        return page_view(notice(reasons.INTERRUPTED(), Mood.FAILED))
    return page_view(notice(reasons.TOO_LATE(), Mood.FAILED), AgainButton(delivery_id))
