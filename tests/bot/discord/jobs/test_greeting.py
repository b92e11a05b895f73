"""The card that greets a server."""

from __future__ import annotations

import discord
import pytest

from bot.discord.panel.topics import HelpMenu
from bot.discord.words import welcome as words
from bot.discord.words.offered import Topic
from tests.bot.discord.conftest import Town, restart
from tests.bot.discord.seen import buttons_of, choose, components_of, join_again, pinged, said, shown, text_of

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]


async def test_a_server_is_greeted_with_questions_that_the_library_answers(town: Town) -> None:
    await join_again(town.env, town.guild)
    card = town.channel.last_message
    assert words.articles(3, True) in text_of(components_of(card))
    assert words.ALL_SET() in text_of(components_of(card))
    assert text_of(components_of(card)).count(words.HAS_IT) == 4
    assert not pinged(town.env)
    samples = buttons_of(components_of(card))
    assert len(samples) == 3
    await restart(town)
    for custom_id in samples.values():
        answered = await town.bob.click(card, custom_id=custom_id)
        assert not answered.ephemeral
        assert "1 source" in said(answered)


async def test_the_one_missing_step_is_named(town: Town) -> None:
    muted = discord.PermissionOverwrite(read_message_history=False)
    quiet = town.guild.create_text_channel("quiet", overwrites={town.guild.default_role: muted})
    managers = await town.mod.slash(quiet, "help")
    await choose(town.mod, managers, HelpMenu().custom_id, Topic.MANAGERS.value)
    told = shown(managers)
    assert words.allow("read_message_history", quiet.id) in told
    assert words.LACKS_IT in told
