"""Two processes of the bot, a shard each, on one home, one database and one Chroma server."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from benchmarks.bot_process import BotProcess
from bot.app import open_app
from bot.memory.deliveries import LEASE
from bot.memory.memory import Memory
from bot.settings import Settings
from bot.summary.schedule import Schedule
from index.article import SHARED
from tests.bot.discord.live.conftest import QUESTION, RIGHT, answered, final, finals, until
from tests.bot.discord.newsroom import write_articles
from tests.chroma import running_chroma
from tests.fakes.discord_server import BOT, DiscordServer
from tests.fakes.discord_server.world import Message

pytestmark = [pytest.mark.slow, pytest.mark.long]

_TODAYS = """---
title: {title}
date: {date}
source: The Harbour Post
---

{text}
"""
_SQUARE = "The tramway tunnel below Linden Square was flooded, and buses run instead."
_MARKET = "The fish market at the old quay burned down, and nobody was hurt."


@dataclass
class Shared:
    """What the two share; ``channels``: one in the server of the first, and one in the second's."""

    server: DiscordServer
    processes: list[BotProcess]
    channels: list[int]
    memory: Memory
    articles: Path

    async def ask(self, question: str = QUESTION) -> list[Message]:
        """The same question in both servers."""
        return [await self.server.say(question, channel, 900) for channel in self.channels]

    def digests(self) -> list[list[str]]:
        """What the bot said in each channel without being asked."""
        mine = [one for one in self.server.world.messages.values() if one.author == BOT and not one.reference]
        return [[one.text for one in mine if one.channel_id == channel] for channel in self.channels]

    def write_today(self, name: str, text: str) -> None:
        """An article that came out just now."""
        dated = _TODAYS.format(title=text.partition(",")[0], date=datetime.now(UTC).isoformat(), text=text)
        (self.articles / name).write_text(dated)


@pytest.fixture
async def shared(tmp_path: Path, postgresql: str) -> AsyncIterator[Shared]:
    """A library that is read, and both processes connected."""
    async with AsyncExitStack() as stack:
        chroma = stack.enter_context(running_chroma(tmp_path / "chroma"))
        server = await stack.enter_async_context(DiscordServer(guilds=2))
        guilds = sorted(server.world.guilds, key=lambda one: (one >> 22) % 2)
        channels = [server.world.in_guild(guild)[0].id for guild in guilds]
        articles, home = write_articles(tmp_path / "articles"), tmp_path / "home"
        given = {"CHROMA_URL": chroma, "DATABASE_URL": postgresql, "ARTICLES": str(articles), "SHARD_COUNT": "2"}
        processes = [BotProcess(server, tmp_path, _variables(given, SHARD_IDS=str(number))) for number in range(2)]
        memory = stack.enter_context(closing(Memory(home, postgresql)))
        made = Shared(server, processes, channels, memory, articles)
        made.write_today("market.md", _MARKET)
        settings = Settings(_env_file=None, home=home, chroma_url=chroma, database_url=SecretStr(postgresql))  # type: ignore[call-arg]  # pydantic-settings adds it
        with open_app(settings) as app:
            assert app.library.sync([str(articles)], SHARED).added == 4
        for process in processes:
            await process.start()
        yield made
        for process in processes:
            if process.process and process.process.returncode is None:
                await process.end()


def _variables(given: dict[str, str], **own: str) -> dict[str, str]:
    return {f"NEWSDESK_{name}": value for name, value in (given | own).items()}


async def test_each_answers_in_its_servers_and_what_is_done_once_is_done_once(shared: Shared) -> None:
    server, world = shared.server, shared.server.world
    assert sorted(one.shard for one in server.gateway.sessions.values() if one.shard) == [(0, 2), (1, 2)]
    for asked in await shared.ask():
        assert RIGHT in await answered(server, asked)
    direct = await server.say(QUESTION, world.direct_channel(901).id, 901)
    assert RIGHT in await answered(server, direct)
    assert world.command_writes == 1

    shared.write_today("tunnel.md", _SQUARE)  # the first one reads it, and both know it
    for channel in shared.channels:
        await _until_known(shared, "Which tunnel was flooded?", "tramway tunnel", channel)

    now = datetime.now(UTC)
    for guild, channel in zip(sorted(world.guilds, key=lambda one: (one >> 22) % 2), shared.channels, strict=True):
        before = now - timedelta(hours=1)
        shared.memory.schedules.add(guild, channel, 801, Schedule(now.hour, "UTC"), (), (), before)
    await until(lambda: all(shared.digests()))
    assert shared.memory.schedules.claim(datetime.now(UTC)) is None
    assert [len(posted) for posted in shared.digests()] == [1, 1]
    assert all("fish market" in posted and "tramway tunnel" in posted for [posted] in shared.digests())


async def test_one_that_is_killed_loses_nothing_and_the_other_goes_on(shared: Shared) -> None:
    server, world = shared.server, shared.server.world
    mine, theirs = shared.channels
    asked = [await server.say(QUESTION, theirs, 910 + number) for number in range(12)]
    await until(lambda: any(world.answers_to(one) for one in asked))
    await shared.processes[1].end(signal.SIGKILL)
    asked.append(await server.say(QUESTION, theirs, 930))
    left = [one for one in asked if not finals(server, one)]
    assert RIGHT in await answered(server, await server.say(QUESTION, mine, 931))
    await asyncio.sleep(LEASE.total_seconds() + 10)  # whoever may takes up what is left open
    assert not any(finals(server, one) for one in left)  # the other one has not that server
    await shared.processes[1].start()
    for one in asked:
        assert RIGHT in await answered(server, one)
    assert sum(map(final, (found for one in asked for found in world.answers_to(one)))) == len(asked)


async def _until_known(shared: Shared, question: str, words: str, channel: int) -> None:
    """Ask in a channel until the answer has these ``words``."""
    while words not in await answered(shared.server, await shared.server.say(question, channel, 930)):
        pass
