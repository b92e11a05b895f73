"""/summary article, /summary topic, /timeline, and "Summarise" on a message."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.answer.answer import Answer
from bot.chat.budget import Asker
from bot.discord.buttons.choices import CHOICES, article_behind, handle, label, matching_articles
from bot.discord.buttons.views import page_view
from bot.discord.client import NewsdeskBot
from bot.discord.cogs.ask import offered_outlets, read_day, read_filters
from bot.discord.live.delivery import Surface, deliver, edit_response, show_once
from bot.discord.pages import summary_words as words
from bot.discord.pages.answers import Form, waiting
from bot.discord.pages.failures import explain
from bot.discord.pages.page import failure
from bot.discord.pages.sources import links_in
from bot.discord.pages.summaries import as_answer, timeline_shown
from bot.discord.scope import asker_of, place_of, scopes_for
from bot.summary import Estimate, Style, Summary
from index.article import ArticleRef
from index.errors import NewsdeskError

_MESSAGE_LINK = re.compile(r"^<?https://(?:\w+\.)?discord(?:app)?\.com/channels/(\d+|@me)/(\d+)/(\d+)>?$")

StyleName = Literal["bullets", "brief", "paragraph"]
Length = app_commands.Range[int, 1, 30]


class Summaries(commands.Cog):
    """Summarises articles, topics and stories."""

    summary = app_commands.Group(name="summary", description=words.SUMMARY)

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=words.SUMMARISE, callback=self.summarise_message)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @summary.command(name="article", description=words.ARTICLE)
    @app_commands.describe(article=words.ARTICLE_OPTION, style=words.STYLE, length=words.LENGTH)
    async def article(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        article: str,
        style: StyleName = "bullets",
        length: Length | None = None,
    ) -> None:
        await interaction.response.defer(thinking=True)
        scopes = scopes_for(interaction.guild_id)
        if link := _MESSAGE_LINK.match(article.strip()):
            chosen = await self._linked(scopes, await self._message(interaction, link))
        else:
            chosen = await asyncio.to_thread(self._find, scopes, article)
        await self._summarise(interaction, chosen, Style(style), length)

    @article.autocomplete("article")
    async def titles(
        self, interaction: discord.Interaction[NewsdeskBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """The newest articles whose titles match."""
        scopes = scopes_for(interaction.guild_id)
        articles = await asyncio.to_thread(self.bot.app.library.articles, scopes, current, CHOICES)
        return [app_commands.Choice(name=label(ref), value=handle(ref.id)) for ref in articles]

    @summary.command(name="topic", description=words.TOPIC)
    @app_commands.describe(
        topic=words.TOPIC_OPTION,
        since=words.SINCE,
        until=words.UNTIL,
        source=words.SOURCE,
        new_since=words.NEW_SINCE,
        style=words.STYLE,
        length=words.LENGTH,
    )
    async def topic(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        topic: str,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        new_since: str | None = None,
        style: StyleName = "bullets",
        length: Length | None = None,
    ) -> None:
        filters, told_until = read_filters(source, since, until), read_day("new_since", new_since)
        await interaction.response.defer(thinking=True)
        scopes = scopes_for(interaction.guild_id)
        estimate = await self.bot.app.summariser.estimate_topic(topic, scopes, filters)
        doing = _with_cost(words.READING_TOPIC, estimate)
        summaries = self.bot.app.summariser.summarise_topic(
            topic, scopes, filters, Style(style), length, told_until, _asker(interaction)
        )
        await self._deliver(interaction, summaries, topic, doing, Style(style))

    @app_commands.command(name="timeline", description=words.TIMELINE)
    @app_commands.describe(
        topic=words.TOPIC_OPTION, since=words.SINCE, until=words.UNTIL, source=words.SOURCE, length=words.LENGTH
    )
    async def timeline(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        topic: str,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        length: Length | None = None,
    ) -> None:
        filters = read_filters(source, since, until)
        await interaction.response.defer(thinking=True)
        with self.bot.answering():
            made = await self.bot.app.summariser.timeline(topic, scopes_for(interaction.guild_id), filters, length)
            place = place_of(interaction.guild_id, interaction.user.id)
            view = await show_once(timeline_shown(made), place, self.bot.app.memory)
            await interaction.edit_original_response(view=view)

    @topic.autocomplete("source")
    @timeline.autocomplete("source")
    async def outlets(
        self, interaction: discord.Interaction[NewsdeskBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """The outlets of the newest articles."""
        return await offered_outlets(self.bot, interaction.guild_id, current)

    async def summarise_message(
        self, interaction: discord.Interaction[NewsdeskBot], message: discord.Message
    ) -> None:
        """Summarise the article that a message links."""
        await interaction.response.defer(thinking=True)
        chosen = await self._linked(scopes_for(interaction.guild_id), message)
        await self._summarise(interaction, chosen, Style.BULLETS, None)

    @commands.Cog.listener()
    async def on_article_chosen(self, interaction: discord.Interaction[NewsdeskBot], chosen: str) -> None:
        """Show the main points of an article chosen from a menu, to whoever chose it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            scopes = scopes_for(interaction.guild_id)
            article = await asyncio.to_thread(article_behind, self.bot.app.library, scopes, chosen)
            if article is None:
                raise NewsdeskError(words.ARTICLE_GONE)
            await self._summarise(interaction, article, Style.BULLETS, None)
        except Exception as error:  # discord.py would only log it
            await interaction.edit_original_response(view=page_view(failure(explain(error, "main points"))))

    async def _summarise(
        self, interaction: discord.Interaction[NewsdeskBot], chosen: ArticleRef, style: Style, length: int | None
    ) -> None:
        scopes = scopes_for(interaction.guild_id)
        doing = _with_cost(
            words.READING_ARTICLE, await self.bot.app.summariser.estimate_article(chosen.id, scopes)
        )
        summaries = self.bot.app.summariser.summarise(chosen.id, scopes, style, length, _asker(interaction))
        await self._deliver(interaction, summaries, chosen.title, doing, style)

    async def _deliver(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        summaries: AsyncIterator[Summary],
        heading: str,
        doing: str,
        style: Style,
    ) -> None:
        message = await interaction.edit_original_response(view=page_view(waiting(heading, doing)))
        surface = Surface(
            edit=lambda view: edit_response(interaction, message.id, view),
            budget=interaction.id,
            place=place_of(interaction.guild_id, interaction.user.id),
            heading=heading,
        )
        form = Form.TEXT if style is Style.PARAGRAPH else Form.POINTS
        with self.bot.answering():
            await deliver(_as_answers(summaries), surface, self.bot.app.memory, self.bot.pace, form)

    async def _message(
        self, interaction: discord.Interaction[NewsdeskBot], link: re.Match[str]
    ) -> discord.Message:
        """The message behind a link, if it is of this place and whoever asks may read it."""
        guild, channel_id, message_id = link.groups()
        here = str(interaction.guild_id) if interaction.guild_id else "@me"
        if guild != here:
            raise NewsdeskError(words.MESSAGE_GONE)
        channel = interaction.channel
        if int(channel_id) != interaction.channel_id:
            channel = interaction.guild.get_channel_or_thread(int(channel_id)) if interaction.guild else None
        if not isinstance(channel, discord.abc.Messageable):
            raise NewsdeskError(words.MESSAGE_GONE)
        if isinstance(interaction.user, discord.Member) and isinstance(
            channel, discord.abc.GuildChannel | discord.Thread
        ):
            allowed = channel.permissions_for(interaction.user)
            if not (allowed.view_channel and allowed.read_message_history):
                raise NewsdeskError(words.MESSAGE_GONE)
        try:
            return await channel.fetch_message(int(message_id))
        except discord.HTTPException:
            raise NewsdeskError(words.MESSAGE_GONE) from None

    async def _linked(self, scopes: Sequence[str], message: discord.Message) -> ArticleRef:
        """The first article of the library that ``message`` links or has attached."""
        links = [*links_in(message.content), *(embed.url for embed in message.embeds if embed.url)]
        names = [attachment.filename for attachment in message.attachments]
        if not links and not names:
            raise NewsdeskError(words.NO_LINK)
        library = self.bot.app.library
        for name in (*dict.fromkeys(links), *names):
            if article := await asyncio.to_thread(library.find, scopes, name):
                return article
        raise NewsdeskError(words.NOT_IN_LIBRARY)

    def _find(self, scopes: Sequence[str], text: str) -> ArticleRef:
        """The article chosen from the list, or the only one whose address or title matches what was typed."""
        matching = matching_articles(self.bot.app.library, scopes, text)
        if len(matching) > 1:
            raise NewsdeskError(words.several_articles(text))
        if not matching:
            raise NewsdeskError(words.no_such_article(text))
        return matching[0]


async def _as_answers(summaries: AsyncIterator[Summary]) -> AsyncIterator[Answer]:
    async for summary in summaries:
        yield as_answer(summary)


def _with_cost(doing: str, estimate: Estimate) -> str:
    """``doing``, and what it takes if that is more than one call to the chat model."""
    if estimate.calls <= 1:
        return doing
    return f"{doing}\n{words.costly(estimate.calls, estimate.prompt_tokens + estimate.completion_tokens)}"


def _asker(interaction: discord.Interaction[NewsdeskBot]) -> Asker:
    return asker_of(interaction.guild_id, interaction.user.id)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Summaries(bot))
