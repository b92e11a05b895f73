"""The menu of /help: whoever chooses a topic turns to its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.discord.components.lasting import Lasting
from bot.discord.words.offered import TOPICS, Topic


class HelpMenu(Lasting, ui.DynamicItem[ui.Select[ui.LayoutView]], template=r"newsdesk:help"):
    """The topics that are offered, the ``chosen`` one shown; another one is an event ``help_wanted``."""

    def __init__(self, offered: Sequence[Topic] = (), chosen: Topic | None = None) -> None:
        options = [
            discord.SelectOption(value=topic.value, label=TOPICS[topic](), default=topic is chosen)
            for topic in offered
        ]
        super().__init__(ui.Select(custom_id="newsdesk:help", options=options))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.client.dispatch("help_wanted", interaction, Topic(self.item.values[0]))
