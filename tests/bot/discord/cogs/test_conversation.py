"""Messages that are no plain questions, as people write them in Discord."""

from __future__ import annotations

import discord
import pytest
from sqlalchemy import text

from bot.answer.question.question import Kind
from bot.discord.words import answering, labels, reasons
from tests.bot.discord.cogs.test_ask import last_text
from tests.bot.discord.conftest import Town, restart
from tests.bot.discord.seen import buttons_of, components_of, press, shown

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

BRIDGE = "When did the harbour bridge reopen to lorries?"
COST = f"Going on from: {BRIDGE}"
FERRY = "Who sold two boats to a buyer in Lisbon?"


@pytest.mark.parametrize(
    ("message", "kind"),
    [("thanks a lot!", Kind.THANKS), ("hi all 👋", Kind.GREETING), ("haha good bot", Kind.REMARK)],
)
async def test_chatter_gets_one_line_and_no_buttons(town: Town, message: str, kind: Kind) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} {message}")
    assert last_text(town.channel) == answering.CHATTER[kind]()
    assert not buttons_of(components_of(town.channel.last_message))


async def test_a_pronoun_that_points_at_nothing_is_asked_back_with_topics_as_buttons(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} and how much did it cost?")
    asked_back = town.channel.last_message
    assert last_text(town.channel) == answering.ABOUT_WHAT()
    topics = buttons_of(components_of(asked_back))
    assert {"Harbour bridge reopens", "Ferry company sells two boats"} <= set(topics)
    await restart(town)
    result = await town.bob.click(asked_back, custom_id=topics["Harbour bridge reopens"])
    assert not result.ephemeral
    assert "Going on from: Harbour bridge reopens" in shown(result)


async def test_what_is_asked_back_can_be_answered_in_words(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} and how much did it cost?")
    await town.alice.send(
        town.channel, f"{town.at_bot} the repairs of the harbour bridge", reply_to=town.channel.last_message
    )
    assert "Going on from: the repairs of the harbour bridge" in last_text(town.channel)


async def test_a_topic_of_a_forgotten_question_is_told(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} and how much did it cost?")
    asked_back = town.channel.last_message
    with town.bot.app.memory.answers._engine.begin() as connection:
        connection.execute(text("delete from answers"))
    topics = buttons_of(components_of(asked_back))
    result = await town.bob.click(asked_back, custom_id=topics["Harbour bridge reopens"])
    assert shown(result) == reasons.NOTHING_TO_ASK_AGAIN()


async def test_a_reply_goes_on_from_the_answer_whoever_asked(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} {BRIDGE}")
    bridge = town.channel.last_message
    await town.alice.send(town.channel, f"{town.at_bot} {FERRY}")
    await town.bob.send(town.channel, "and how much did it cost?", reply_to=bridge)
    assert COST in last_text(town.channel)
    assert "14 million crowns" in last_text(town.channel)
    await town.bob.send(town.channel, f"{town.at_bot} thanks!", reply_to=town.channel.last_message)
    assert last_text(town.channel) == answering.CHATTER[Kind.THANKS]()


async def test_a_reply_to_a_slash_answer_goes_on_from_it(town: Town) -> None:
    result = await town.alice.slash(town.channel, "ask", question=BRIDGE)
    await town.bob.send(town.channel, f"{town.at_bot} and how much did it cost?", reply_to=result.response)
    assert COST in last_text(town.channel)
    assert "14 million crowns" in last_text(town.channel)


async def test_a_reply_whose_words_are_kept_from_the_bot_gets_a_button_to_ask_on(town: Town) -> None:
    result = await town.alice.slash(town.channel, "ask", question=BRIDGE)
    await town.bob.send(town.channel, "and how much did it cost?", reply_to=result.response)
    assert last_text(town.channel) == answering.ASK_BELOW()
    button = buttons_of(components_of(town.channel.last_message))[labels.ASK_ON()]
    box = await town.bob.click(town.channel.last_message, custom_id=button)
    answered = await town.bob.submit_modal(box, {"question": "and how much did it cost?"})
    assert COST in shown(answered)
    assert "14 million crowns" in shown(answered)


async def test_the_bots_own_role_counts_as_the_bot(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    made = town.guild.create_role("newsdesk")
    monkeypatch.setattr(discord.Guild, "self_role", property(lambda guild: guild.get_role(made.id)))
    await town.alice.send(town.channel, f"<@&{made.id}> {BRIDGE}")
    assert last_text(town.channel) == answering.ASK_BELOW()
    asked = f"<@&{made.id}> {town.at_bot} {BRIDGE}"
    await town.alice.send(town.channel, asked)
    assert "reopened to lorries on Friday" in last_text(town.channel)


async def test_anybody_asks_on_from_an_answer_by_its_button(town: Town) -> None:
    asked = await town.alice.slash(town.channel, "ask", question=BRIDGE)
    await town.alice.slash(town.channel, "ask", question=FERRY)
    await restart(town)
    box = await press(town.bob, asked, labels.ASK_ON())
    result = await town.bob.submit_modal(box, {"question": "and how much did it cost?"})
    assert not result.ephemeral
    assert COST in shown(result)
    assert "14 million crowns" in shown(result)


async def test_the_same_in_direct_messages(town: Town) -> None:
    await town.alice.send_dm(BRIDGE)
    channel = town.alice.user.dm_channel
    bridge = channel.last_message
    await town.alice.send_dm(FERRY)
    box = await town.alice.user.click(bridge, custom_id=buttons_of(components_of(bridge))[labels.ASK_ON()])
    result = await town.alice.user.submit_modal(box, {"question": "and how much did it cost?"})
    assert COST in shown(result)
    assert "14 million crowns" in shown(result)


async def test_filters_that_are_said_are_shown(town: Town) -> None:
    asked = "According to the Harbour Post, when did the harbour bridge reopen to lorries?"
    await town.alice.send(town.channel, f"{town.at_bot} {asked}")
    said = last_text(town.channel)
    assert " · only articles by The Harbour Post" in said
    assert "reopened to lorries on Friday" in said


async def test_thanks_in_between_leave_the_conversation_as_it_was(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} When did the harbour bridge reopen to lorries?")
    await town.alice.send(town.channel, f"{town.at_bot} thanks!")
    await town.alice.send(town.channel, f"{town.at_bot} and why?")
    assert "Going on from: When" in last_text(town.channel)
    assert "bridge" in last_text(town.channel)


async def test_a_request_for_a_summary_gets_points(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} summarise the story about the harbour bridge")
    assert "- " in last_text(town.channel)
    assert "Harbour bridge reopens" in last_text(town.channel)
