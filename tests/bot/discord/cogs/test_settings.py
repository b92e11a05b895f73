"""The panel of /settings and /preferences."""

from __future__ import annotations

import discord
import pytest

from bot.discord.components.page_view import page_view
from bot.discord.pages.page import Mood, notice
from bot.discord.panel.controls import ChoiceMenu, CuratorsMenu, ForumsMenu
from bot.discord.words import reasons
from bot.discord.words import settings as words
from bot.memory.preferences.rules import Level, Where, Wishes
from tests.bot.discord.conftest import Town, restart
from tests.bot.discord.seen import assert_reasons, buttons_of, choose, chosen_in, menu_of, press, said, shown

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]


def wishes(town: Town, level: Level, owner_id: int) -> Wishes:
    return town.bot.app.memory.preferences.wishes(level, owner_id)


async def test_settings_are_for_those_who_manage_the_server_and_hidden_from_others(town: Town) -> None:
    assert "settings" in town.mod.available_commands(town.channel)
    assert "settings" not in town.alice.available_commands(town.channel)
    assert "preferences" in town.alice.available_commands(town.channel)
    (command,) = [c for c in await town.bot.tree.fetch_commands() if c.name == "settings"]
    town.guild.set_command_permissions(command, {town.alice: True})
    refused = await town.alice.slash(town.channel, "settings")
    assert refused.ephemeral
    assert said(refused) == reasons.NOT_A_MANAGER()
    assert_reasons(town.env)


async def test_the_panel_sets_where_it_answers_and_how_long_to_wait_also_after_a_restart(town: Town) -> None:
    panel = await town.mod.slash(town.channel, "settings")
    assert panel.ephemeral
    assert words.summary(3, 0, 0, 0) in shown(panel)
    assert words.engine(None, 0) in shown(panel)
    assert words.set_below(words.WHERE_IT_ANSWERS, Level.DEFAULT) in shown(panel)
    assert words.WHERE[Where.PLACE]() in chosen_in(panel)
    await choose(town.mod, panel, ":where", "thread")
    assert words.set_below(words.WHERE_IT_ANSWERS, Level.SERVER) in shown(panel)
    assert words.WHERE[Where.THREAD]() in chosen_in(panel)
    await restart(town)
    await choose(town.mod, panel, ":cooldown", "30")
    assert "30 seconds" in chosen_in(panel)
    assert wishes(town, Level.SERVER, town.guild.id) == Wishes(where=Where.THREAD, cooldown=30)


async def test_a_channel_may_have_rules_of_its_own(town: Town) -> None:
    panel = await town.mod.slash(town.channel, "settings")
    await choose(town.mod, panel, ":where", "private")
    await choose(town.mod, panel, "rules-for", town.channel)
    told = words.applies(words.WHERE_IT_ANSWERS, words.WHERE[Where.PRIVATE](), Level.SERVER)
    assert told in shown(panel)
    assert words.NEEDS_CONTENT() in shown(panel)
    await choose(town.mod, panel, ":where", "place")
    await press(town.mod, panel, words.OFF())
    assert wishes(town, Level.CHANNEL, town.channel.id) == Wishes(where=Where.PLACE, every_question=True)
    await choose(town.mod, panel, ":where", "as-above")
    await press(town.mod, panel, words.ON())
    assert told in shown(panel)
    assert wishes(town, Level.CHANNEL, town.channel.id) == Wishes()
    await press(town.mod, panel, words.FOR_THE_SERVER())
    assert words.FOR_THE_WORK() in buttons_of(panel.response.components)


