"""Which servers belong to a process."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
import pytest

from bot.discord.client import NewsdeskBot, ShardedBot, build_bot
from bot.discord.connecting.connection import TOO_FEW_SHARDS
from bot.discord.connecting.running import why
from bot.discord.shards import Shards, read_shards, shard_of
from bot.memory.deliveries import LEASE, Place
from bot.memory.memory import Memory
from bot.memory.servers import GRACE
from bot.settings import Settings
from bot.summary.schedule import Schedule
from index.errors import ConfigurationError

NOW = datetime(2026, 11, 29, tzinfo=UTC)
HERE, THERE = 5 << 22, 6 << 22
"""Servers of shards 1 and 0 of two."""
MINE = Shards((1,), 2)


@pytest.mark.parametrize("count", [1, 2, 3, 16])
def test_every_server_belongs_to_one_shard(count: int) -> None:
    for guild_id in (HERE, THERE, 81384788765712384, 1 << 62):
        holding = [one for one in range(count) if Shards((one,), count).hold(guild_id)]
        assert holding == [shard_of(guild_id, count)]


def test_direct_messages_come_to_the_first_shard() -> None:
    assert Shards((0, 3), 4).hold(None)
    assert not Shards((1, 2, 3), 4).hold(None)


@pytest.mark.parametrize(
    ("ids", "count", "expected"), [("", 1, (0,)), ("", 3, (0, 1, 2)), ("0,1", 4, (0, 1)), (" 3 , 2", 4, (2, 3))]
)
def test_shards_are_named_by_numbers(ids: str, count: int, expected: tuple[int, ...]) -> None:
    assert read_shards(ids, count) == Shards(expected, count)


@pytest.mark.parametrize("ids", ["4", "0,0", "0-3", "one", "0,", "-1", "²"])
def test_shards_that_there_are_not_are_refused(ids: str) -> None:
    with pytest.raises(ConfigurationError, match="--shard-ids 0,1 --shard-count 4"):
        read_shards(ids, 4)


@pytest.mark.parametrize(("count", "kind"), [(1, NewsdeskBot), (2, ShardedBot)])
def test_several_shards_take_several_connections(tmp_path: Path, count: int, kind: type[NewsdeskBot]) -> None:
    settings = Settings(_env_file=None, home=tmp_path, shard_count=count)  # type: ignore[call-arg]
    assert type(build_bot(settings)) is kind


def test_a_bot_in_too_many_servers_is_told_what_to_set() -> None:
    class Socket:
        close_code = 4011

    refused = discord.ConnectionClosed(Socket(), shard_id=None)  # type: ignore[arg-type]
    assert why(refused) == TOO_FEW_SHARDS


def test_servers_of_other_shards_are_not_taken_for_left(tmp_path: Path) -> None:
    with closing(Memory(tmp_path)) as memory:
        for guild_id in (HERE, THERE):
            memory.servers.joined(guild_id)
        assert memory.servers.are([], NOW, MINE.hold) == {HERE}
        assert memory.servers.to_forget(NOW + GRACE + timedelta(days=1)) == [HERE]


def test_what_is_left_open_is_taken_up_by_the_process_that_has_its_server(tmp_path: Path) -> None:
    with closing(Memory(tmp_path)) as memory:
        for guild_id in (THERE, HERE, None):
            memory.deliveries.claim(f"message:{guild_id}", "ask", {}, Place(1, guild_id, 1), "one", NOW)
        later = NOW + LEASE
        assert [one.place.guild_id for one in memory.deliveries.adopt("two", later, MINE.hold)] == [HERE]
        assert len(memory.deliveries.adopt("three", later)) == 2


def test_a_digest_is_posted_by_the_process_that_has_its_server(tmp_path: Path) -> None:
    with closing(Memory(tmp_path)) as memory:
        for guild_id in (THERE, HERE):
            memory.schedules.add(guild_id, 1, 1, Schedule(8, "UTC"), (), (), NOW)
        due = NOW + timedelta(days=2)
        claimed = memory.schedules.claim(due, MINE.hold)
        assert claimed
        assert claimed.guild_id == HERE
        assert memory.schedules.claim(due, MINE.hold) is None
        assert memory.schedules.claim(due)
