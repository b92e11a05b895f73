"""Edits come about once a second, never overlap, and the last word is always shown."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest

from bot.discord.live.stream import Pace, show_growing


class Clock:
    """Virtual seconds: sleeping moves on when everybody else waits as well."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    async def sleep(self, seconds: float) -> None:
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, wake))
        await wake

    async def run(self, work: asyncio.Task[None]) -> None:
        """Let time pass until ``work`` is done."""
        while not work.done():
            for _ in range(20):
                await asyncio.sleep(0)
            awake = [sleeper for sleeper in self._sleepers if not sleeper[1].done()]
            if awake and not work.done():
                when, wake = min(awake, key=lambda sleeper: sleeper[0])
                self._sleepers = [sleeper for sleeper in awake if sleeper[1] is not wake]
                self.now = when
                wake.set_result(None)
        await work


class Screen:
    """Takes edits, each of which lasts a while, and notes when they began."""

    def __init__(self, clock: Clock, seconds: float = 0.0) -> None:
        self.clock, self.seconds = clock, seconds
        self.shown: list[tuple[float, int]] = []
        self.busy = False

    async def edit(self, value: int) -> None:
        assert not self.busy, "two edits at once"
        self.busy = True
        self.shown.append((self.clock.now, value))
        await self.clock.sleep(self.seconds)
        self.busy = False


async def growing(clock: Clock, count: int, seconds: float) -> AsyncIterator[int]:
    for value in range(1, count + 1):
        await clock.sleep(seconds)
        yield value


async def show_all(values: AsyncIterator[int], screen: Screen, pace: Pace) -> None:
    """What the caller of ``show_growing`` does: the last one is left to it."""
    last = await show_growing(values, screen.edit, "channel", pace)
    if last is not None:
        await screen.edit(last)


async def shown(count: int, seconds: float, edit_seconds: float = 0.0, streams: int = 1) -> list[Screen]:
    clock = Clock()
    pace = Pace(1.0, lambda: clock.now, clock.sleep)
    screens = [Screen(clock, edit_seconds) for _ in range(streams)]
    work = asyncio.gather(*(show_all(growing(clock, count, seconds), screen, pace) for screen in screens))

    async def finish() -> None:
        await work

    await clock.run(asyncio.create_task(finish()))
    return screens


async def test_edits_keep_a_second_apart_and_show_the_latest() -> None:
    (screen,) = await shown(100, 0.1)
    times = [when for when, _ in screen.shown]
    assert len(screen.shown) <= 11
    assert all(later - earlier >= 1 for earlier, later in itertools.pairwise(times[:-1]))
    for when, value in screen.shown[:-1]:
        assert value == pytest.approx(when / 0.1, abs=1)
    assert screen.shown[-1][1] == 100


async def test_the_last_is_shown_at_once_when_everything_comes_at_once() -> None:
    (screen,) = await shown(50, 0.0)
    assert screen.shown == [(0.0, 50)]


async def test_slow_edits_never_overlap() -> None:
    (screen,) = await shown(30, 0.2, edit_seconds=2.5)
    assert screen.shown[-1][1] == 30
    assert len(screen.shown) >= 3


async def test_what_moves_does_so_once_a_second_however_slow_the_edits_are() -> None:
    clock = Clock()
    screen = Screen(clock, 0.6)

    async def nothing_for_long() -> AsyncIterator[int]:
        await clock.sleep(6)
        yield 100

    pace = Pace(1.0, lambda: clock.now, clock.sleep)

    async def show() -> None:
        await show_growing(nothing_for_long(), screen.edit, "channel", pace, 1, lambda value, step: value + step)

    await clock.run(asyncio.create_task(show()))
    assert screen.shown == [(float(second), 1 + second) for second in range(1, 6)]


async def test_a_burst_before_a_silence_is_shown_during_the_silence() -> None:
    clock = Clock()
    screen = Screen(clock)

    async def burst() -> AsyncIterator[int]:
        yield 1
        yield 2
        await clock.sleep(10)
        yield 3

    pace = Pace(1.0, lambda: clock.now, clock.sleep)
    await clock.run(asyncio.create_task(show_all(burst(), screen, pace)))
    assert screen.shown == [(1.0, 2), (10.0, 3)]


async def test_two_in_one_channel_share_its_budget() -> None:
    one, other = await shown(100, 0.1, streams=2)
    in_all = len(one.shown) + len(other.shown)
    assert in_all <= 13
    assert one.shown[-1][1] == other.shown[-1][1] == 100


async def test_an_error_of_the_source_comes_through_after_the_editing_stopped() -> None:
    clock = Clock()
    screen = Screen(clock)

    async def failing() -> AsyncIterator[int]:
        yield 1
        await clock.sleep(1.5)
        raise RuntimeError("the model went away")

    pace = Pace(1.0, lambda: clock.now, clock.sleep)
    with pytest.raises(RuntimeError, match="went away"):
        await clock.run(asyncio.create_task(show_all(failing(), screen, pace)))
    assert screen.shown == [(1.0, 1)]
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_whoever_cancels_waits_for_no_edit_and_leaves_none_behind() -> None:
    begun = asyncio.Event()

    async def hanging(_: int | None) -> None:
        begun.set()
        await asyncio.Event().wait()

    async def one_and_silence() -> AsyncIterator[int]:
        yield 1
        await asyncio.Event().wait()

    work = asyncio.create_task(show_growing(one_and_silence(), hanging, "channel", Pace(0.0)))
    await begun.wait()
    work.cancel()
    for _ in range(20):
        await asyncio.sleep(0)
    assert work.cancelled()
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_nothing_is_shown_of_nothing() -> None:
    (screen,) = await shown(0, 0.1)
    assert screen.shown == []


async def test_what_moves_moves_while_nothing_new_comes() -> None:
    clock = Clock()
    seen: list[tuple[float, str]] = []

    async def edit(look: str) -> None:
        seen.append((clock.now, look))

    async def slow() -> AsyncIterator[str]:
        await clock.sleep(3.5)
        yield "half"
        await clock.sleep(2)
        yield "whole"

    def moved(look: str, step: int) -> str:
        return f"{look}{'.' * step}" if step else look

    async def show() -> None:
        assert await show_growing(slow(), edit, "channel", pace, "first", moved) == "whole"

    pace = Pace(1.0, lambda: clock.now, clock.sleep)
    await clock.run(asyncio.create_task(show()))
    assert seen == [(1, "first."), (2, "first.."), (3, "first..."), (4, "half"), (5, "half.")]


async def test_what_only_moves_leaves_a_shared_budget_to_the_others() -> None:
    clock = Clock()
    seen: list[str] = []

    async def edit(look: str) -> None:
        seen.append(look)

    async def silence() -> AsyncIterator[str]:
        await clock.sleep(5)
        yield "whole"

    async def show(first: str) -> None:
        await show_growing(silence(), edit, "channel", pace, first, lambda look, step: f"{look}{step or ''}")

    async def both() -> None:
        await asyncio.gather(show("one"), show("other"))

    pace = Pace(1.0, lambda: clock.now, clock.sleep)
    await clock.run(asyncio.create_task(both()))
    assert seen == []
