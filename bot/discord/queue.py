"""Who is answered next: a few questions at once, and whoever has none under way before who has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

AT_ONCE = 8
"""Questions that are answered at the same time."""

AT_ONCE_A_PERSON = 2
"""Of one person, so that their flood leaves room for others."""


@dataclass(eq=False, slots=True)
class Ticket:
    """A question of ``person`` in the queue, or on its way."""

    person: int
    under_way: bool = False
    place: int = 0
    """How many are answered up to this one, it included; 0 once it is under way."""


class FairQueue:
    """Tickets of people. Of those who wait, whoever has fewest under way comes next, then whoever came first."""

    def __init__(self, at_once: int = AT_ONCE, at_once_a_person: int = AT_ONCE_A_PERSON) -> None:
        self._at_once, self._a_person = at_once, at_once_a_person
        self._waiting: list[Ticket] = []
        self._running: Counter[int] = Counter()

    @contextmanager
    def ticket(self, person: int) -> Iterator[Ticket]:
        """A place in the queue, given up at the end."""
        ticket = Ticket(person)
        self._waiting.append(ticket)
        self._admit()
        try:
            yield ticket
        finally:
            if ticket.under_way:
                self._running[person] -= 1
            else:
                self._waiting.remove(ticket)
            self._admit()

    def _order(self) -> list[Ticket]:
        """Those who wait, the next one first: everybody's first ticket comes before anybody's second."""
        before = Counter(self._running)
        ranks: dict[Ticket, int] = {}
        for ticket in self._waiting:
            ranks[ticket] = before[ticket.person]
            before[ticket.person] += 1
        return sorted(self._waiting, key=ranks.__getitem__)

    def _admit(self) -> None:
        """Let as many in as there is room for, and tell the others their places."""
        for ticket in self._order():
            if self._running.total() < self._at_once and self._running[ticket.person] < self._a_person:
                self._waiting.remove(ticket)
                self._running[ticket.person] += 1
                ticket.under_way, ticket.place = True, 0
        for place, ticket in enumerate(self._order(), 1):
            ticket.place = place
