"""Messages: mentions, replies, direct messages; where a server wants it also questions and posts by themselves."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import discord
from discord.ext import commands

from bot.answer.question.message import clean_message
from bot.discord.buttons.asking import QUESTION, AskOnButton, answer_behind
from bot.discord.buttons.offer import OFFER, offer_frames
from bot.discord.client import NewsdeskBot
from bot.discord.components.page_view import page_view
from bot.discord.live.route import route
from bot.discord.pages.page import Mood, notice
from bot.discord.readers import heed, message_language, rules_for
from bot.discord.scope import conversation_in, scopes_for
from bot.discord.speech.phrase import speak
from bot.discord.words import answering, offered

_WRITTEN_BY_PEOPLE = (discord.MessageType.default, discord.MessageType.reply)
_EDITED_WITHIN = timedelta(minutes=2)
_LOOK_SECONDS, _LOOKS = 0.25, 40
"""How often it is looked whether an answer that was stopped is finished, and how many times at most."""
_ASKS = "?？؟"
"""What a question ends in, in the scripts that have a mark for it."""


class Messages(commands.Cog):
    """Answers whoever addresses the bot in a message."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.bot.live.kinds[OFFER] = offer_frames

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer people who mention the bot, reply to it, or write to it directly."""
        me = self.bot.user
        if me is None or message.author.bot or message.type not in _WRITTEN_BY_PEOPLE:
            return
        role = message.guild.self_role if message.guild else None
        if message.guild is not None and me not in message.mentions and role not in message.role_mentions:
            if self.bot.intents.message_content:
                await self._unasked(message, me)
            return
        await self._speak(message)
        behind = answer_behind(message, me)
        if not message.content and not message.attachments:  # Discord keeps the words from the bot
            await self._offer(message, answering.ASK_BELOW(), behind)
            return
        question = message.content
        for mention in (f"<@{me.id}>", f"<@!{me.id}>", *([role.mention] if role else [])):
            question = question.replace(mention, " ")
        question = question.strip()
        said = _said_by_somebody(message, me)
        bare = question.strip(" ?!.").casefold()
        if bare in (offered.HELP_WORD.english, offered.HELP_WORD()) or (not bare and said is None):
            await self._offer(message, answering.NO_QUESTION(), behind)
            return
        said = said[: self.bot.settings.max_question] if said else said
        await route(self.bot, message, QUESTION, {"question": question, "follows": behind, "said": said})

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer a question again, in place, that was edited soon after it was asked."""
        message, edited_at = payload.message, payload.message.edited_at
        if message.author.bot or edited_at is None or edited_at - message.created_at > _EDITED_WITHIN:
            return
        live, deliveries = self.bot.live, self.bot.app.memory.deliveries
        anew = partial(deliveries.ask_anew, f"message:{message.id}", edited_at)
        for _ in range(_LOOKS):
            being_written = await live.promptly(anew, None)
            if being_written is None:
                await self.on_message(message)
                return
            self.bot.stops.stop(being_written)
            await self.bot.pace.sleep(_LOOK_SECONDS)

    async def _speak(self, message: discord.Message) -> None:
        """Speak the language in which a message is answered."""
        await heed(self.bot, message)
        speak(await message_language(message))

    async def _offer(self, message: discord.Message, text: str, behind: str | None) -> None:
        """Say how to ask, with the button for it."""
        await self.bot.live.say(message, page_view(notice(text, Mood.DONE), AskOnButton(behind)))

    async def _unasked(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer what nobody addressed to the bot, where that is wanted, and leave people to each other."""
        thread = message.channel if isinstance(message.channel, discord.Thread) else None
        if thread and message.id == thread.id:
            if isinstance(thread.parent, discord.ForumChannel) and (await rules_for(self.bot, message)).every_post:
                await self._post(message, thread.name)
            return
        asked, guild_id = message.content, message.guild.id if message.guild else None
        if _to_people(message, me) or not any(mark in asked for mark in _ASKS):
            return  # most messages end here: what is wanted where is looked up for the others only
        own = thread is not None and thread.owner_id == me.id
        if not own and not (await rules_for(self.bot, message)).every_question:
            return
        key = conversation_in(guild_id, message.channel.id, message.author.id, shared=thread is not None)
        turns = await asyncio.to_thread(self.bot.app.memory.conversations.turns, key)
        if await asyncio.to_thread(self.bot.app.desk.concerns, asked, scopes_for(guild_id), turns):
            await self._speak(message)
            await route(self.bot, message, QUESTION, {"question": asked, "follows": answer_behind(message, me)})

    async def _post(self, message: discord.Message, title: str) -> None:
        """Answer a new post of a forum: its title and its first message."""
        longest = self.bot.settings.max_question
        question = message.content if title in message.content else f"{title}\n{message.content}"
        await self._speak(message)
        await route(self.bot, message, QUESTION, {"question": question.strip()[:longest], "post": True})


def _said_by_somebody(message: discord.Message, me: discord.ClientUser) -> str | None:
    """What somebody else said that ``message`` replies to; empty if Discord keeps the words from the bot."""
    replied_to = message.reference.resolved if message.reference else None
    if not isinstance(replied_to, discord.Message) or replied_to.author.id == me.id:
        return None
    return clean_message(replied_to.content).words


def _to_people(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether a message is for somebody else: it mentions them, or replies to them."""
    if message.mentions or message.role_mentions or message.mention_everyone:
        return True
    if message.reference is None:
        return False
    replied_to = message.reference.resolved
    return not isinstance(replied_to, discord.Message) or replied_to.author.id != me.id


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Messages(bot))
