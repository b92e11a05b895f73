"""The buttons that show the passages behind an answer."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.discord.components.page_view import page_view
from bot.discord.host import host_of
from bot.discord.pages.page import failure
from bot.discord.pages.passages import passage_pages
from bot.discord.readers import Personal
from bot.discord.scope import place_of, scopes_for
from bot.discord.words import labels, reasons


class PassagesButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:(?P<extent>passages|whole):(?P<id>[0-9a-f]{16}):(?P<number>\d{1,4})",
):
    """Shows one page of the passages behind an answer, to whoever pressed it.

    All it needs stands in its custom id and in the bot's memory, so that it works after a restart. ``whole``: the
    pages begin with the whole answer.
    """

    def __init__(self, answer_id: str, whole: bool, number: int = 0, label: str | None = None) -> None:
        self.answer_id, self.whole, self.number = answer_id, whole, number
        super().__init__(
            ui.Button(
                label=label or (labels.SHOW_ALL() if whole else labels.SHOW_PASSAGES()),
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:{'whole' if whole else 'passages'}:{answer_id}:{number}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> PassagesButton:
        return cls(match["id"], match["extent"] == "whole", int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        turning = interaction.message is not None and interaction.message.flags.ephemeral
        await host_of(interaction).live.once(interaction, partial(self._turned_to, interaction), turns=turning)

    async def _turned_to(self, interaction: discord.Interaction[Any]) -> ui.LayoutView:
        bot = host_of(interaction)
        place = place_of(interaction.guild_id, interaction.user.id)
        answer = await asyncio.to_thread(bot.app.memory.answers.recall, self.answer_id, place)
        if answer is None:
            return page_view(failure(reasons.ANSWER_GONE()))
        scopes = scopes_for(interaction.guild_id)
        ids = dict.fromkeys(citation.passage_id for citation in answer.citations)
        kept = {id_: await asyncio.to_thread(bot.app.library.passage_version, scopes, id_) for id_ in ids}
        passages = {id_: found.passage if found else None for id_, found in kept.items()}
        changed = {id_ for id_, found in kept.items() if found and not found.version.live}
        gone = await asyncio.to_thread(bot.app.library.gone, scopes)
        pages = passage_pages(answer, passages, self.whole, changed, gone)
        number = min(self.number, len(pages) - 1)
        turns = []
        if number > 0:
            turns.append(PassagesButton(self.answer_id, self.whole, number - 1, labels.BACK()))
        if number + 1 < len(pages):
            turns.append(PassagesButton(self.answer_id, self.whole, number + 1, labels.NEXT()))
        return page_view(pages[number], *turns)
