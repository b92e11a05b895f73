"""Scheduled digests: when they are due, and that each is posted once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.memory.memory import Memory
from bot.memory.schedules import LEASE
from bot.summary.schedule import Schedule, checked_zone
from bot.summary.summary import SummaryError

AMSTERDAM = "Europe/Amsterdam"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "after", "due"),
    [
        (Schedule(8, "UTC"), "2026-03-01T07:59", "2026-03-01T08:00"),
        (Schedule(8, "UTC"), "2026-03-01T08:00", "2026-03-02T08:00"),
        (Schedule(8, AMSTERDAM), "2026-01-10T00:00", "2026-01-10T07:00"),
        (Schedule(8, AMSTERDAM), "2026-07-10T00:00", "2026-07-10T06:00"),
        (Schedule(8, AMSTERDAM), "2026-03-28T12:00", "2026-03-29T06:00"),  # the night the clock goes forward
        (Schedule(2, AMSTERDAM), "2026-03-28T12:00", "2026-03-29T01:00"),  # 02:00 doesn't exist: 03:00 it is
        (Schedule(2, AMSTERDAM), "2026-10-24T12:00", "2026-10-25T00:00"),  # 02:00 comes twice: the first
        (Schedule(2, AMSTERDAM), "2026-10-25T00:00", "2026-10-26T01:00"),  # and the second is passed over
        (Schedule(9, "Asia/Kathmandu"), "2026-05-01T00:00", "2026-05-01T03:15"),
        (Schedule(9, "UTC", weekday=0), "2026-11-24T09:00", "2026-11-30T09:00"),
        (Schedule(9, "UTC", weekday=1), "2026-11-24T08:00", "2026-11-24T09:00"),
        (Schedule(23, "Pacific/Auckland", weekday=6), "2026-11-24T00:00", "2026-11-29T10:00"),
    ],
)
def test_a_schedule_follows_the_clock_of_its_zone(schedule: Schedule, after: str, due: str) -> None:
    assert schedule.after(at(after)) == at(due)


def test_every_day_of_a_year_has_one_digest() -> None:
    for hour in (2, 3):
        moment, days = at("2026-01-01T00:00"), []
        while moment < at("2027-01-01T00:00"):
            moment = Schedule(hour, AMSTERDAM).after(moment)
            days.append(moment.date())
        assert len(days) == len(set(days)) == 366  # the last one is on the first of January


def test_a_zone_is_read_whatever_its_case_and_an_unknown_one_refused() -> None:
    assert checked_zone(" europe/amsterdam ") == AMSTERDAM
    with pytest.raises(SummaryError, match="no time zone"):
        checked_zone("Europe/Atlantis")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    memory = Memory(tmp_path)
    yield memory
    memory.close()


NOW = at("2026-03-01T06:00")
DUE = at("2026-03-01T08:00")


def test_a_digest_is_claimed_once_when_due(memory: Memory, tmp_path: Path) -> None:
    made = memory.schedules.add(1, 2, 3, Schedule(8, "UTC"), ("ferry",), (), NOW)
    assert made.due == DUE
    assert memory.schedules.claim(DUE - timedelta(seconds=1)) is None
    other = Memory(tmp_path)  # another process
    assert memory.schedules.claim(DUE) == made
    assert other.schedules.claim(DUE) is None
    other.close()


def test_posting_moves_on_to_the_next_time_and_to_what_is_new_since(memory: Memory) -> None:
    made = memory.schedules.add(1, 2, 3, Schedule(8, "UTC"), now=NOW)
    memory.schedules.posted(made, DUE, DUE)
    [listed] = memory.schedules.listed(1)
    assert (listed.since, listed.due) == (DUE, DUE + timedelta(1))
    assert memory.schedules.claim(DUE + timedelta(hours=1)) is None


def test_nothing_new_leaves_since_as_it_was(memory: Memory) -> None:
    made = memory.schedules.add(1, 2, 3, Schedule(8, "UTC"), now=NOW)
    memory.schedules.posted(made, None, DUE)
    [listed] = memory.schedules.listed(1)
    assert (listed.since, listed.due) == (NOW, DUE + timedelta(1))


def test_a_run_that_was_killed_is_taken_up_again_after_a_restart(memory: Memory, tmp_path: Path) -> None:
    made = memory.schedules.add(1, 2, 3, Schedule(8, "UTC"), now=NOW)
    assert memory.schedules.claim(DUE) == made
    memory.close()
    restarted = Memory(tmp_path)
    assert restarted.schedules.claim(DUE + LEASE) is None
    assert restarted.schedules.claim(DUE + LEASE + timedelta(seconds=1)) == made
    restarted.close()


def test_a_late_report_of_an_earlier_run_changes_nothing(memory: Memory) -> None:
    made = memory.schedules.add(1, 2, 3, Schedule(8, "UTC"), now=NOW)
    memory.schedules.posted(made, DUE, DUE)
    memory.schedules.posted(made, DUE + timedelta(hours=5), DUE + timedelta(hours=5))
    assert memory.schedules.listed(1)[0].since == DUE


def test_a_digest_is_stopped_by_its_own_server_only(memory: Memory) -> None:
    made = memory.schedules.add(1, 2, 3, Schedule(8, "UTC"), now=NOW)
    assert not memory.schedules.remove(9, made.id)
    assert memory.schedules.listed(9) == []
    assert memory.schedules.remove(1, made.id)
    assert memory.schedules.listed(1) == []


def test_a_paused_digest_is_not_due(memory: Memory) -> None:
    made = memory.schedules.add(1, 2, 3, Schedule(8, "UTC"), now=NOW)
    memory.schedules.pause(made.id, "The channel is gone.")
    assert memory.schedules.claim(DUE) is None
    assert memory.schedules.listed(1) == [replace(made, paused="The channel is gone.")]
