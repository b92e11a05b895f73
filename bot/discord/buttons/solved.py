"""The button that marks a post of a forum as solved, by the tag that the forum has for that."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.discord.buttons.more import may_end
from bot.discord.components.page_view import page_view
from bot.discord.host import host_of
from bot.discord.live.calls import CallError, call
from bot.discord.pages.page import Mood, notice
from bot.discord.readers import Personal
from bot.discord.words import labels
from bot.discord.words import settings as words
from index.errors import NewsdeskError

_TAGGED_WITHIN = 20.0
_MOST_TAGS = 5


class SolvedButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:solved:(?P<asker>\d{1,20})",
):
    """Tags the post that it stands in; for who wrote it, and for moderators."""

    def __init__(self, asker: int) -> None:
        self.asker = asker
        super().__init__(
            ui.Button(
                label=words.SOLVED(),
                emoji=words.SOLVED_SIGN,
                style=discord.ButtonStyle.success,
                custom_id=f"newsdesk:solved:{asker}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> SolvedButton:
        return cls(int(match["asker"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await host_of(interaction).live.once(interaction, partial(self._tagged, interaction))

    async def _tagged(self, interaction: discord.Interaction[Any]) -> ui.LayoutView:
        if not may_end(interaction, self.asker):
            raise NewsdeskError(labels.NOT_YOURS())
        post = interaction.channel
        forum = post.parent if isinstance(post, discord.Thread) else None
        if not isinstance(post, discord.Thread) or not isinstance(forum, discord.ForumChannel):
            raise NewsdeskError(words.NO_POST())
        tag = next((one for one in forum.available_tags if one.name.casefold() in words.SOLVED_TAGS), None)
        if tag is None:
            raise NewsdeskError(words.NO_SOLVED_TAG())
        if tag not in post.applied_tags:
            tags = [*post.applied_tags[: _MOST_TAGS - 1], tag]
            try:
                await call(
                    partial(post.edit, applied_tags=tags), asyncio.get_running_loop().time() + _TAGGED_WITHIN
                )
            except CallError:
                raise NewsdeskError(words.CANNOT_TAG()) from None
        return page_view(notice(words.TAGGED(), Mood.DONE))