async def test_curators_and_forums_are_chosen_from_menus(town: Town) -> None:
    role, forum = town.guild.create_role("editors"), town.guild.create_forum_channel("questions")
    panel = await town.mod.slash(town.channel, "settings")
    await press(town.mod, panel, words.FOR_THE_WORK())
    await choose(town.mod, panel, CuratorsMenu().custom_id, role)
    assert town.bot.app.memory.servers.curators(town.guild.id) == {role.id}
    await choose(town.mod, panel, ForumsMenu().custom_id, forum)
    assert {str(role.id), str(forum.id)} <= {*chosen_in(panel)}
    assert words.NEEDS_CONTENT() in shown(panel)
    await choose(town.mod, panel, CuratorsMenu().custom_id)
    await choose(town.mod, panel, ForumsMenu().custom_id)
    assert {words.NOBODY(), words.NONE()} <= {*chosen_in(panel)}
    assert town.bot.app.memory.servers.curators(town.guild.id) == frozenset()
    assert town.bot.app.memory.preferences.channels(town.guild.id, "every_post") == []


async def test_daily_shares_are_set_within_the_operators(town: Town) -> None:
    await restart(town, daily_server_tokens=1000)
    panel = await town.mod.slash(town.channel, "settings")
    await press(town.mod, panel, words.FOR_THE_WORK())
    box = await press(town.mod, panel, words.CHANGE())
    await town.mod.submit_modal(box, {"server": "800", "person": "50"})
    assert words.limits(800, 50) in shown(panel)
    assert town.bot.app.budget.of_server(str(town.guild.id)).tokens == 800
    for written, reason in (("2,000", words.beyond(1000)), ("many", words.NOT_A_NUMBER())):
        panel = await town.mod.slash(town.channel, "settings")
        await press(town.mod, panel, words.FOR_THE_WORK())
        box = await press(town.mod, panel, words.CHANGE())
        await town.mod.submit_modal(box, {"server": written})
        assert said(panel) == reason
    assert wishes(town, Level.SERVER, town.guild.id).server_tokens == 800


async def test_everybody_sets_what_holds_for_them(town: Town) -> None:
    panel = await town.alice.slash(town.channel, "preferences")
    assert panel.ephemeral
    assert words.FOR_THE_SERVER() not in buttons_of(panel.response.components)
    await press(town.alice, panel, words.OFF())
    assert words.applies(words.HERE, words.WHERE[Where.PRIVATE](), Level.PERSON) in shown(panel)
    assert wishes(town, Level.PERSON, town.alice.id) == Wishes(private=True)
    await press(town.alice, panel, words.ON())
    assert wishes(town, Level.PERSON, town.alice.id) == Wishes()
    directly = await town.alice.user.slash("preferences")
    assert words.PRIVATE() in shown(directly)


async def test_try_it_asks_about_the_newest_article_for_the_manager_alone(town: Town) -> None:
    panel = await town.mod.slash(town.channel, "settings")
    tried = await press(town.mod, panel, words.TRY())
    assert tried.ephemeral
    assert words.sample("Harbour bridge reopens") in shown(tried)
    assert menu_of(panel.response.components)


async def test_the_panel_of_somebody_who_manages_no_longer_changes_nothing(town: Town) -> None:
    panel = await town.mod.slash(town.channel, "settings")
    town.guild._guild.roles[
        next(role.id for role in town.guild.roles.values() if role.name == "managers")
    ].permissions = 0
    await choose(town.mod, panel, ":where", "private")
    assert said(panel) == reasons.NOT_A_MANAGER()
    assert wishes(town, Level.SERVER, town.guild.id) == Wishes()


async def test_nothing_is_set_for_a_channel_of_another_server(town: Town) -> None:
    other = town.env.create_guild()
    theirs = other.create_text_channel("theirs")
    here = town.bot.get_channel(town.channel.id)
    assert isinstance(here, discord.TextChannel)
    menu = ChoiceMenu(Level.CHANNEL, theirs.id, "where")
    message = await here.send(view=page_view(notice("A message", Mood.DONE), menu))
    told = await town.mod.select(message, ["private"], custom_id=menu.custom_id)
    assert told.acknowledged
    assert wishes(town, Level.CHANNEL, theirs.id) == Wishes()
