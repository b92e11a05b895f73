"""What the bot remembers, over restarts, for the right people, and for 30 days."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.memory.answers import KEPT, new_answer_id
from bot.memory.memory import Memory
from index.errors import StoreError
from tests.bot.discord.examples import answer


def test_an_answer_comes_back_whole_after_a_restart(tmp_path: Path) -> None:
    answer_id, given = new_answer_id(), answer(3)
    memory = Memory(tmp_path)
    memory.answers.keep(answer_id, "guild:1", given)
    memory.close()
    again = Memory(tmp_path)
    assert again.answers.recall(answer_id, "guild:1") == given
    again.close()


def test_an_answer_is_for_the_place_it_was_given_in(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.answers.keep("a" * 16, "guild:1", answer())
    assert memory.answers.recall("a" * 16, "guild:2") is None
    assert memory.answers.recall("a" * 16, "user:1") is None
    assert memory.answers.recall("b" * 16, "guild:1") is None
    memory.close()


def test_old_answers_are_forgotten(tmp_path: Path) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    memory = Memory(tmp_path)
    memory.answers.keep("a" * 16, "guild:1", answer(), now)
    memory.answers.keep("b" * 16, "guild:1", answer(), now + KEPT - timedelta(minutes=1))
    assert memory.answers.recall("a" * 16, "guild:1") is not None
    memory.answers.keep("c" * 16, "guild:1", answer(), now + KEPT + timedelta(minutes=1))
    assert memory.answers.recall("a" * 16, "guild:1") is None
    assert memory.answers.recall("b" * 16, "guild:1") is not None
    memory.close()


def test_an_answer_of_another_version_counts_as_forgotten(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.answers.keep("a" * 16, "guild:1", answer())
    with sqlite3.connect(tmp_path / "memory.sqlite") as database:
        database.execute("update answers set answer = '{\"asked\": 1}'")
    assert memory.answers.recall("a" * 16, "guild:1") is None
    memory.close()


def test_facts_are_replaced(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "new" / "home")
    assert memory.facts.get("commands") is None
    memory.facts.note("commands", "1")
    memory.facts.note("commands", "2")
    assert memory.facts.get("commands") == "2"
    memory.close()


def test_a_home_that_is_a_file_is_named_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(StoreError, match="home"):
        Memory(tmp_path / "home")
