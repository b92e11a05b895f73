"""The list of articles, page by page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any

import discord
from discord import ui

from bot.discord.components.page_view import page_view
from bot.discord.host import Host, host_of
from bot.discord.pages.markdown import escape_within, one_line
from bot.discord.pages.page import Block, Mood, Page
from bot.discord.pages.sources import article_line
from bot.discord.readers import Personal
from bot.discord.scope import scopes_for
from bot.discord.words import answering, labels
from bot.discord.words import library as words
from index.article import SHARED, ArticleRef

A_PAGE = 10
_QUERY = 60


def listing_page(
    articles: Sequence[ArticleRef],
    shared: Collection[str],
    query: str,
    number: int,
    gone: Mapping[str, datetime] = MappingProxyType({}),
) -> Page:
    """The page ``number`` (from 0) of ``articles``.

    Those whose ids are in ``shared`` are marked so, and those in ``gone`` with the day their pages vanished.
    """
    about = escape_within(one_line(query), _QUERY)
    if not articles:
        return Page(Mood.ABSTAINED, (Block(words.nothing_listed(about)),))
    pages = -(-len(articles) // A_PAGE)
    number = min(number, pages - 1)
    seen = articles[number * A_PAGE : (number + 1) * A_PAGE]
    lines = [words.listing(len(articles), about)]
    for n, article in enumerate(seen, 1):
        marks = words.shared_mark(article.id in shared) + words.gone_mark(gone.get(article.id))
        lines.append(f"{n}\\. {article_line(article)}{marks}")
    if pages > 1:
        lines.append(answering.page_number(number + 1, pages))
    return Page(Mood.DONE, (Block("\n".join(lines)),), choices=tuple(seen))


class ListingButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:list:(?P<number>\d{1,5}):(?P<query>[\s\S]{0,60})",
):
    """Turns to a page of the list of articles; all it needs stands in its custom id."""

    def __init__(self, number: int, query: str, label: str = "") -> None:
        self.number, self.query = number, query[:_QUERY]
        super().__init__(
            ui.Button(
                label=label or labels.NEXT(),
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:list:{number}:{self.query}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> ListingButton:
        return cls(int(match["number"]), match["query"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot = host_of(interaction)
        listing = partial(listing_view, bot, interaction.guild_id, self.query, self.number)
        await bot.live.once(interaction, listing, turns=True)


async def listing_view(bot: Host, guild_id: int | None, query: str, number: int) -> ui.LayoutView:
    """A page of the articles that a server, or a direct message, may see."""
    library = bot.app.library
    articles = await asyncio.to_thread(library.articles, scopes_for(guild_id), query)
    shared = {ref.id for ref in await asyncio.to_thread(library.articles, [SHARED], query)} if guild_id else set()
    gone = await asyncio.to_thread(library.gone, scopes_for(guild_id))
    page = listing_page(articles, shared, query, number, gone)
    last = -(-len(articles) // A_PAGE) - 1
    number = max(0, min(number, last))
    turns = []
    if number > 0:
        turns.append(ListingButton(number - 1, query, labels.BACK()))
    if number < last:
        turns.append(ListingButton(number + 1, query, labels.NEXT()))
    return page_view(page, last=turns)
