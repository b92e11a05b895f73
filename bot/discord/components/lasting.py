"""What buttons and menus that work after a restart have in common."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from bot.discord.readers import Personal


class Lasting(Personal):
    """A ``DynamicItem`` that is built anew from its custom id: what its template finds there, as it stands."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(*match.groups())
