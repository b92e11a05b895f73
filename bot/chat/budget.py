"""What chat models cost, and how much of it a server and a person may use in a day (in UTC)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar

from bot.chat.usage import Tally, Usage
from index.errors import ConfigurationError
from index.told import Told, tell, tell_count

T = TypeVar("T", int, float)

_MILLION = 1_000_000

SERVER_SPENT = tell(
    "This server has used up its share of the chat model for today ({limit}). It starts anew at 00:00 UTC, {left}."
)
PERSON_SPENT = tell(
    "You have used up your share of the chat model for today ({limit}). It starts anew at 00:00 UTC, {left}."
)
_TOKENS = tell_count("{count} token", "{count} tokens")
_COST = tell("a cost of {cost}")
_IN_HOURS = tell_count("in {count} hour", "in {count} hours")
_IN_MINUTES = tell_count("in {count} minute", "in {count} minutes")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: ``user`` is a person's id. ``server``: where, None in direct messages."""

    user: str
    server: str | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs for a million tokens read and written, in the currency of the operator."""

    read: float
    written: float

    def of(self, read: int, written: int) -> float:
        """The price of so many tokens."""
        return (read * self.read + written * self.written) / _MILLION


@dataclass(frozen=True, slots=True)
class Cap:
    """How much may be used in a day: tokens, read and written together, and money. None: as much as one likes."""

    tokens: int | None = None
    cost: float | None = None

    def passed(self, used: Usage) -> Told | None:
        """The limit that ``used`` has reached, in words; None if there is some left."""
        if self.tokens is not None and used.prompt_tokens + used.completion_tokens >= self.tokens:
            return _TOKENS.given(count=self.tokens)
        if self.cost is not None and (used.cost or 0) >= self.cost:
            return _COST.given(cost=f"{self.cost:.2f}")
        return None

    def within(self, other: Cap) -> Cap:
        """The narrower of both, limit by limit."""
        return Cap(_least(self.tokens, other.tokens), _least(self.cost, other.cost))


class Ledger(Protocol):
    """Where it is written down what was used."""

    def add(self, day: date, asker: Asker, model: str, used: Usage) -> None:
        """One answer's calls of ``model``, on ``day``."""
        ...

    def used(self, day: date, *, server: str | None = None, user: str | None = None) -> Usage:
        """All that was used on ``day`` in ``server``, or by ``user`` wherever they asked."""
        ...


class Budget:
    """Counts what chat models are used for whom, and says when that is enough.

    What is under way isn't counted yet, so that the last answers of a day may exceed a cap.
    """

    def __init__(
        self,
        ledger: Ledger | None = None,
        prices: Mapping[str, Price] | None = None,
        server: Cap = Cap(),
        user: Cap = Cap(),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        own: Callable[[str], tuple[Cap, Cap]] = lambda _: (Cap(), Cap()),
    ) -> None:
        """``prices`` are by the model's name; ``server`` and ``user`` cap what each of them may use in a day.

        ``own``: what those who manage a server allow, for all of it and for each person in it.
        """
        self._ledger = ledger
        self._prices = prices or {}
        self.server = server
        self.user = user
        self._now = now
        self._own = own

    def of_server(self, server: str) -> Cap:
        """What all of a server may use in a day: what its managers allow, within what the operator does."""
        return self.server.within(self._own(server)[0])

    def check(self, asker: Asker | None) -> Told | None:
        """Why nothing may be asked of a chat model for ``asker``, and until when; None if it may."""
        if asker is None or self._ledger is None:
            return None
        now = self._now().astimezone(UTC)
        for cap, whose, spent in self._caps(asker):
            if cap != Cap() and (passed := cap.passed(self._ledger.used(now.date(), **whose))):
                return spent.given(limit=passed, left=_left(now))
        return None

    def _caps(self, asker: Asker) -> Iterator[tuple[Cap, dict[str, str], Told]]:
        """What bounds ``asker``, whose use counts towards each, and what is said when it is reached."""
        if asker.server is not None:
            server, person = self._own(asker.server)
            yield self.server.within(server), {"server": asker.server}, SERVER_SPENT
            yield person, {"server": asker.server, "user": asker.user}, PERSON_SPENT
        yield self.user, {"user": asker.user}, PERSON_SPENT

    def spend(self, asker: Asker | None, tally: Tally) -> None:
        """Write down what was used for ``asker``."""
        if asker is None or self._ledger is None:
            return
        day = self._now().astimezone(UTC).date()
        for model, (read, written) in tally.tokens.items():
            self._ledger.add(day, asker, model, Usage(read, written, self._cost(model, read, written)))

    def usage(self, tally: Tally) -> Usage:
        """The tokens in ``tally``, and what they cost; without a cost if a price is missing."""
        read, written = (sum(counts[kind] for counts in tally.tokens.values()) for kind in (0, 1))
        costs = [self._cost(model, *counts) for model, counts in tally.tokens.items()]
        known = [cost for cost in costs if cost is not None]
        return Usage(read, written, math.fsum(known) if known and len(known) == len(costs) else None)

    def _cost(self, model: str, read: int, written: int) -> float | None:
        price = self._prices.get(model)
        return price.of(read, written) if price else None


def _least(one: T | None, other: T | None) -> T | None:
    return min((limit for limit in (one, other) if limit is not None), default=None)


def read_prices(text: str) -> dict[str, Price]:
    """Prices as ``model=read/written``, separated by commas, such as ``openai:gpt-5-mini=0.25/2.00``.

    Raises ``ConfigurationError`` naming what can't be read.
    """
    prices = {}
    for entry in filter(None, map(str.strip, text.split(","))):
        model, _, numbers = entry.rpartition("=")
        try:
            read, written = (float(number) for number in numbers.split("/"))
        except ValueError:
            read = written = math.nan
        if not (model.strip() and 0 <= read < math.inf and 0 <= written < math.inf):
            raise ConfigurationError(
                f"NEWSDESK_PRICES: {entry!r} is no price. Write the model, the price of a million tokens read and "
                "of a million written, as in openai:gpt-5-mini=0.25/2.00, and commas between models."
            )
        prices[model.strip()] = Price(read, written)
    return prices


def _left(now: datetime) -> Told:
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    minutes = math.ceil((midnight - now).total_seconds() / 60)
    if minutes < 90:
        return _IN_MINUTES.given(count=minutes)
    return _IN_HOURS.given(count=round(minutes / 60))
