"""Where a question is answered, as server, channel and person have set it."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.discord.words import labels, reasons
from bot.discord.words import settings as words
from bot.memory.preferences.rules import Level, Where
from bot.settings import Settings
from tests.bot.discord.conftest import Town, restart
from tests.bot.discord.seen import (
    assert_reasons,
    buttons_of,
    components_of,
    pinged,
    post_in_forum,
    said,
    shown,
    tags_of_forum,
    text_of,
    thread_in,
)

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

QUESTION = "When did the harbour bridge reopen to lorries?"
ANSWER = "reopened to lorries on Friday"


def put(town: Town, name: str, value: object, channel: Any = None) -> None:
    """Set it for the channel, or for the whole server."""
    level, owner = (Level.CHANNEL, channel.id) if channel else (Level.SERVER, town.guild.id)
    town.bot.app.memory.preferences.put(level, owner, name, value, town.guild.id)


def texts(channel: Any) -> list[str]:
    """What the bot wrote in a channel."""
    mine = [message for message in channel.history() if message.author.bot and message.components]
    return [text_of(components_of(message)) for message in mine]


async def test_a_mention_is_answered_in_a_thread_named_after_the_question(town: Town) -> None:
    put(town, "where", Where.THREAD)
    await town.alice.send(town.channel, f"{town.at_bot} {QUESTION}")
    (thread,) = town.channel.threads
    assert thread.name == QUESTION
    assert ANSWER in texts(thread)[-1]
    assert texts(town.channel) == []
    # There everybody shares one conversation, and nothing more is put into threads of their own.
    await town.bob.send(thread, f"{town.at_bot} and how much did the repairs cost?")
    assert "Going on from: " in texts(thread)[-1]
    assert len(town.channel.threads) == 1
    assert not pinged(town.env)


async def test_a_command_is_answered_in_a_thread_and_says_where(town: Town) -> None:
    put(town, "where", Where.THREAD, town.channel)
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    (thread,) = town.channel.threads
    assert told.ephemeral
    assert shown(told) == words.in_thread(thread.id)
    assert ANSWER in texts(thread)[-1]
    alone = await town.alice.slash(town.channel, "ask", question=QUESTION, private=True)
    assert alone.ephemeral
    assert ANSWER in said(alone)
    assert len(town.channel.threads) == 1


async def test_where_it_may_make_no_threads_it_answers_in_the_channel(town: Town) -> None:
    quiet = town.guild.create_text_channel(
        "quiet", overwrites={town.guild.default_role: discord.PermissionOverwrite(create_public_threads=False)}
    )
    put(town, "where", Where.THREAD)
    await town.alice.send(quiet, f"{town.at_bot} {QUESTION}")
    assert ANSWER in texts(quiet)[-1]
    assert ANSWER in said(await town.alice.slash(quiet, "ask", question=QUESTION))
    assert quiet.threads == []


async def test_a_private_channel_answers_a_mention_by_a_button_to_whoever_presses(town: Town) -> None:
    put(town, "where", Where.PRIVATE)
    await town.alice.send(town.channel, f"{town.at_bot} {QUESTION}")
    assert texts(town.channel) == [words.OFFERED()]
    offer = town.channel.last_message
    await restart(town)
    for person in (town.alice, town.bob):
        opened = await person.click(offer, custom_id=buttons_of(components_of(offer))[words.SHOW_ME()])
        assert opened.ephemeral
        assert ANSWER in said(opened)
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    assert told.ephemeral
    assert texts(town.channel) == [words.OFFERED()]


async def test_a_person_who_wants_answers_alone_gets_them_so_unless_they_say_otherwise(town: Town) -> None:
    town.bot.app.memory.preferences.put(Level.PERSON, town.alice.id, "private", True)
    assert (await town.alice.slash(town.channel, "ask", question=QUESTION)).ephemeral
    assert not (await town.alice.slash(town.channel, "ask", question=QUESTION, private=False)).ephemeral
    assert not (await town.bob.slash(town.channel, "ask", question=QUESTION)).ephemeral
    await town.alice.send_dm(QUESTION)
    assert ANSWER in text_of(components_of(town.alice.user.dm_channel.last_message))


async def test_an_offer_of_another_server_opens_nothing(town: Town) -> None:
    put(town, "where", Where.PRIVATE)
    await town.alice.send(town.channel, f"{town.at_bot} {QUESTION}")
    town.bot.app.memory.forget(town.alice.id, discord.utils.utcnow().date())
    offer = town.channel.last_message
    gone = await town.bob.click(offer, custom_id=buttons_of(components_of(offer))[words.SHOW_ME()])
    assert said(gone) == reasons.NOTHING_TO_ASK_AGAIN()


async def test_a_cooldown_tells_when_to_ask_again(town: Town) -> None:
    put(town, "cooldown", 60)
    assert ANSWER in said(await town.alice.slash(town.channel, "ask", question=QUESTION))
    early = await town.alice.slash(town.channel, "ask", question=QUESTION)
    assert early.ephemeral
    assert shown(early).startswith("You asked just now. You can ask again <t:")
    assert ANSWER in said(await town.bob.slash(town.channel, "ask", question=QUESTION))
    await town.env.advance_time(61)
    assert ANSWER in said(await town.alice.slash(town.channel, "ask", question=QUESTION))


class TestWithMessageContent:
    """What works where the operator has switched the intent on."""

    @pytest.fixture
    def bot_settings(self, bot_settings: Settings) -> Settings:
        return bot_settings.model_copy(update={"message_content": True})

    async def test_questions_need_no_mention_and_people_are_left_alone(self, town: Town) -> None:
        await town.alice.send(town.channel, QUESTION)
        assert texts(town.channel) == []
        put(town, "every_question", True, town.channel)
        asked = await town.alice.send(town.channel, QUESTION)
        assert ANSWER in texts(town.channel)[-1]
        for chatter in (
            "thanks!",
            "anyone up for lunch?",
            "The harbour bridge reopened to lorries on Friday.",
            "Which colour has the moon of Neptune?",
            f"{town.bob.mention} when did the harbour bridge reopen to lorries?",
        ):
            await town.alice.send(town.channel, chatter)
        await town.bob.send(town.channel, QUESTION, reply_to=asked)
        assert len(texts(town.channel)) == 1

    async def test_follow_ups_in_its_own_thread_need_no_mention(self, town: Town) -> None:
        put(town, "where", Where.THREAD)
        await town.alice.send(town.channel, f"{town.at_bot} {QUESTION}")
        (thread,) = town.channel.threads
        await town.bob.send(thread, "and how much did the repairs of the harbour bridge cost?")
        assert "14 million crowns" in texts(thread)[-1]

    async def test_in_a_thread_that_somebody_opened_follow_ups_are_understood_for_all(self, town: Town) -> None:
        put(town, "every_question", True, town.channel)
        thread = await thread_in(town.env, town.channel, town.alice, "the bridge")
        await town.alice.send(thread, QUESTION)
        await town.bob.send(thread, "and how much did its repairs cost?")
        assert len(texts(thread)) == 2
        assert "Going on from: " in texts(thread)[-1]
        assert "14 million crowns" in texts(thread)[-1]

    async def test_posts_of_a_chosen_forum_are_answered_and_can_be_marked_as_solved(self, town: Town) -> None:
        forum = town.guild.create_forum_channel("questions")
        first = await post_in_forum(town.env, forum, town.alice, "The harbour bridge", QUESTION)
        assert texts(first) == []
        put(town, "every_post", True, forum)
        second = await post_in_forum(
            town.env, forum, town.alice, "When did the harbour bridge reopen?", "To lorries, I mean."
        )
        assert ANSWER in texts(second)[-1]
        message = second.last_message
        solved = buttons_of(components_of(message))[words.SOLVED()]
        assert said(await town.bob.click(message, custom_id=solved)) == labels.NOT_YOURS()
        assert said(await town.alice.click(message, custom_id=solved)) == words.NO_SOLVED_TAG()
        tags_of_forum(town.env, forum, ["Open", "Solved"])
        assert said(await town.alice.click(message, custom_id=solved)) == words.TAGGED()
        assert second._channel.applied_tags == [2]
        assert_reasons(town.env, count=None)
