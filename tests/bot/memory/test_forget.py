"""A person is forgotten: what was theirs goes, what the bill needs stays without a name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.answer.answer import Answer
from bot.answer.question.turn import Turn
from bot.chat.budget import Asker
from bot.chat.usage import Usage
from bot.memory.deliveries import Place
from bot.memory.memory import Memory

TODAY = date(2026, 3, 7)
NOW = datetime(2026, 3, 7, 12, tzinfo=UTC)
USED = Usage(100, 10, 0.5)
ME, OTHER = 3, 33


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with closing(Memory(tmp_path)) as opened:
        yield opened


def asks(memory: Memory, user: int, day: date = TODAY) -> None:
    answer_id = f"{user:016x}"
    memory.answers.keep(answer_id, "guild:1", Answer("Who?", finished=True), NOW, asker=user)
    memory.ratings.rate(answer_id, "guild:1", str(user), helpful=True)
    memory.conversations.add(f"guild:1/channel:2/user:{user}", Turn("Who?", "Who?", "Nobody."), NOW)
    memory.deliveries.claim(f"message:{user}", "question", {"question": "Who?"}, Place(2, 1, user), "me", NOW)
    memory.usage.add(day, Asker(str(user), "1"), "small", USED)


def test_nothing_of_a_person_is_left_and_all_of_the_others(memory: Memory) -> None:
    for user in (ME, OTHER):
        asks(memory, user)
    memory.answers.keep("f" * 16, f"user:{ME}", Answer("Directly?", finished=True), NOW)
    assert memory.forget(ME, TODAY) == 2
    assert memory.answers.recall(f"{ME:016x}", "guild:1") is None
    assert memory.answers.recall("f" * 16, f"user:{ME}") is None
    assert memory.conversations.turns(f"guild:1/channel:2/user:{ME}", NOW) == []
    assert [one.helpful for one in memory.ratings.rated()] == [1]
    assert memory.answers.recall(f"{OTHER:016x}", "guild:1") is not None
    assert len(memory.conversations.turns(f"guild:1/channel:2/user:{OTHER}", NOW)) == 1
    assert memory.deliveries.claim(f"message:{ME}", "question", {}, Place(2, 1, ME), "me", NOW) is not None
    assert memory.deliveries.claim(f"message:{OTHER}", "question", {}, Place(2, 1, OTHER), "me", NOW) is None


def test_sums_stay_without_a_name_and_todays_share_stays_used(memory: Memory) -> None:
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    for user in (ME, OTHER):
        for day in (yesterday, TODAY):
            memory.usage.add(day, Asker(str(user), "1"), "small", USED)
    memory.usage.forget(str(ME), TODAY)
    memory.usage.forget(str(OTHER), TODAY)
    assert memory.usage.used(TODAY, user=str(ME)) == USED
    assert [(line.day, line.user, line.answers) for line in memory.usage.lines(yesterday)] == [
        (TODAY, str(ME), 1),
        (TODAY, str(OTHER), 1),
        (yesterday, "", 2),
    ]
    memory.usage.add(tomorrow, Asker("7", None), "small", USED)
    assert {line.user for line in memory.usage.lines(yesterday)} == {"7", ""}
    assert memory.usage.used(TODAY, server="1") == Usage(200, 20, 1.0)
    memory.usage.add(tomorrow, Asker(str(ME), "1"), "small", USED)  # who asks again is known again
    memory.usage.add(tomorrow + timedelta(days=1), Asker("7", None), "small", USED)
    assert memory.usage.used(tomorrow, user=str(ME)) == USED


def test_what_somebody_asked_in_a_shared_conversation_goes_and_the_rest_stays(memory: Memory) -> None:
    thread = "guild:1/channel:9"
    for user in (ME, OTHER):
        memory.conversations.add(thread, Turn(f"Who is {user}?", "Who?", "Nobody."), NOW, asker=user)
    assert memory.forget(ME, TODAY) == 1
    assert [turn.question for turn in memory.conversations.turns(thread, NOW)] == [f"Who is {OTHER}?"]
