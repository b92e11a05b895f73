"""Removing an article, or a source with its articles: asked for once more, and done at the press of a button."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
from discord import ui

from bot.discord.components.choices import article_behind, handle
from bot.discord.components.lasting import Lasting
from bot.discord.components.page_view import page_view
from bot.discord.curators import curated_scope
from bot.discord.host import Host, host_of
from bot.discord.pages.markdown import escape_within
from bot.discord.pages.page import Mood, notice
from bot.discord.pages.sources import article_line, place_name
from bot.discord.readers import Personal, public_language
from bot.discord.speech.phrase import speaking
from bot.discord.words import library as words
from index.article import ArticleRef
from index.errors import NewsdeskError
from index.store.sql.sources import SourceInfo

_KEY_ROOM = 75
"""Characters of a custom id (100 at most) that are left for what is removed."""


@dataclass(frozen=True, slots=True)
class Removable:
    """Something that a server's curators may remove: ``kind`` is article or source."""

    kind: str
    key: str

    @classmethod
    def article(cls, ref: ArticleRef) -> Removable:
        return cls("article", handle(ref.id, _KEY_ROOM))

    @classmethod
    def source(cls, info: SourceInfo) -> Removable:
        return cls("source", str(info.pk))

    @classmethod
    def read(cls, text: str) -> Removable:
        """Out of what ``str`` gives. Raises ``NewsdeskError`` for anything else."""
        kind, _, key = text.partition(":")
        if kind not in ("article", "source") or not key:
            raise NewsdeskError(words.NOT_IN_LIST())
        return cls(kind, key)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


def removal_question(bot: Host, scope: str, what: Removable) -> ui.LayoutView:
    """Whether to remove it, with the buttons that answer. Raises ``NewsdeskError`` if ``scope`` has it no more."""
    found = _find(bot, scope, what)
    if isinstance(found, SourceInfo):
        text = words.remove_source(escape_within(place_name(found.location), 200), found.articles)
    else:
        text = words.remove_article(article_line(found))
    return page_view(notice(text, Mood.FAILED), RemovalButton(what), KeepButton())


class RemovalButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:remove:(?P<kind>article|source):(?P<key>[\s\S]{1,75})",
):
    """Removes what its custom id names, if whoever presses it is a curator."""

    def __init__(self, what: Removable) -> None:
        self.what = what
        super().__init__(
            ui.Button(
                label=words.REMOVE_BUTTON(),
                style=discord.ButtonStyle.danger,
                custom_id=f"newsdesk:remove:{what}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> RemovalButton:
        return cls(Removable(match["kind"], match["key"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        removed: list[Callable[[], str]] = []

        async def remove() -> ui.LayoutView:
            scope = await curated_scope(interaction)
            removed.append(await asyncio.to_thread(_remove, host_of(interaction), scope, self.what))
            return page_view(notice(removed[0](), Mood.DONE))

        live = host_of(interaction).live
        await live.once(interaction, remove, turns=True)
        if removed:
            # The question was for one curator; what came of it concerns all who read the library.
            with speaking(public_language(interaction)):
                view = page_view(notice(words.by(removed[0](), interaction.user.mention), Mood.DONE))
            await live.add(interaction, view)


class KeepButton(Lasting, ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"newsdesk:keep"):
    """Takes the question back."""

    def __init__(self) -> None:
        super().__init__(
            ui.Button(label=words.KEEP_BUTTON(), style=discord.ButtonStyle.secondary, custom_id="newsdesk:keep")
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        live = host_of(interaction).live
        await live.say(interaction, page_view(notice(words.KEPT(), Mood.DONE)), turns=True)


def _find(bot: Host, scope: str, what: Removable) -> SourceInfo | ArticleRef:
    library = bot.app.library
    found: SourceInfo | ArticleRef | None
    if what.kind == "source":
        listed = library.sources.listed([scope], on_demand=True)
        found = next((one for one in listed if str(one.pk) == what.key), None)
    else:
        found = article_behind(library, [scope], what.key, _KEY_ROOM)
    if found is None:
        raise NewsdeskError(words.GONE_ALREADY())
    return found


def _remove(bot: Host, scope: str, what: Removable) -> Callable[[], str]:
    """Remove an article or a source of ``scope``; returns what tells that it was done, in any language."""
    found = _find(bot, scope, what)
    library = bot.app.library
    if isinstance(found, ArticleRef):
        if not library.remove(scope, found.id):
            raise NewsdeskError(words.GONE_ALREADY())
        return lambda: words.removed_article(article_line(found))
    removed = library.remove_source(scope, found.location, articles=True)
    if removed is None:
        raise NewsdeskError(words.GONE_ALREADY())
    if (path := Path(found.location)).is_relative_to((bot.settings.home / "attachments").resolve()):
        path.unlink(missing_ok=True)
    name = escape_within(place_name(found.location), 200)
    return lambda: words.removed_source(name, removed)
