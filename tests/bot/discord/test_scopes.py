"""No way leads from one server to the articles of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.utils import utcnow

from bot.discord.buttons.again import AgainButton
from bot.discord.buttons.asking import AskOnButton, TopicButton
from bot.discord.buttons.behind import BehindButton
from bot.discord.buttons.listing import ListingButton
from bot.discord.buttons.more import DeleteButton, MoreButton, StopButton
from bot.discord.buttons.offer import OfferButton
from bot.discord.buttons.rating import RatingButton
from bot.discord.buttons.removal import KeepButton, Removable, RemovalButton
from bot.discord.buttons.solved import SolvedButton
from bot.discord.buttons.views import PassagesButton
from bot.discord.client import ITEMS
from bot.discord.components.choices import MENU, ArticleMenu, handle
from bot.discord.components.page_view import page_view
from bot.discord.missing.suggesting import DeclineButton, SuggestButton, TakeSuggestionButton, ThereButton
from bot.discord.missing.waiting import TakeBackButton, TellMeButton, WaitingMenu
from bot.discord.pages.page import Mood, notice
from bot.discord.panel.controls import SETTINGS
from bot.discord.panel.sample import SampleButton
from bot.discord.panel.topics import HelpMenu
from bot.discord.words import answering, labels
from bot.discord.words.offered import Topic
from bot.memory.deliveries import Place
from tests.bot.discord.conftest import Town
from tests.bot.discord.seen import assert_reasons, buttons_of, components_of, said, text_of

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

SECRET = """---
title: Minutes of the zeppelin club
url: https://zeppelin.example/minutes
source: Hangar Post
date: 2026-05-01
---

The zeppelin club elected Marta Quist as its head on Friday, by nineteen votes to two.
"""
QUESTION = "Whom did the zeppelin club elect as its head?"
MENU_TYPES = (discord.AppCommandType.message, discord.AppCommandType.user)
TELLING = ("Marta", "Quist", "zeppelin club", "Hangar", "nineteen")


@pytest.fixture
async def elsewhere(town: Town) -> Any:
    """A member of another server, and its channel; the secret is in the first server's library."""
    added = await town.mod.slash(town.channel, "library add file", file=("zeppelin.md", SECRET.encode()))
    assert "1 added" in said(added)
    guild = town.env.create_guild()
    channel = guild.create_text_channel("elsewhere")
    role = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    return guild.add_member(town.env.create_user("eve"), roles=[role]), channel


@pytest.fixture(autouse=True)
def only_reasons(town: Town) -> Iterator[None]:
    """Whatever was refused was refused with a reason."""
    yield
    assert_reasons(town.env, count=None)


def assert_nothing_told(text: str, outlet: str | None = None) -> None:
    """Nothing of the secret stands in ``text``, apart from what was asked, and of which ``outlet``."""
    text = text.replace(QUESTION, "").replace("zeppelin, club, elect, head", "")
    if outlet:  # told as it was typed
        text = text.replace(f"by “{outlet}”", "").replace(answering.filters(None, None, outlet), "")
    assert not [word for word in TELLING if word in text], text


@pytest.mark.usefixtures("elsewhere")
async def test_the_server_itself_sees_it(town: Town) -> None:
    assert "Marta Quist" in said(await town.alice.slash(town.channel, "ask", question=QUESTION))


COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("ask", {"question": QUESTION}),
    ("ask", {"question": QUESTION, "source": "Hangar Post"}),
    ("ask", {"question": QUESTION, "source": "hangar post"}),  # told as it was typed, whatever its real name
    ("check", {"claim": QUESTION}),
    ("summary article", {"article": "Minutes"}),
    ("summary article", {"article": "https://zeppelin.example/minutes"}),
    ("summary article", {"article": "zeppelin.md"}),
    ("summary topic", {"topic": "the head"}),
    ("timeline", {"topic": "the head of the club"}),
    ("digest now", {"since": "2026-04-01"}),
    ("library list", {}),
    ("library status", {}),
    ("library remove", {"what": "article:https://zeppelin.example/minutes"}),
    ("library remove", {"what": "source:2"}),
    ("library reindex", {}),
    ("library remove", {"what": "article:zeppelin.md"}),
    ("digest list", {}),
    ("digest stop", {"number": 1}),
    ("usage", {}),
    ("reindex", {}),
    ("settings", {}),
    ("preferences", {}),
    ("help", {}),
]
"""Every command but those that only add: ``ADDING``."""
ADDING = {
    "library add url",
    "library add feed",
    "library add file",
    "library curators",
    "digest schedule",
    "forget",
}
MENUS = {"Summarise", "Check this claim", "Add to library"}
AUTOCOMPLETES: list[tuple[str, str, dict[str, Any]]] = [
    ("ask", "source", {"question": "x"}),
    ("summary article", "article", {}),
    ("summary topic", "source", {"topic": "x"}),
    ("timeline", "source", {"topic": "x"}),
    ("digest now", "source", {}),
    ("digest schedule", "source", {"every": "day", "hour": 7}),
    ("library remove", "what", {}),
]


async def test_every_way_in_is_tried_here(town: Town) -> None:
    """Whoever adds a command, a menu or a list of choices adds it to the tests in this file."""
    tree = town.bot.tree
    commands = [one for one in tree.walk_commands() if isinstance(one, app_commands.Command)]
    assert {one.qualified_name for one in commands} == {command for command, _ in COMMANDS} | ADDING
    menus = {one.name for kind in MENU_TYPES for one in tree.get_commands(type=kind)}
    assert menus == MENUS
    offered = {
        (one.qualified_name, option.name) for one in commands for option in one.parameters if option.autocomplete
    }
    tried = {(command, option) for command, option, _ in AUTOCOMPLETES}
    assert offered == tried | {("digest schedule", "timezone")}


@pytest.mark.parametrize(("command", "options"), COMMANDS)
async def test_no_command_tells_it_elsewhere(
    town: Town, elsewhere: Any, command: str, options: dict[str, Any]
) -> None:
    eve, channel = elsewhere
    outlet = options.get("source")
    assert_nothing_told(said(await eve.slash(channel, command, **options)), outlet)
    if not command.startswith(("library re", "reindex", "usage", "settings")):  # those are for servers
        assert_nothing_told(said(await eve.user.slash(command, **options)), outlet)
    assert town.bot.app.library.count([str(town.guild.id)]) == 1


@pytest.mark.parametrize(("command", "option", "more"), AUTOCOMPLETES)
async def test_no_list_offers_it_elsewhere(
    town: Town, elsewhere: Any, command: str, option: str, more: dict[str, Any]
) -> None:
    eve, channel = elsewhere
    for typed in ("", "zeppelin", "Hangar", "min"):
        offered = await eve.autocomplete(channel, command, option, typed, **more)
        assert_nothing_told(str(offered))
    here = [await town.mod.autocomplete(town.channel, command, option, "", **more)]
    assert "angar" in str(here) or "zeppelin" in str(here)


async def test_a_mention_elsewhere_is_not_answered_from_it(town: Town, elsewhere: Any) -> None:
    eve, channel = elsewhere
    await eve.send(channel, f"{town.at_bot} {QUESTION}")
    replies = [message for message in channel.history() if message.author.id != eve.user.id]
    assert replies
    assert_nothing_told("\n".join(text_of(components_of(message)) for message in replies))


