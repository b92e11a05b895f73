"""No way leads from one server to the articles of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
import pytest

from bot.ui import words
from tests.bot.discord.conftest import Town
from tests.bot.discord.seen import assert_reasons, buttons_of, components_of, said, text_of

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=20)]

SECRET = """---
title: Minutes of the zeppelin club
url: https://zeppelin.example/minutes
source: Hangar Post
date: 2026-05-01
---

The zeppelin club elected Marta Quist as its head on Friday, by nineteen votes to two.
"""
QUESTION = "Whom did the zeppelin club elect as its head?"
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


def assert_nothing_told(text: str) -> None:
    """Nothing of the secret stands in ``text``, apart from what was asked."""
    text = text.replace(QUESTION, "").replace("zeppelin, club, elect, head", "")
    assert not [word for word in TELLING if word in text], text


@pytest.mark.usefixtures("elsewhere")
async def test_the_server_itself_sees_it(town: Town) -> None:
    assert "Marta Quist" in said(await town.alice.slash(town.channel, "ask", question=QUESTION))


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("ask", {"question": QUESTION}),
        ("ask", {"question": QUESTION, "source": "Hangar Post"}),
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
    ],
)
async def test_no_command_tells_it_elsewhere(
    town: Town, elsewhere: Any, command: str, options: dict[str, Any]
) -> None:
    eve, channel = elsewhere
    assert_nothing_told(said(await eve.slash(channel, command, **options)))
    if not command.startswith("library re"):
        assert_nothing_told(said(await eve.user.slash(command, **options)))
    assert town.bot.app.library.count([str(town.guild.id)]) == 1


@pytest.mark.parametrize(
    ("command", "option", "more"),
    [
        ("ask", "source", {"question": "x"}),
        ("summary article", "article", {}),
        ("summary topic", "source", {"topic": "x"}),
        ("timeline", "source", {"topic": "x"}),
        ("digest now", "source", {}),
        ("library remove", "what", {}),
    ],
)
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
    eve, channel = elsewhere
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    custom_id = buttons_of(told.response.components)[words.SHOW_PASSAGES]
    own = await eve.slash(channel, "ask", question="When did the harbour bridge reopen to lorries?")
    [own_id] = [one for label, one in buttons_of(own.response.components).items() if label == words.SHOW_PASSAGES]
    forged = custom_id.split(":")[2]
    scope = f"guild:{channel.guild.id}" if hasattr(channel, "guild") else "guild:0"
    assert town.bot.app.memory.answers.recall(forged, f"guild:{town.guild.id}")
    assert town.bot.app.memory.answers.recall(forged, scope) is None
    assert town.bot.app.memory.answers.recall(forged, f"user:{eve.user.id}") is None
    assert own_id != custom_id


async def test_a_message_that_links_it_is_not_summarised_elsewhere(elsewhere: Any) -> None:
    eve, channel = elsewhere
    message = await eve.send(channel, "https://zeppelin.example/minutes")
    told = said(await eve.context_menu(channel, "Summarise", message))
    assert_nothing_told(told)
    assert "not in the library" in told
