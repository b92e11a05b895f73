"""The queue of questions is fair: one person's flood waits behind others."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from bot.discord.queue import AT_ONCE_A_PERSON, FairQueue
from bot.discord.words import answering
from tests.bot.discord.conftest import Town, slow_down
from tests.bot.discord.seen import shown

ALICE, BOB, CAROL = 1, 2, 3


def test_a_person_who_floods_leaves_room_for_others() -> None:
    queue = FairQueue(at_once=3, at_once_a_person=2)
    with ExitStack() as asked:
        flood = [asked.enter_context(queue.ticket(ALICE)) for _ in range(60)]
        assert [ticket.place for ticket in flood[:4]] == [0, 0, 1, 2]
        bob = asked.enter_context(queue.ticket(BOB))
        assert bob.place == 0


def test_whoever_has_nothing_under_way_comes_next() -> None:
    queue = FairQueue(at_once=2, at_once_a_person=2)
    with ExitStack() as asked:
        first = ExitStack()
        asked.enter_context(first)
        first.enter_context(queue.ticket(ALICE))
        flood = [asked.enter_context(queue.ticket(ALICE)) for _ in range(3)]
        bob = [asked.enter_context(queue.ticket(BOB)) for _ in range(2)]
        carol = asked.enter_context(queue.ticket(CAROL))
        assert [one.place for one in (*bob, carol, *flood)] == [1, 3, 2, 0, 4, 5]
        first.close()
        assert [one.place for one in (*bob, carol, *flood)] == [0, 3, 1, 0, 2, 4]


def test_who_goes_away_makes_room() -> None:
    queue = FairQueue(at_once=1)
    with queue.ticket(ALICE) as alice:
        with queue.ticket(BOB) as bob:
            assert (alice.place, bob.place) == (0, 1)
        with queue.ticket(CAROL) as carol:
            assert carol.place == 1
    with queue.ticket(BOB) as bob:
        assert bob.place == 0


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.simcord(settle_timeout=60)
async def test_the_place_in_the_queue_is_shown_and_others_pass(town: Town) -> None:
    slow_down(town, 90)
    question = "When did the harbour bridge reopen to lorries?"
    asked = [await town.alice.slash(town.channel, "ask", question=question) for _ in range(AT_ONCE_A_PERSON + 1)]
    await town.env.advance_time(3)
    assert answering.queued(1) in shown(asked[-1])
    other = await town.bob.slash(town.channel, "ask", question=question)
    for _ in range(8):
        await town.env.advance_time(60)
    assert answering.WRITING() not in shown(other)
    assert "reopened to lorries on Friday" in shown(other)
    for _ in range(8):
        await town.env.advance_time(60)
    assert "reopened to lorries on Friday" in shown(asked[-1])
