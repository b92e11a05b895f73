"""Messages that are no plain questions, as people write them in Discord."""

from __future__ import annotations

import pytest

from bot.answer.question.question import Kind
from bot.discord.pages import words
from tests.bot.discord.cogs.test_ask import last_text
from tests.bot.discord.conftest import Town
from tests.bot.discord.seen import buttons_of, components_of

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=20)]


@pytest.mark.parametrize(
    ("message", "kind"),
    [("thanks a lot!", Kind.THANKS), ("hi all 👋", Kind.GREETING), ("haha good bot", Kind.REMARK)],
)
async def test_chatter_gets_one_line_and_no_buttons(town: Town, message: str, kind: Kind) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} {message}")
    assert last_text(town.channel) == words.CHATTER[kind]
    assert not buttons_of(components_of(town.channel.last_message))


async def test_a_pronoun_that_points_at_nothing_is_asked_back(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} and why did he do that?")
    assert words.ABOUT_WHAT in last_text(town.channel)
    assert "Harbour bridge reopens" in last_text(town.channel)


async def test_filters_that_are_said_are_shown(town: Town) -> None:
    asked = "According to the Harbour Post, when did the harbour bridge reopen to lorries?"
    await town.alice.send(town.channel, f"{town.at_bot} {asked}")
    said = last_text(town.channel)
    assert "-# Only articles by The Harbour Post" in said
    assert "reopened to lorries on Friday" in said


async def test_thanks_in_between_leave_the_conversation_as_it_was(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} When did the harbour bridge reopen to lorries?")
    await town.alice.send(town.channel, f"{town.at_bot} thanks!")
    await town.alice.send(town.channel, f"{town.at_bot} and why?")
    assert "Understood as: Why (" in last_text(town.channel)
    assert "bridge" in last_text(town.channel)


async def test_a_request_for_a_summary_gets_points(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} summarise the story about the harbour bridge")
    assert "- " in last_text(town.channel)
    assert "Harbour bridge reopens" in last_text(town.channel)
