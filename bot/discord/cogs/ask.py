"""Questions: /ask, a mention of the bot, and direct messages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.answer.answer import Answer
from bot.answer.question.spans import read_span
from bot.answer.question.standalone import turn_of
from bot.chat.budget import Asker
from bot.discord.buttons.choices import CHOICE_LIMIT, CHOICES
from bot.discord.buttons.views import page_view
from bot.discord.client import NewsdeskBot
from bot.discord.live.delivery import Surface, deliver, edit_response
from bot.discord.pages import words
from bot.discord.pages.answers import waiting
from bot.discord.pages.page import Mood, Page, notice
from bot.discord.scope import asker_of, place_of, scopes_for
from index.errors import NewsdeskError
from index.search import Filters

log = logging.getLogger(__name__)

_ARTICLES_LOOKED_AT = 500
_WRITTEN_BY_PEOPLE = (discord.MessageType.default, discord.MessageType.reply)


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks, and where."""

    guild_id: int | None
    channel_id: int | None
    user_id: int

    @property
    def conversation(self) -> str:
        """The key of their conversation: one for each person in each channel."""
        user = f"user:{self.user_id}"
        return user if self.guild_id is None else f"guild:{self.guild_id}/channel:{self.channel_id}/{user}"

    @property
    def on_the_bill(self) -> Asker:
        """Whose share of the chat model is used."""
        return asker_of(self.guild_id, self.user_id)


class Ask(commands.Cog):
    """Answers whoever addresses the bot."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    @app_commands.command(name="ask", description=words.ASK)
    @app_commands.describe(
        question=words.ASK_QUESTION, source=words.ASK_SOURCE, since=words.ASK_SINCE, until=words.ASK_UNTIL
    )
    async def ask(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        question: str,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> None:
        filters = read_filters(source, since, until)
        response = await interaction.response.send_message(view=page_view(waiting(question)))
        surface = Surface(
            edit=lambda view: edit_response(interaction, response.message_id, view),
            budget=interaction.id,
            place=place_of(interaction.guild_id, interaction.user.id),
            heading=question,
        )
        asker = _Asker(interaction.guild_id, interaction.channel_id, interaction.user.id)
        await self._answer(question, filters, asker, surface)

    @ask.autocomplete("source")
    async def outlets(
        self, interaction: discord.Interaction[NewsdeskBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """The outlets of the newest articles."""
        return await offered_outlets(self.bot, interaction.guild_id, current)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer people who mention the bot, reply to it, or write to it directly."""
        me = self.bot.user
        if me is None or message.author.bot or message.type not in _WRITTEN_BY_PEOPLE:
            return
        if message.guild is not None and me not in message.mentions:
            return
        question = message.content.replace(f"<@{me.id}>", " ").replace(f"<@!{me.id}>", " ").strip()
        if not question:
            await _reply(message, notice(words.HELP_TEXT, Mood.DONE))
            return
        reply = await _reply(message, waiting(None))
        if reply is None:
            return
        asker = _Asker(message.guild.id if message.guild else None, message.channel.id, message.author.id)
        surface = Surface(
            edit=lambda view: reply.edit(view=view, allowed_mentions=discord.AllowedMentions.none()),
            budget=message.channel.id,
            place=place_of(asker.guild_id, asker.user_id),
        )
        await self._answer(question, Filters(), asker, surface)

    async def _answer(self, question: str, filters: Filters, asker: _Asker, surface: Surface) -> None:
        """Answer what ``asker`` wants to know, in the light of what the same person asked there before."""
        app = self.bot.app
        with self.bot.answering():
            turns = await asyncio.to_thread(app.memory.conversations.turns, asker.conversation)
            answers = app.ask(question, scopes_for(asker.guild_id), filters, turns, asker.on_the_bill)
            await deliver(self._remembered(answers, asker.conversation), surface, app.memory, self.bot.pace)

    async def _remembered(self, answers: AsyncIterator[Answer], conversation: str) -> AsyncIterator[Answer]:
        async for answer in answers:
            if answer.finished:
                turn = turn_of(answer)
                await asyncio.to_thread(self.bot.app.memory.conversations.add, conversation, turn)
            yield answer


async def offered_outlets(bot: NewsdeskBot, guild_id: int | None, current: str) -> list[app_commands.Choice[str]]:
    """The outlets of the newest articles seen in a server, those with ``current`` in their names."""
    scopes = scopes_for(guild_id)
    articles = await asyncio.to_thread(bot.app.library.articles, scopes, "", _ARTICLES_LOOKED_AT)
    outlets = sorted({article.source for article in articles if article.source}, key=str.casefold)
    wanted = current.casefold()
    matching = [name for name in outlets if wanted in name.casefold() and len(name) <= CHOICE_LIMIT]
    return [app_commands.Choice(name=name, value=name) for name in matching[:CHOICES]]


def read_filters(source: str | None, since: str | None, until: str | None) -> Filters:
    """The options of /ask as filters; raises ``NewsdeskError`` for what is no day, or no span of days."""
    first, last = read_day("since", since), read_day("until", until, last=True)
    if first and last and first > last:
        raise NewsdeskError(words.dates_reversed(first, last))
    return Filters(first, last, source)


def read_day(option: str, text: str | None, *, last: bool = False) -> date | None:
    """The day that an option names, if it names one; of "last week" the first, or the ``last``.

    Raises ``NewsdeskError`` if it is none.
    """
    if text is None or not text.strip():
        return None
    today = discord.utils.utcnow().date()
    span = read_span(text, today)
    if span is None:
        raise NewsdeskError(words.bad_date(option, text))
    return span[1] or today if last else span[0]


async def _reply(message: discord.Message, page: Page) -> discord.Message | None:
    """Reply with ``page``, or write to the channel if replying is impossible, or else to the author."""
    view: ui.LayoutView = page_view(page)
    try:
        return await message.reply(view=view)
    except discord.HTTPException as error:
        log.info("Replying was refused: %s", error)
    try:
        return await message.channel.send(view=view)
    except discord.HTTPException as error:
        log.info("Writing to the channel was refused: %s", error)
    try:
        await message.author.send(view=page_view(notice(words.CANNOT_SPEAK, Mood.FAILED)))
    except discord.HTTPException as error:
        log.warning("Somebody asked where the bot may not write, and can't be told: %s", error)
    return None


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Ask(bot))
