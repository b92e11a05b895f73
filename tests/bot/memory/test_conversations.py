"""What is remembered of conversations, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.answer.question.turn import Turn
from bot.memory.conversations import IDLE, KEPT_TURNS, Conversations
from bot.memory.memory import Memory
from tests.bot.answer.test_desk import QUESTION, write_articles
from tests.bot.conftest import Newsdesk

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = "guild:1/channel:2/user:3"


@pytest.fixture
def conversations(home: Path) -> Iterator[Conversations]:
    memory = Memory(home)
    yield memory.conversations
    memory.close()


def turn(number: int) -> Turn:
    return Turn(f"And {number}?", f"How many in {number}?", "Many.")


def test_the_last_turns_come_back_oldest_first_after_a_restart(conversations: Conversations, home: Path) -> None:
    for number in range(KEPT_TURNS + 2):
        conversations.add(KEY, turn(number), NOON)
    memory = Memory(home)
    assert memory.conversations.turns(KEY, NOON) == [turn(n) for n in range(2, KEPT_TURNS + 2)]
    memory.close()


def test_a_conversation_that_rested_begins_anew_and_is_deleted(conversations: Conversations) -> None:
    conversations.add(KEY, turn(1), NOON)
    assert conversations.turns(KEY, NOON + IDLE) == [turn(1)]
    later = NOON + IDLE + timedelta(seconds=1)
    assert conversations.turns(KEY, later) == []
    conversations.add("cli:other", turn(2), later)
    assert conversations.forget(KEY) == 0


def test_forgetting_one_a_place_a_person_and_all(conversations: Conversations) -> None:
    keys = [KEY, "guild:1/channel:2/user:33", "guild:1/channel:5/user:3", "guild:10/channel:2/user:3", "cli:a_b"]

    def fill() -> None:
        conversations.forget_all()
        for key in keys:
            conversations.add(key, turn(1), NOON)

    def left() -> list[str]:
        return [key for key in keys if conversations.turns(key, NOON)]

    fill()
    assert conversations.forget(KEY) == 1
    assert left() == keys[1:]
    fill()
    assert conversations.forget_part("user:3") == 3
    assert left() == [keys[1], keys[4]]
    fill()
    assert conversations.forget_all() == 5
    assert left() == []


@pytest.mark.slow
def test_the_command_line_understands_follow_ups_and_forgets(newsdesk: Newsdesk, tmp_path: Path) -> None:
    assert newsdesk("index", write_articles(tmp_path / "in"), "--json").status == 0
    assert newsdesk("ask", "--conversation", "ships", QUESTION, "--json").json["standalone"] is None
    follow_up = newsdesk("ask", "--conversation", "ships", "How many are waiting?")
    assert f"Going on from: {QUESTION}" in follow_up.out
    assert "Varnogorsk" in follow_up.out
    assert newsdesk("ask", "How many are waiting?", "--json").json["standalone"] is None
    assert newsdesk("forget", "ships", "--json").json == {"forgotten": 2}
    assert newsdesk("forget", "--all", "--json").json == {"forgotten": 0}
    for wrong in (["forget"], ["forget", "ships", "--all"], ["forget", " "]):
        assert newsdesk(*wrong).status == 2
