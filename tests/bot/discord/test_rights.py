"""Who may not, can't: each control of a manager's or a curator's pressed by a member; and the bot as a guest."""

from __future__ import annotations

import re
from typing import Any

import discord
import pytest

from bot.discord.buttons.more import DeleteButton, StopButton
from bot.discord.buttons.removal import Removable, RemovalButton
from bot.discord.buttons.solved import SolvedButton
from bot.discord.components.page_view import page_view
from bot.discord.missing.suggesting import DeclineButton
from bot.discord.pages.page import Mood, notice
from bot.discord.panel.controls import (
    ChannelMenu,
    ChoiceMenu,
    CuratorsMenu,
    ForumsMenu,
    LimitsButton,
    Tab,
    TabButton,
    Toggle,
)
from bot.discord.words import labels, reasons, sharing
from bot.discord.words import library as words
from bot.memory.preferences.rules import Level, Wishes
from index.article import SHARED
from tests.bot.discord.conftest import Town
from tests.bot.discord.seen import assert_reasons, bring_along, components_of, press, shown, text_of

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

QUESTION = "When did the harbour bridge reopen to lorries?"


async def test_a_member_can_use_no_control_of_a_manager(town: Town) -> None:
    here = town.bot.get_channel(town.channel.id)
    assert isinstance(here, discord.TextChannel)
    role, forum = town.guild.create_role("readers"), town.guild.create_forum_channel("questions")
    asked = await town.mod.slash(town.channel, "ask", question=QUESTION)
    answer, mod = re.findall(r"[0-9a-f]{16}", str(asked.response.components))[0], town.mod.id
    bridge = Removable("article", "https://harbourpost.example/bridge")
    controls: list[tuple[Any, list[Any], str]] = [
        (ChoiceMenu(Level.SERVER, town.guild.id, "where"), ["private"], reasons.NOT_A_MANAGER()),
        (ChoiceMenu(Level.SERVER, town.guild.id, "cooldown"), ["30"], reasons.NOT_A_MANAGER()),
        (ChoiceMenu(Level.CHANNEL, town.channel.id, "where"), ["private"], reasons.NOT_A_MANAGER()),
        (ChannelMenu(), [town.channel], reasons.NOT_A_MANAGER()),
        (CuratorsMenu(), [role], reasons.NOT_A_MANAGER()),
        (ForumsMenu(), [forum], reasons.NOT_A_MANAGER()),
        (Toggle(Level.CHANNEL, town.channel.id, "every_question", True), [], reasons.NOT_A_MANAGER()),
        (TabButton(Tab.SERVER), [], reasons.NOT_A_MANAGER()),
        (LimitsButton(), [], reasons.NOT_A_MANAGER()),
        (RemovalButton(bridge), [], words.NOT_A_CURATOR()),
        (DeclineButton(), [], words.NOT_A_CURATOR()),
        (StopButton(answer, mod), [], labels.NOT_YOURS()),
        (DeleteButton(answer, asked.response.id, mod), [], labels.NOT_YOURS()),
        (SolvedButton(mod), [], labels.NOT_YOURS()),
    ]
    for control, chosen, refusal in controls:
        message = await here.send(view=page_view(notice("A page", Mood.DONE), control))
        if chosen:
            told = await town.alice.select(message, chosen, custom_id=control.custom_id)
        else:
            told = await town.alice.click(message, custom_id=control.custom_id)
        if isinstance(control, LimitsButton):
            told = await town.alice.submit_modal(told, {"server": "5", "person": "5"})
        assert shown(told) == refusal, control
    memory = town.bot.app.memory
    for level, owner in ((Level.SERVER, town.guild.id), (Level.CHANNEL, town.channel.id)):
        assert memory.preferences.wishes(level, owner) == Wishes()
    assert not memory.servers.curators(town.guild.id)
    assert town.bot.app.library.find([SHARED], bridge.key)
    kept = [message for message in town.channel.history() if message.id == asked.response.id]
    assert "reopened to lorries" in text_of(components_of(kept[0]))
    assert_reasons(town.env, count=None)


async def test_brought_along_by_a_person_it_answers_them_alone_until_they_share(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_along(monkeypatch, town.alice)
    told = await town.alice.slash(town.channel, "ask", question=QUESTION, private=False)
    assert told.ephemeral
    box = await press(town.alice, told, labels.ASK_ON())
    assert (await town.alice.submit_modal(box, {"question": "and how much did it cost?"})).ephemeral
    commands: dict[str, dict[str, str]] = {
        "check": {"claim": "The harbour bridge is closed."},
        "timeline": {"topic": "the harbour bridge"},
        "digest now": {"since": "2026-01-01"},
        "summary topic": {"topic": "the harbour bridge"},
        "library list": {},
    }
    for command, options in commands.items():
        assert (await town.alice.slash(town.channel, command, **options)).ephemeral
    assert list(town.channel.history()) == []
    helped = shown(await town.alice.slash(town.channel, "help"))
    assert "/ask" in helped
    assert not any(
        word in helped for word in ("Mention me", "direct message", "Reply")
    )  # it isn't there to hear them
    more = await press(town.alice, told, labels.MORE)
    assert not (await press(town.alice, more, sharing.SHARE())).ephemeral
