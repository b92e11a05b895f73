"""What is written down of chat models' use, and when it is enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.budget import Asker, Budget, Cap, Price, read_prices
from bot.chat.usage import Tally, Usage
from bot.memory.memory import Memory
from bot.memory.usage import KEPT
from bot.memory.usage_lines import UsageLine, total
from index.errors import ConfigurationError

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ALICE, BOB = Asker("1", "guild"), Asker("2", "guild")
PRICES = {"small": Price(0.5, 2.0)}


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    memory = Memory(tmp_path / "home")
    yield memory
    memory.close()


def near(cost: float) -> Any:
    """Equal to ``cost`` but for rounding."""
    return pytest.approx(cost)


def tally(read: int, written: int, model: str = "small") -> Tally:
    counted = Tally()
    counted.add(model, read, written)
    return counted


def test_prices_are_read_by_model() -> None:
    assert read_prices(" openai:gpt-5-mini=0.25/2.00, qwen2.5:7b=0/0,") == {
        "openai:gpt-5-mini": Price(0.25, 2.0),
        "qwen2.5:7b": Price(0, 0),
    }
    assert read_prices("") == {}


@pytest.mark.parametrize("text", ["small", "small=1", "small=1/x", "=1/2", "small=-1/2", "small=nan/1", "a=1/2/3"])
def test_what_is_no_price_is_named(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"NEWSDESK_PRICES.*is no price"):
        read_prices(text)


def test_tokens_and_their_cost(memory: Memory) -> None:
    budget = Budget(memory.usage, PRICES)
    assert budget.usage(tally(1_000_000, 500_000)) == Usage(1_000_000, 500_000, 1.5)
    assert budget.usage(Tally()) == Usage()
    mixed = tally(10, 10)
    mixed.add("unpriced", 5, 5)
    assert budget.usage(mixed) == Usage(15, 15, None)


def test_what_is_used_adds_up_by_day_server_person_and_model(memory: Memory) -> None:
    ledger = memory.usage
    budget = Budget(ledger, PRICES, now=lambda: NOON)
    budget.spend(ALICE, tally(100, 10))
    budget.spend(ALICE, tally(200, 20))
    budget.spend(BOB, tally(1000, 0, "other"))
    budget.spend(Asker("1"), tally(7, 7))
    day = NOON.date()
    assert list(ledger.lines(day)) == [
        UsageLine(day, None, "1", "small", 1, Usage(7, 7, near(0.0000175))),
        UsageLine(day, "guild", "1", "small", 2, Usage(300, 30, near(0.00021))),
        UsageLine(day, "guild", "2", "other", 1, Usage(1000, 0, None)),
    ]
    assert [line.user for line in ledger.lines(day, "guild")] == ["1", "2"]
    assert ledger.used(day, user="1") == Usage(307, 37, near(0.0002275))
    assert ledger.used(day - timedelta(days=1), user="1") == Usage()
    assert total(ledger.lines(day, "guild")) == Usage(1300, 30, near(0.00021))


def test_nobody_is_written_down_without_a_name(memory: Memory) -> None:
    Budget(memory.usage, now=lambda: NOON).spend(None, tally(1, 1))
    assert memory.usage.lines(date.min) == []


def test_lines_are_forgotten_after_a_while(memory: Memory) -> None:
    Budget(memory.usage, now=lambda: NOON - KEPT - timedelta(days=2)).spend(ALICE, tally(1, 1))
    assert len(memory.usage.lines(date.min)) == 1
    Budget(memory.usage, now=lambda: NOON).spend(BOB, tally(1, 1))
    assert [line.user for line in memory.usage.lines(date.min)] == ["2"]


def test_a_person_who_used_their_share_is_told_until_when(memory: Memory) -> None:
    budget = Budget(memory.usage, user=Cap(tokens=100), now=lambda: NOON)
    budget.spend(ALICE, tally(89, 10))
    assert budget.check(ALICE) is None
    budget.spend(Asker("1", "another guild"), tally(1, 0))
    told = "You have used up your share of the chat model for today (100 tokens). It starts anew at 00:00 UTC, "
    assert str(budget.check(ALICE)) == f"{told}in 12 hours."
    assert str(budget.check(Asker("1"))) == f"{told}in 12 hours."
    assert budget.check(BOB) is None
    assert budget.check(None) is None


def test_a_server_that_used_its_share_is_told_whoever_asks(memory: Memory) -> None:
    budget = Budget(memory.usage, PRICES, server=Cap(cost=0.5), now=lambda: NOON)
    budget.spend(ALICE, tally(1_000_000, 0))
    told = budget.check(BOB)
    assert told is not None
    assert str(told).startswith("This server has used up its share of the chat model for today (a cost of 0.50).")
    assert budget.check(Asker("2", "another guild")) is None
    assert budget.check(Asker("1")) is None


def test_a_new_day_begins_at_midnight_utc(memory: Memory) -> None:
    Budget(memory.usage, now=lambda: NOON).spend(ALICE, tally(100, 0))
    late = NOON.replace(hour=23, minute=59)
    before = Budget(memory.usage, user=Cap(tokens=1), now=lambda: late).check(ALICE)
    assert before is not None
    assert str(before).endswith("in 1 minute.")
    assert Budget(memory.usage, user=Cap(tokens=1), now=lambda: late + timedelta(minutes=1)).check(ALICE) is None
    # Who lives elsewhere has the same day.
    local = late.astimezone(datetime.strptime("-0800", "%z").tzinfo)
    assert Budget(memory.usage, user=Cap(tokens=1), now=lambda: local).check(ALICE) is not None