async def test_what_is_behind_an_answer_opens_in_its_server_only(town: Town, elsewhere: Any) -> None:
    """Buttons of the bot with ids of the other server, as if somebody knew them, and the same ones at home."""
    eve, channel = elsewhere
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    answer_id = buttons_of(told.response.components)[labels.SHOW_PASSAGES()].split(":")[2]
    scope = str(town.guild.id)
    (source,) = town.bot.app.library.sources.listed([scope], on_demand=True)
    (article,) = town.bot.app.library.articles([scope])
    at_home = Place(town.channel.id, town.guild.id, town.alice.id)
    deliveries = town.bot.app.memory.deliveries
    asked = deliveries.claim("message:1", "question", {"question": QUESTION}, at_home, "another", utcnow())
    assert asked
    deliveries.close(asked.id, told=True)
    buttons = (
        PassagesButton(answer_id, whole=False),
        PassagesButton(answer_id, whole=True),
        ListingButton(0, ""),
        ListingButton(0, "zeppelin"),
        RemovalButton(Removable.article(article)),
        RemovalButton(Removable.source(source)),
        RatingButton(answer_id, helpful=True),
        AgainButton(asked.id),
        TopicButton(answer_id, 0),
        StopButton(answer_id, eve.id),
        OfferButton(asked.id),
        SolvedButton(eve.id),
        MoreButton(answer_id, eve.id),
        DeleteButton(answer_id, told.response.id, eve.id),
        BehindButton("share", answer_id),
        BehindButton("timeline", answer_id),
        TellMeButton(answer_id),
        TakeBackButton(1),
        TakeSuggestionButton(),
        DeclineButton(),
    )
    tried = {type(button) for button in buttons}
    others = {ArticleMenu, AskOnButton, KeepButton, WaitingMenu, SuggestButton, ThereButton, *SETTINGS}
    assert tried | others | {SampleButton, HelpMenu} == set(ITEMS)
    for button in buttons:
        message = await show(town, channel, button)
        pressed = await eve.click(message, custom_id=button.custom_id)
        assert_nothing_told(said(pressed))
    asking = AskOnButton(answer_id)
    box = await eve.click(await show(town, channel, asking), custom_id=asking.custom_id)
    assert_nothing_told(said(await eve.submit_modal(box, {"question": "And by how many votes?"})))
    sample = SampleButton(0, QUESTION)
    asked_there = await eve.click(await show(town, channel, sample), custom_id=sample.custom_id)
    assert_nothing_told(said(asked_there))
    chosen = await eve.select(
        await show(town, channel, ArticleMenu([article])), [handle(article.id)], custom_id=MENU
    )
    assert_nothing_told(said(chosen))
    topics = HelpMenu(tuple(Topic))
    for topic in Topic:
        helped = await eve.select(await show(town, channel, topics), [topic.value], custom_id=topics.custom_id)
        assert_nothing_told(said(helped))
    assert town.bot.app.library.count([scope]) == 1
    assert not town.bot.app.memory.ratings.rated()
    for button in (buttons[0], buttons[3]):
        opened = await town.alice.click(await show(town, town.channel, button), custom_id=button.custom_id)
        assert "eppelin" in said(opened)


async def show(town: Town, channel: Any, button: Any) -> Any:
    """A message of the bot with that button."""
    place = town.bot.get_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    return await place.send(view=page_view(notice("A message", Mood.DONE), button))


async def test_a_follow_up_elsewhere_knows_nothing_of_what_was_asked(town: Town, elsewhere: Any) -> None:
    eve, channel = elsewhere
    both = town.guild.add_member(eve.user)  # the same person, in both servers
    assert "Marta Quist" in said(await both.slash(town.channel, "ask", question=QUESTION))
    assert_nothing_told(said(await eve.slash(channel, "ask", question="And by how many votes?")))
    assert_nothing_told(said(await eve.user.slash("ask", question="And by how many votes?")))


async def test_a_digest_tells_its_own_server_only(town: Town, elsewhere: Any) -> None:
    eve, channel = elsewhere
    options = {"every": "day", "hour": 7, "timezone": "UTC", "topic": "zeppelin club"}
    made = await town.mod.slash(town.channel, "digest schedule", **options)
    number = int(re.findall(r"\d+", said(made))[0])
    assert_nothing_told(said(await eve.slash(channel, "digest list")))
    refused = await eve.slash(channel, "digest stop", number=number)
    assert_nothing_told(said(refused))
    assert len(town.bot.app.memory.schedules.listed(town.guild.id)) == 1


async def test_a_message_that_links_it_is_not_summarised_elsewhere(elsewhere: Any) -> None:
    eve, channel = elsewhere
    message = await eve.send(channel, "https://zeppelin.example/minutes")
    told = said(await eve.context_menu(channel, "Summarise", message))
    assert_nothing_told(told)
    assert "not in the library" in told
