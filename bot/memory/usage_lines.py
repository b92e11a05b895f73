"""What is told of the use of chat models: a line for each day, server, person and model.

The table is named here without its mapping to a class (``usage``), which takes longer to load than to read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, Engine, column, select, table

from bot.chat.usage import Usage

ELSEWHERE = ""
"""The server of direct messages."""

_used = table(
    "usage",
    column("day", Date),
    *(column(name) for name in ("server", "user", "model", "answers", "read", "written", "cost")),
)


@dataclass(frozen=True, slots=True)
class UsageLine:
    """What ``user`` used of ``model`` in ``server`` (None: direct messages) on ``day``, over so many answers."""

    day: date
    server: str | None
    user: str
    model: str
    answers: int
    used: Usage


class UsageLines:
    """The lines of a ledger."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def lines(self, since: date, server: str | None = None) -> Sequence[UsageLine]:
        """Each line since that day, newest first; of one ``server`` if it is given."""
        used = _used.c
        statement = select(_used).where(used.day >= since)
        if server is not None:
            statement = statement.where(used.server == server)
        statement = statement.order_by(used.day.desc(), used.server, used.user, used.model)
        with self._engine.connect() as connection:
            return [
                UsageLine(
                    one.day,
                    one.server or None,
                    one.user,
                    one.model,
                    one.answers,
                    Usage(one.read, one.written, one.cost),
                )
                for one in connection.execute(statement)
            ]


def total(lines: Sequence[UsageLine]) -> Usage:
    """All of ``lines`` together; the cost of those that have one."""
    costs = [line.used.cost for line in lines if line.used.cost is not None]
    return Usage(
        sum(line.used.prompt_tokens for line in lines),
        sum(line.used.completion_tokens for line in lines),
        sum(costs) if costs else None,
    )
