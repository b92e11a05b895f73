"""What goes wrong with calls, and how often."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "500",
    "502",
    "503",
    "504",
    "520",
    "408",
    "429",
    "429 without via",
    "429 headers",
    "401",
    "403",
    "html",
    "garbage",
    "truncated",
    "reset before",
    "reset after",
    "closed before",
    "closed after",
    "slow",
    "late",
    "hang",
]
"""``before`` and ``after``: whether the call was carried out. ``late``: it is so after the client left."""


@dataclass
class Fault:
    """A trouble of calls whose "METHOD /path" matches; for the next ``times``, each with that ``probability``."""

    kind: Kind
    matching: str = ""
    times: float = 1
    probability: float = 1.0
    seconds: float = 1.0
    _pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self._pattern = re.compile(self.matching)

    def applies(self, call: str, chance: random.Random) -> bool:
        if self.times <= 0 or not self._pattern.search(call) or chance.random() >= self.probability:
            return False
        self.times -= 1
        return True


@dataclass
class Faults:
    """The troubles there are; the first that applies to a call is taken."""

    present: list[Fault] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    happened: int = 0

    def add(
        self,
        kind: Kind,
        matching: str = "",
        times: float = 1,
        probability: float = 1.0,
        seconds: float = 1.0,
    ) -> Fault:
        fault = Fault(kind, matching, times, probability, seconds)
        self.present.append(fault)
        return fault

    def clear(self) -> None:
        self.present.clear()

    def next(self, call: str) -> Fault | None:
        found = next((fault for fault in self.present if fault.applies(call, self.chance)), None)
        self.happened += found is not None
        return found
