"""A page with a picture, which is sent along with it."""

from __future__ import annotations

import io

import discord
from discord import ui

from bot.discord.pages.page import Page

NAME = "usage.png"


class PictureView(ui.LayoutView):
    """A view whose ``picture`` (PNG) stands in it as the attachment ``NAME``."""

    def __init__(self, picture: bytes) -> None:
        super().__init__(timeout=None)
        self.picture = picture


def pictured_view(page: Page, picture: bytes, told: str) -> PictureView:
    """``page`` with a picture below it; ``told``: what is in it, for who can't see it."""
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=page.mood.value)
    for block in page.blocks:
        container.add_item(ui.TextDisplay(block.text))
    container.add_item(ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{NAME}", description=told)))
    view = PictureView(picture)
    view.add_item(container)
    return view


def files_of(view: ui.LayoutView) -> list[discord.File]:
    """What must be sent along with ``view``, made anew for each try."""
    return [discord.File(io.BytesIO(view.picture), NAME)] if isinstance(view, PictureView) else []
