"""The memory's tables: brought up to date, in SQLite and PostgreSQL, with nothing lost; damaged files."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from subprocess import PIPE

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from bot.answer.question.turn import Turn
from bot.chat.budget import Asker
from bot.chat.usage import Usage
from bot.memory.database import FILE, VERSION_TABLE
from bot.memory.memory import Memory
from bot.memory.mending import DAMAGED, damage_of, mend
from bot.memory.preferences.rules import Level
from bot.memory.preferences.subscriptions import Subscription
from bot.memory.tables import Table
from bot.summary.schedule import Schedule
from index.errors import StoreError, StoreLockedError
from index.store.home import owned
from index.store.sql.registry import Registry
from tests.bot.discord.examples import answer

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
GUILD = 1_234_567_890_123_456_789
ASKER = Asker("2", "1")
WAITS = Subscription(2, GUILD, GUILD + 1, True, "Who opened it?", 7, "Harbour Post", date(2026, 1, 1))
WHO = Turn("Who closed the bridge?", "Who closed the bridge?", "The harbour office did.")

# As the first release with a memory made it: answers, facts and turns, and no note of any step.
OLD = """
CREATE TABLE answers (
    id VARCHAR NOT NULL, created_at DATETIME NOT NULL, place VARCHAR NOT NULL, answer VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_answers_created_at ON answers (created_at);
CREATE TABLE facts (name VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (name));
CREATE TABLE turns (
    id INTEGER NOT NULL, conversation VARCHAR NOT NULL, created_at DATETIME NOT NULL, turn VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_turns_conversation ON turns (conversation);
CREATE INDEX ix_turns_created_at ON turns (created_at);
INSERT INTO facts VALUES ('commands', 'abc');
INSERT INTO answers VALUES ('aa', '2026-04-30 12:00:00.000000', 'guild:1', '{}');
"""


def fill(memory: Memory) -> None:
    """Something of every kind."""
    memory.answers.keep("a" * 16, "guild:1", answer(2), NOW)
    memory.conversations.add("guild:1/user:2", WHO, NOW)
    memory.facts.note("commands", "abc")
    assert memory.ratings.rate("a" * 16, "guild:1", "2", True)
    assert memory.ratings.rate("a" * 16, "guild:1", "2", False)
    memory.replies.put("key", "reply", WEEK, NOW)
    memory.schedules.add(GUILD, GUILD + 1, GUILD + 2, Schedule(8, "Europe/Berlin", None), ("ships",), now=NOW)
    memory.servers.toggle_curator(GUILD, GUILD + 3)
    memory.subscriptions.add(WAITS, NOW)
    memory.preferences.put(Level.CHANNEL, GUILD + 1, "cooldown", 30, GUILD)
    memory.usage.add(NOW.date(), ASKER, "small-1", Usage(10, 5, 0.5))
    memory.usage.add(NOW.date(), ASKER, "small-1", Usage(1, 1, 0.25))


def assert_filled(memory: Memory) -> None:
    assert memory.answers.recall("a" * 16, "guild:1") == answer(2)
    assert memory.conversations.turns("guild:1/user:2", NOW) == [WHO]
    assert memory.facts.get("commands") == "abc"
    assert memory.replies.get("key", WEEK, NOW) == "reply"
    assert [(one.helpful, one.unhelpful) for one in memory.ratings.rated()] == [(0, 1)]
    (digest,) = memory.schedules.listed(GUILD)
    assert (digest.channel_id, digest.made_by, digest.topics) == (GUILD + 1, GUILD + 2, ("ships",))
    assert memory.servers.curators(GUILD) == {GUILD + 3}
    assert memory.subscriptions.all() == [replace(WAITS, id=1)]
    assert memory.answers.by_day("guild:1", NOW.date()) == {NOW.date(): (1, 0)}
    assert memory.preferences.rules(GUILD, GUILD + 1, 1).cooldown == 30
    assert memory.usage.used(NOW.date()) == Usage(11, 6, 0.75)


def differences(engine: Engine) -> object:
    """How the tables there differ from those the program uses; other tables don't count."""

    def ours(thing: object, name: str | None, kind: str, *_: object) -> bool:  # noqa: ARG001
        return kind != "table" or name in Table.metadata.tables

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "version_table": VERSION_TABLE}
        )
        return compare_metadata(context, Table.metadata)


def test_the_steps_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    with closing(Memory(tmp_path)) as memory:
        fill(memory)
        assert differences(memory._engine) == []
    with closing(Memory(tmp_path)) as memory:
        assert_filled(memory)


