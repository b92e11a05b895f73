"""Replies to what somebody said, and questions that are edited."""

from __future__ import annotations

import pytest

from bot.answer.question.question import Kind
from bot.discord.words import answering, labels, offered, reasons
from tests.bot.discord.cogs.test_ask import last_text
from tests.bot.discord.conftest import Town, restart, slow_down
from tests.bot.discord.seen import assert_reasons, press, shown

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

CLAIM = "The repairs of the harbour bridge cost 3 million crowns."
BRIDGE = "When did the harbour bridge reopen to lorries?"
FERRY = "Who sold two boats to a buyer in Lisbon?"


async def test_a_reply_that_only_doubts_has_what_somebody_said_checked(town: Town) -> None:
    said = await town.bob.send(town.channel, f"{town.at_bot} {CLAIM}")
    for doubt in ("is that true?", "stimmt das?", ""):
        await town.alice.send(town.channel, f"{town.at_bot} {doubt}", reply_to=said)
        assert last_text(town.channel).startswith("### The repairs of the harbour bridge cost 3 million")
        assert answering.CLAIMED() in last_text(town.channel)
    await town.alice.send(town.channel, f"{town.at_bot} when did it reopen?", reply_to=said)
    assert f"Going on from: {CLAIM}" in last_text(town.channel)
    await town.alice.send(town.channel, f"{town.at_bot} {FERRY}", reply_to=said)
    assert "Going on" not in last_text(town.channel)
    assert "Nordvik" in last_text(town.channel)


async def test_where_discord_keeps_the_words_it_is_told_how_to_have_them_checked(town: Town) -> None:
    said = await town.bob.send(town.channel, CLAIM)
    await town.alice.send(town.channel, f"{town.at_bot} is that true?", reply_to=said)
    assert last_text(town.channel) == reasons.NOT_HEARD(check=offered.CHECK_MESSAGE())
    await town.alice.send(town.channel, f"{town.at_bot} thanks!", reply_to=said)
    assert last_text(town.channel) == answering.CHATTER[Kind.THANKS]()
    await town.alice.send(town.channel, f"{town.at_bot} {FERRY}", reply_to=said)
    assert "Nordvik" in last_text(town.channel)
    assert_reasons(town.env, count=None)


async def test_what_is_wrong_with_a_question_in_the_box_only_its_writer_sees(town: Town) -> None:
    told = await town.alice.slash(town.channel, "ask", question=BRIDGE)
    blank = await town.bob.submit_modal(await press(town.bob, told, labels.ASK_ON()), {"question": "  "})
    assert blank.ephemeral
    assert "There is no question." in shown(blank)


async def test_an_edited_question_is_answered_again_in_place(town: Town) -> None:
    asked = await town.alice.send(town.channel, f"{town.at_bot} {FERRY}")
    answer = town.channel.last_message
    assert "Nordvik" in last_text(town.channel)
    await town.env.advance_time(5)
    await town.alice.edit(asked, f"{town.at_bot} {BRIDGE}")
    assert "reopened to lorries" in last_text(town.channel)
    await town.env.advance_time(120)
    await town.alice.edit(asked, f"{town.at_bot} {FERRY}")  # too late
    await restart(town)
    assert town.channel.last_message.id == answer.id
    assert "reopened to lorries" in last_text(town.channel)
    later = await town.alice.send(town.channel, FERRY)
    await town.alice.edit(later, f"{town.at_bot} {FERRY}")  # it was none for the bot before
    assert "Nordvik" in last_text(town.channel)
    assert len(list(town.channel.history())) == 4


@pytest.mark.simcord(settle_timeout=60)
async def test_an_edit_stops_what_is_being_written(town: Town) -> None:
    slow_down(town, 90)
    asked = await town.alice.send(town.channel, f"{town.at_bot} {BRIDGE}")
    await town.env.advance_time(5)
    await town.alice.edit(asked, f"{town.at_bot} {FERRY}")
    for _ in range(4):
        await town.env.advance_time(30)
    assert "Nordvik" in last_text(town.channel)
    assert len(list(town.channel.history())) == 2
