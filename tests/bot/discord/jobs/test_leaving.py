"""A server that removes the bot is forgotten, but not at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.memory.preferences.rules import Level
from bot.memory.preferences.subscriptions import Subscription
from bot.memory.servers import GRACE
from bot.summary.schedule import Schedule
from index.article import SHARED
from tests.bot.discord.conftest import Town
from tests.bot.discord.seen import join_again

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

ZOO = b"# Zoo\n\nThe zoo has a new elephant called Bruno, who is four years old, the keeper said."


async def settle_in(town: Town) -> None:
    """All that a server can have."""
    memory, guild, alice = town.bot.app.memory, town.guild.id, town.alice.id
    await town.mod.slash(town.channel, "library add file", file=("zoo.md", ZOO))
    await town.alice.slash(town.channel, "ask", question="What did the harbour bridge repairs cost?")
    memory.preferences.put(Level.SERVER, guild, "cooldown", 5, guild)
    memory.preferences.put(Level.CHANNEL, town.channel.id, "cooldown", 7, guild)
    memory.preferences.put(Level.PERSON, alice, "private", True)
    memory.servers.set_curators(guild, [77])
    memory.schedules.add(guild, town.channel.id, alice, Schedule(8, "UTC"))
    memory.subscriptions.add(Subscription(alice, guild, town.channel.id, False, "Who won?", 0))
    memory.subscriptions.add(Subscription(alice, None, town.channel.id, True, "Who won?", 0))


def cog_of(town: Town) -> Any:
    return town.bot.get_cog("Leaving")


async def leave(town: Town) -> None:
    cog_of(town).clock = town.env.now
    town.env.backend.emit("GUILD_DELETE", {"id": str(town.guild.id)})
    await town.env.advance_time(1)


async def pass_time(town: Town, time: timedelta) -> None:
    """Let the bot look for what is to be forgotten as if ``time`` had gone by."""
    cog_of(town).clock = lambda: town.env.now() + time
    await cog_of(town).sweep()


def there(town: Town) -> list[object]:
    """What there is of the server."""
    app, guild = town.bot.app, town.guild.id
    attached: Path = app.settings.home / "attachments" / str(guild)
    return [
        app.library.count([str(guild)]),
        app.library.history([str(guild)]),
        list(attached.rglob("*.md")),
        app.memory.answers.by_day(f"guild:{guild}", datetime(2020, 1, 1).date()),
        app.memory.preferences.wishes(Level.SERVER, guild).cooldown,
        app.memory.preferences.wishes(Level.CHANNEL, town.channel.id).cooldown,
        app.memory.servers.curators(guild),
        app.memory.schedules.listed(guild),
        [one for one in app.memory.subscriptions.all() if one.guild_id == guild],
    ]


async def test_after_the_time_of_grace_nothing_of_it_is_left(town: Town) -> None:
    await settle_in(town)
    assert all(there(town))
    await leave(town)
    await pass_time(town, GRACE - timedelta(days=1))
    assert all(there(town))
    await pass_time(town, GRACE + timedelta(hours=1))
    assert not any(there(town))
    memory = town.bot.app.memory
    assert memory.preferences.wishes(Level.PERSON, town.alice.id).private  # this is alice's, not the server's
    assert [one.guild_id for one in memory.subscriptions.of(town.alice.id)] == [None]
    assert town.bot.app.library.count([SHARED]) == 3


async def test_who_takes_it_back_finds_everything_as_it_was(town: Town) -> None:
    await settle_in(town)
    await leave(town)
    await join_again(town.env, town.guild)
    await pass_time(town, 2 * GRACE)
    assert all(there(town))
