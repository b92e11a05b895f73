"""Questions: /ask, and the answers to whatever is asked, wherever."""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from datetime import date
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.answer.answer import Answer
from bot.answer.question.limits import clean_question
from bot.answer.question.parts import only_doubts
from bot.answer.question.question import Kind
from bot.answer.question.reading import Inquiry
from bot.answer.question.spans import read_span
from bot.answer.question.turn import Turn, turn_of
from bot.discord.answering import shown_answers
from bot.discord.buttons.asking import QUESTION
from bot.discord.buttons.behind import more_view
from bot.discord.client import NewsdeskBot
from bot.discord.components.choices import CHOICE_LIMIT, CHOICES
from bot.discord.live.frames import Frame
from bot.discord.live.route import route
from bot.discord.pages.answers import waiting
from bot.discord.scope import asker_of, conversation_in, place_of, scopes_for
from bot.discord.words import offered, reasons
from bot.memory.deliveries import Delivery, Place
from index.errors import NewsdeskError
from index.search import Filters

_ARTICLES_LOOKED_AT = 500
_TOPIC_WORDS = 8
"""Words of a reply to "About what?" that name a subject, and are no question of their own."""


class Ask(commands.Cog):
    """Answers whoever addresses the bot."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.bot.live.kinds[QUESTION] = self._frames

    @app_commands.command(name="ask", description=offered.ASK.english)
    @app_commands.describe(
        question=offered.ASK_QUESTION.english,
        source=offered.ASK_SOURCE.english,
        since=offered.ASK_SINCE.english,
        until=offered.ASK_UNTIL.english,
        private=offered.ASK_PRIVATE.english,
    )
    async def ask(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        question: str,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
        private: bool | None = None,
    ) -> None:
        # What can't be read is said at once, to the asker alone.
        clean_question(question, self.bot.settings.max_question)
        read_filters(source, since, until)
        source = await known_outlet(self.bot, interaction.guild_id, source)
        request = {"question": question, "source": source, "since": since, "until": until}
        await route(self.bot, interaction, QUESTION, request, private=private)

    @ask.autocomplete("source")
    async def outlets(
        self, interaction: discord.Interaction[NewsdeskBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """The outlets of the newest articles."""
        return await offered_outlets(self.bot, interaction.guild_id, current)

    @commands.Cog.listener()
    async def on_more_of_answer(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        answer_id: str,
        private: bool,
        delete: tuple[int, int] | None,
    ) -> None:
        """Offer what few need of an answer; ``delete``: its message and asker, if whoever wants more may."""
        await self.bot.live.say(interaction, more_view(answer_id, private=private, delete=delete))

    async def _frames(self, delivery: Delivery) -> AsyncGenerator[Frame, None]:
        """The answer, in the light of what it follows: an answer, or what the same person asked there before."""
        asked, place, app = delivery.request, delivery.place, self.bot.app
        claim, checked = asked.get("claim", False), await asyncio.to_thread(self._checked, asked, place)
        question, turns = (checked, ()) if checked else await asyncio.to_thread(self._gone_on, asked, place)
        heading = None if place.asked_in and not checked else question  # a mention is seen anyway
        filters = read_filters(asked.get("source"), asked.get("since"), asked.get("until"))
        payer = asker_of(place.guild_id, place.user_id)

        def answers() -> AsyncGenerator[Answer, None]:
            scopes = scopes_for(place.guild_id)
            checking = claim or bool(checked)
            return app.ask(question, scopes, filters, turns, payer, claim=checking, answer_in=place.answer_in)

        post, conversation = asked.get("post", False), _conversation(place)
        growing = shown_answers(
            delivery, answers, self.bot, heading, conversation=conversation, first=waiting(heading), post=post
        )
        async with aclosing(growing):
            async for frame in growing:
                yield frame

    def _checked(self, asked: Mapping[str, Any], place: Place) -> str:
        """What somebody else said, where a reply to it asks no more than whether it is so."""
        said, reply = asked.get("said"), str(asked["question"])
        if said is None or not only_doubts(reply):
            return ""
        if reply:
            today = discord.utils.utcnow().date()
            kind = self.bot.app.desk.read(Inquiry(reply, scopes_for(place.guild_id), today)).kind
            if kind in (Kind.THANKS, Kind.GREETING):
                return ""
        if not said:
            raise NewsdeskError(reasons.NOT_HEARD(check=offered.CHECK_MESSAGE()))
        return str(said)

    def _gone_on(self, asked: Mapping[str, Any], place: Place) -> tuple[str, Sequence[Turn]]:
        """The question, and what was said before it.

        What answers "About what?", by a button or in words, names the subject of the question asked before.
        """
        memory, question = self.bot.app.memory, str(asked["question"])
        if asked.get("claim"):
            return question, ()
        follows = asked.get("follows")
        readers = place_of(place.guild_id, place.user_id)
        behind = memory.answers.recall(follows, readers) if follows else None
        if behind is None:
            if not question:
                raise NewsdeskError(reasons.NOTHING_TO_ASK_AGAIN())
            said = asked.get("said")
            return question, [Turn(said, said, "")] if said else memory.conversations.turns(_conversation(place))
        if behind.kind is not Kind.UNCLEAR:
            turn = turn_of(behind)
            return question, [turn] if turn else []
        if not question:
            named = behind.nearest[asked["topic"]].title
        elif "?" not in question and len(question.split()) <= _TOPIC_WORDS:
            named = question
        else:
            return question, ()
        return behind.question, [Turn(named, named, "")]


def _conversation(place: Place) -> str:
    """The key of the conversation that a question belongs to."""
    shared = place.thread and not place.private
    return conversation_in(place.guild_id, place.channel_id, place.user_id, shared=shared)


async def offered_outlets(bot: NewsdeskBot, guild_id: int | None, current: str) -> list[app_commands.Choice[str]]:
    """The outlets of the newest articles seen in a server, those with ``current`` in their names."""
    scopes = scopes_for(guild_id)
    articles = await asyncio.to_thread(bot.app.library.articles, scopes, "", _ARTICLES_LOOKED_AT)
    outlets = sorted({article.source for article in articles if article.source}, key=str.casefold)
    wanted = current.casefold()
    matching = [name for name in outlets if wanted in name.casefold() and len(name) <= CHOICE_LIMIT]
    return [app_commands.Choice(name=name, value=name) for name in matching[:CHOICES]]


async def known_outlet(bot: NewsdeskBot, guild_id: int | None, wanted: str | None) -> str | None:
    """The outlet ``wanted``, as it is spelled in the library; raises ``NewsdeskError`` if no article is of it."""
    if wanted is None or not wanted.strip():
        return None
    outlets = await asyncio.to_thread(bot.app.library.outlets, scopes_for(guild_id))
    known = {outlet.casefold(): outlet for outlet in outlets}
    if outlet := known.get(wanted.strip().casefold()):
        return outlet
    near = difflib.get_close_matches(wanted.strip().casefold(), known, 3, 0.5)
    raise NewsdeskError(reasons.no_such_outlet(wanted, [known[one] for one in near]))


def read_filters(source: str | None, since: str | None, until: str | None) -> Filters:
    """The options of /ask as filters; raises ``NewsdeskError`` for what is no day, or no span of days."""
    first, last = read_day("since", since), read_day("until", until, last=True)
    if first and last and first > last:
        raise NewsdeskError(reasons.dates_reversed(first, last))
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
        raise NewsdeskError(reasons.bad_date(option, text))
    return span[1] or today if last else span[0]


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Ask(bot))