def test_a_memory_of_the_first_release_keeps_what_it_holds(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.executescript(OLD)
    with closing(Memory(tmp_path)) as memory:
        assert differences(memory._engine) == []
        assert memory.facts.get("commands") == "abc"
        fill(memory)
        assert_filled(memory)
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        assert database.execute("SELECT count(*) FROM answers").fetchone() == (2,)


def test_a_memory_of_the_last_release_keeps_what_it_holds(tmp_path: Path) -> None:
    """It had every table of the first step, and no note of any step."""
    with closing(Memory(tmp_path)) as memory:
        fill(memory)
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        for table in (VERSION_TABLE, "deliveries", "servers", "forgotten", "preferences", "subscriptions"):
            database.execute(f"DROP TABLE {table}")
        database.execute("DROP INDEX ix_answers_asker")
        database.execute("ALTER TABLE answers DROP COLUMN asker")
        database.execute("ALTER TABLE answers DROP COLUMN answered")
        database.execute("DROP INDEX ix_turns_asker")
        database.execute("ALTER TABLE turns DROP COLUMN asker")
        database.execute("ALTER TABLE ratings DROP COLUMN reason")
    with closing(Memory(tmp_path)) as memory:
        memory.preferences.put(Level.CHANNEL, GUILD + 1, "cooldown", 30, GUILD)  # there were no such tables,
        memory.subscriptions.add(WAITS, NOW)
        memory.answers.keep("a" * 16, "guild:1", answer(2), NOW)  # nor the column that is counted by
        assert_filled(memory)
        assert differences(memory._engine) == []


def test_a_memory_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Memory(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
        database.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9000'")
    with pytest.raises(StoreError, match="Install the newer version"):
        Memory(tmp_path)


def test_a_memory_in_postgresql(postgresql: str, tmp_path: Path) -> None:
    """What the home's file held comes along, once; the registry is in the same database, made after it."""
    with closing(Memory(tmp_path)) as memory:
        fill(memory)
    with closing(Memory(tmp_path, postgresql)) as memory:
        assert_filled(memory)
        assert differences(memory._engine) == []
        memory.facts.note("commands", "new")
        memory.conversations.add("guild:1/user:2", WHO, NOW)
        assert memory.schedules.add(GUILD, 1, 1, Schedule(9, "UTC", 1), now=NOW).id == 2
    Registry(postgresql).close()
    with closing(Memory(tmp_path, postgresql)) as memory:
        assert memory.facts.get("commands") == "new"
        assert len(memory.conversations.turns("guild:1/user:2", NOW)) == 2


@pytest.mark.parametrize("how", ["noise", "zeroed", "cut", "emptied"])
def test_a_damaged_memory_is_told_and_begun_anew(tmp_path: Path, how: str) -> None:
    with closing(Memory(tmp_path)) as memory:
        fill(memory)
    assert damage_of(tmp_path) is None
    data = (tmp_path / FILE).read_bytes()
    spoilt = {
        "noise": bytes((byte * 7 + 13) % 256 for byte in data),
        "zeroed": bytes(len(data)),
        "cut": data[: len(data) // 2],
        "emptied": b"",
    }
    (tmp_path / FILE).write_bytes(spoilt[how])
    if how == "emptied":  # to SQLite an empty file is an empty database
        assert damage_of(tmp_path) is None
    else:
        assert damage_of(tmp_path)
        mend(tmp_path)
        assert damage_of(tmp_path) is None
        assert (tmp_path / DAMAGED).exists()
    with closing(Memory(tmp_path)) as memory:
        assert differences(memory._engine) == []
        memory.facts.note("commands", "abc")


def test_what_can_be_read_of_a_damaged_memory_is_saved(tmp_path: Path) -> None:
    with closing(Memory(tmp_path)) as memory:
        fill(memory)
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        page = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'turns'").fetchone()[0]
        size = database.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray((tmp_path / FILE).read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    (tmp_path / FILE).write_bytes(data)
    assert damage_of(tmp_path)
    assert mend(tmp_path) == 9
    with closing(Memory(tmp_path)) as memory:
        assert memory.conversations.turns("guild:1/user:2", NOW) == []
        memory.conversations.add("guild:1/user:2", WHO, NOW)
        assert_filled(memory)


def test_a_memory_in_use_is_not_mended(tmp_path: Path) -> None:
    Memory(tmp_path).close()
    with owned(tmp_path), pytest.raises(StoreLockedError):
        mend(tmp_path)


# Opens registry and memory when it is told to.
OPENER = """
import sys
from pathlib import Path
from bot.memory.memory import Memory
from index.store.sql.registry import Registry
url, home, model = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
registry = Registry(url)
print(registry.claim_meta("embedding", model), flush=True)
Memory(Path(home), url).close()
"""


@pytest.mark.long
def test_processes_that_open_an_empty_database_at_once(postgresql: str, tmp_path: Path) -> None:
    """One of them makes the tables, and takes along what the home's own memory holds."""
    with closing(Memory(tmp_path)) as memory:
        memory.facts.note("commands", "abc")
    command = [sys.executable, "-c", OPENER, postgresql, str(tmp_path)]
    with ExitStack() as running:
        openers = [
            running.enter_context(subprocess.Popen([*command, model], stdin=PIPE, stdout=PIPE, text=True))
            for model in ("one", "two", "three", "four")
        ]
        for opener in openers:
            assert opener.stdout
            assert opener.stdout.readline() == "ready\n"
        for opener in openers:
            assert opener.stdin
            opener.stdin.write("go\n")
            opener.stdin.flush()
        told = [opener.communicate()[0] for opener in openers]
    assert [opener.returncode for opener in openers] == [0, 0, 0, 0]
    assert len(set(told)) == 1  # one model counts, whoever was first
    with closing(Memory(tmp_path, postgresql)) as memory:
        assert memory.facts.get("commands") == "abc"
