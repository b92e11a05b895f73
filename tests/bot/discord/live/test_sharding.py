"""A process that runs some of the shards, connected to the Discord of these tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.discord.client import ShardedBot
from bot.settings import Settings
from tests.bot.discord.live.conftest import QUESTION, RIGHT, answered, connected, until
from tests.fakes.discord_server import DiscordServer

pytestmark = pytest.mark.slow


@pytest.fixture
async def four(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordServer]:
    """Discord with a server for each of four shards."""

    begun: list[int] = []

    async def at_once(_: object, shard_id: int, *, initial: bool) -> None:
        """Discord wants five seconds between two shards; this one doesn't."""
        assert initial == (not begun)
        begun.append(shard_id)

    monkeypatch.setattr(ShardedBot, "before_identify_hook", at_once)
    async with DiscordServer(guilds=4, channels=1) as running:
        running.redirect(monkeypatch)
        yield running


async def test_it_answers_in_its_servers_and_leaves_the_rest_to_others(
    four: DiscordServer, settings: Settings
) -> None:
    world = four.world
    channel = {(guild >> 22) % 4: world.in_guild(guild)[0].id for guild in world.guilds}
    elsewhere = [await four.say(QUESTION, channel[shard]) for shard in (0, 3)]
    settings = settings.model_copy(update={"shard_ids": "1,2", "shard_count": 4})
    async with connected(settings) as bot:
        assert sorted(guild.shard_id for guild in bot.guilds) == [1, 2]
        assert world.command_writes == 0  # they are offered by the process that has the first shard
        for shard in (1, 2):
            assert RIGHT in await answered(four, await four.say(QUESTION, channel[shard]))
        await four.gateway.invalidate()  # both sessions end, and are begun anew
        await until(lambda: four.gateway.identified == 4)
        await until(lambda: len(four.gateway.sessions) == 2)
        assert RIGHT in await answered(four, await four.slash("ask", channel[1], question=QUESTION))
    assert not four.gateway.connected
    assert not any(world.answers_to(asked) for asked in elsewhere)


async def test_what_was_asked_meanwhile_is_answered_by_each_shard(four: DiscordServer, settings: Settings) -> None:
    channels = [four.world.in_guild(guild)[0].id for guild in four.world.guilds]
    asked = [await four.say(QUESTION, channel, author=900 + order) for order, channel in enumerate(channels)]
    direct = await four.say(QUESTION, four.world.direct_channel(801).id, 801)
    async with connected(settings.model_copy(update={"shard_count": 2})):
        for one in asked:
            assert RIGHT in await answered(four, one)
        assert four.world.command_writes == 1
        assert RIGHT in await answered(four, await four.say(QUESTION, direct.channel_id, 801))
