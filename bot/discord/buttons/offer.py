"""An answer offered where it isn't shown to all: a line with a button, which shows it to whoever presses it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import discord
from discord import ui

from bot.discord.components.lasting import Lasting
from bot.discord.components.page_view import page_view
from bot.discord.host import host_of
from bot.discord.live.frames import Frame
from bot.discord.pages.page import Mood, notice
from bot.discord.words import settings as words
from bot.memory.deliveries import Delivery

OFFER = "offer"
"""The kind of delivery that is such a line; its request holds the ``kind`` and what was ``asked``."""


class OfferButton(
    Lasting,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:offer:(?P<id>[0-9a-f]{16})",
):
    """Asks what the line above it stands for; works for a day, also after a restart."""

    def __init__(self, delivery_id: str) -> None:
        self.delivery_id = delivery_id
        super().__init__(
            ui.Button(
                label=words.SHOW_ME(),
                style=discord.ButtonStyle.primary,
                custom_id=f"newsdesk:offer:{delivery_id}",
            )
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await host_of(interaction).live.offered(interaction, self.delivery_id)


async def offer_frames(delivery: Delivery) -> AsyncGenerator[Frame, None]:
    """The one page of an offer."""
    yield Frame(page_view(notice(words.OFFERED(), Mood.DONE), OfferButton(delivery.id)), final=True, keeps=True)
