"""Tells people, once each, that an article has come in which answers what they asked."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import discord
from discord import ui
from discord.ext import commands, tasks

from bot.answer.answer import Answer, last_of
from bot.discord.buttons.answer_view import answer_view
from bot.discord.client import NewsdeskBot
from bot.discord.components.page_view import page_view
from bot.discord.live.calls import CallError, Refused
from bot.discord.pages.markdown import escape_within, one_line
from bot.discord.pages.page import Mood, notice
from bot.discord.readers import language_in
from bot.discord.scope import asker_of, place_of, scopes_for
from bot.discord.speech.phrase import speaking
from bot.discord.words import missing as words
from bot.memory.answers import new_answer_id
from bot.memory.preferences.subscriptions import Subscription
from index.errors import NewsdeskError
from index.search import Filters

log = logging.getLogger(__name__)

_QUESTION = 300


class Telling(commands.Cog):
    """Looks every minute whether what is new answers what somebody waits for."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.look.start()

    async def cog_unload(self) -> None:
        self.look.cancel()

    @tasks.loop(minutes=1)
    async def look(self) -> None:
        """Ask again what is waited for, where there are articles that it was not asked of."""
        try:
            newest: dict[int | None, int] = {}
            for one in await asyncio.to_thread(self.bot.app.memory.subscriptions.all):
                if not self.bot.shards_here.hold(one.guild_id):
                    continue
                if one.guild_id not in newest:
                    scopes = scopes_for(one.guild_id)
                    newest[one.guild_id] = await asyncio.to_thread(self.bot.app.library.newest, scopes)
                if newest[one.guild_id] > one.seen:
                    await self._look(one, newest[one.guild_id])
        except CallError as error:  # Discord's trouble: it is tried again
            log.warning("Somebody could not be told of an answer they wait for: %s", error)
        except Exception:  # it would end the loop
            log.exception("Looking for answers that people wait for failed")

    @look.before_loop
    async def _until_connected(self) -> None:
        await self.bot.wait_until_ready()

    async def _look(self, one: Subscription, newest: int) -> None:
        app = self.bot.app
        answer = await self._answer(one)
        if answer is None:
            await asyncio.to_thread(app.memory.subscriptions.saw, one.id, newest)
            return
        try:
            await self._tell(one, answer)
        except Refused as refusal:
            log.info("Somebody can't be told of the answer they wait for any more: %s", refusal)
        await asyncio.to_thread(app.memory.subscriptions.remove, one.id, one.user_id)

    async def _answer(self, one: Subscription) -> Answer | None:
        """The answer, if there is one now; by rule first, so that waiting costs nothing."""
        app, scopes = self.bot.app, scopes_for(one.guild_id)
        if not await asyncio.to_thread(app.desk.concerns, one.question, scopes):
            return None
        filters = Filters(one.since, one.until, one.source)
        payer = asker_of(one.guild_id, one.user_id)
        try:
            answer = await last_of(app.ask(one.question, scopes, filters, asker=payer))
        except NewsdeskError as error:
            log.info("What somebody waits for could not be asked: %s", error)
            return None
        return None if answer.abstained or not answer.sentences else answer

    async def _tell(self, one: Subscription, answer: Answer) -> None:
        guild = self.bot.get_guild(one.guild_id) if one.guild_id else None
        reader = one.user_id if one.private or guild is None else None
        with speaking(await language_in(self.bot, guild, one.channel_id, reader)):
            if one.private and one.guild_id:  # its own articles open in the server only
                asked = escape_within(one_line(one.question), _QUESTION)
                told = words.ANSWERED_ELSEWHERE(channel=f"<#{one.channel_id}>", question=asked)
                await self.bot.live.write_to(one.user_id, page_view(notice(told, Mood.DONE)))
                return
            answer_id, place = new_answer_id(), place_of(one.guild_id, one.user_id)
            keep = self.bot.app.memory.answers.keep
            await asyncio.to_thread(keep, answer_id, place, answer, asker=one.user_id)
            view = answer_view(replace(answer, standalone=None), answer_id, one.user_id, one.question)
            if one.guild_id is None:
                await self.bot.live.write_to(one.user_id, view)
                return
            person = discord.Object(one.user_id)
            told = words.ANSWERED_NOW(person=f"<@{one.user_id}>")
            nonce = f"tell-{one.id}"
            await self.bot.live.post(one.channel_id, one.guild_id, _below(told, view), nonce, to=person)


def _below(line: str, view: ui.LayoutView) -> ui.LayoutView:
    """``view`` with a line above it."""
    told = ui.LayoutView(timeout=None)
    told.add_item(ui.TextDisplay(line))
    for item in list(view.children):
        view.remove_item(item)
        told.add_item(item)
    return told


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Telling(bot))
