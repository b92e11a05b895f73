"""/summary: the main points of one article."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.answer.answer import Answer
from bot.client import NewsdeskBot
from bot.summary import Summary
from bot.ui import words
from bot.ui.delivery import Surface, deliver
from bot.ui.markdown import clip, one_line
from bot.ui.render import Form, waiting
from bot.ui.scope import place_of, scopes_for
from bot.ui.views import page_view
from index.article import ArticleRef, digest
from index.errors import NewsdeskError

_CHOICES = 25
_CHOICE_LIMIT = 100
_HANDLE = "id-digest:"
_ALL = 1_000_000


class Summaries(commands.Cog):
    """Summarises articles."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    @app_commands.command(name="summary", description=words.SUMMARY)
    @app_commands.describe(article=words.SUMMARY_ARTICLE)
    async def summary(self, interaction: discord.Interaction[NewsdeskBot], article: str) -> None:
        await interaction.response.defer(thinking=True)
        scopes = scopes_for(interaction.guild_id)
        chosen = await asyncio.to_thread(self._find, scopes, article)
        await interaction.edit_original_response(view=page_view(waiting(chosen.title, words.SUMMARISING)))
        surface = Surface(
            edit=lambda view: interaction.edit_original_response(view=view),
            budget=interaction.id,
            place=place_of(interaction.guild_id, interaction.user.id),
            heading=chosen.title,
        )
        with self.bot.answering():
            summaries = self.bot.app.summariser.summarise(chosen.id, scopes)
            await deliver(_as_answers(summaries), surface, self.bot.app.memory, self.bot.pace, Form.POINTS)

    @summary.autocomplete("article")
    async def titles(
        self, interaction: discord.Interaction[NewsdeskBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """The newest articles whose titles match."""
        scopes = scopes_for(interaction.guild_id)
        articles = await asyncio.to_thread(self.bot.app.library.articles, scopes, current, _CHOICES)
        return [app_commands.Choice(name=_label(ref), value=handle(ref.id)) for ref in articles[:_CHOICES]]

    def _find(self, scopes: Sequence[str], text: str) -> ArticleRef:
        """The article chosen from the list, or the only one whose title matches what was typed."""
        library = self.bot.app.library
        if text.startswith(_HANDLE):
            matching = [ref for ref in library.articles(scopes, "", _ALL) if handle(ref.id) == text]
        elif article := library.article(scopes, text):
            matching = [article.ref]
        else:
            matching = library.articles(scopes, text, 2)
        if len(matching) > 1:
            raise NewsdeskError(words.several_articles(text))
        if not matching:
            raise NewsdeskError(words.no_such_article(text))
        return matching[0]


def handle(article_id: str) -> str:
    """The article's id, or a digest of it where Discord has no room for the id itself."""
    return article_id if len(article_id) <= _CHOICE_LIMIT else _HANDLE + digest(article_id)


def _label(article: ArticleRef) -> str:
    title = one_line(article.title) or words.UNTITLED
    if article.published_at is None:
        return clip(title, _CHOICE_LIMIT)
    day = f" ({words.day(article.published_at.date())})"
    return clip(title, _CHOICE_LIMIT - len(day)) + day


async def _as_answers(summaries: AsyncIterator[Summary]) -> AsyncIterator[Answer]:
    """Summaries in the form in which everything is shown and remembered."""
    async for summary in summaries:
        yield Answer(
            question=summary.title,
            sentences=summary.points,
            citations=summary.citations,
            engine=summary.engine,
            notes=summary.notes,
            left_out=summary.left_out,
            finished=summary.finished,
        )


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Summaries(bot))
