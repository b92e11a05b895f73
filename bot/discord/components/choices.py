"""Articles to choose from: in the lists that Discord shows while somebody types, and in menus below a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import app_commands, ui

from bot.discord.components.lasting import Lasting
from bot.discord.pages.markdown import clip, isolated, one_line
from bot.discord.speech.phrase import Phrase
from bot.discord.speech.phrase import day as day_in_words
from bot.discord.words import answering, labels
from index.article import ArticleRef, digest
from index.library import Library

CHOICES = 25
CHOICE_LIMIT = 100
"""Characters of what is shown of a choice, and of what stands behind it."""

MENU = "newsdesk:main-points"
"""The custom id of the menus of articles."""

_HANDLE = "id-digest:"


def handle(article_id: str, room: int = CHOICE_LIMIT) -> str:
    """The article's id, or a digest of it where Discord has no ``room`` (characters) for the id itself."""
    return article_id if len(article_id) <= room else _HANDLE + digest(article_id)


def article_behind(
    library: Library, scopes: Sequence[str], chosen: str, room: int = CHOICE_LIMIT
) -> ArticleRef | None:
    """The article that ``handle`` gave ``chosen`` for, or None if ``scopes`` may not see it (any more)."""
    if chosen.startswith(_HANDLE):
        return next((ref for ref in library.articles(scopes) if handle(ref.id, room) == chosen), None)
    return library.find(scopes, chosen)


def label(article: ArticleRef) -> str:
    """Title and day in plain text, as long as a choice may be."""
    title = one_line(article.title) or answering.UNTITLED()
    if article.published_at is None:
        return clip(title, CHOICE_LIMIT)
    day = f" ({day_in_words(article.published_at.date())})"
    return isolated(clip(title, CHOICE_LIMIT - len(day) - 2)) + day


def fixed_choices(named: Mapping[str, Phrase]) -> list[app_commands.Choice[str]]:
    """Choices that are always the same: what stands behind each, and how it is called."""
    names = ((value, app_commands.locale_str(name.english)) for value, name in named.items())
    return [app_commands.Choice(name=name, value=value) for value, name in names]


def matching_articles(library: Library, scopes: Sequence[str], text: str) -> list[ArticleRef]:
    """The article behind a choice, or with the address ``text``; else up to two with it in title or id."""
    article = article_behind(library, scopes, text)
    return [article] if article else library.articles(scopes, text, 2)


class ArticleMenu(Lasting, ui.DynamicItem[ui.Select[ui.LayoutView]], template=MENU):
    """A menu of articles; whoever chooses one is shown its main points.

    The bot gets an event ``article_chosen`` with the interaction and the handle of the article.
    """

    def __init__(self, articles: Sequence[ArticleRef] = ()) -> None:
        by_handle = {handle(article.id): article for article in articles[:CHOICES]}
        options = [discord.SelectOption(label=label(one), value=value) for value, one in by_handle.items()]
        super().__init__(ui.Select(custom_id=MENU, placeholder=labels.MAIN_POINTS(), options=options))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.client.dispatch("article_chosen", interaction, self.item.values[0])
