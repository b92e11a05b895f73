"""``newsdesk usage``: what chat models were used for whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from bot.cli_common import Json, memory_only

DAYS_KEPT = 92


def usage(
    days: Annotated[
        int, typer.Option(min=1, max=DAYS_KEPT, help="How many days back, today included; days are those of UTC.")
    ] = 30,
    json: Json = False,
) -> None:
    """Show what chat models were used for whom: tokens and cost by day, server, person and model."""
    from bot import terminal_usage as terminal

    since = datetime.now(UTC).date() - timedelta(days=days - 1)
    with memory_only() as memory:
        lines = memory.usage.lines(since)
    terminal.show_usage(since, lines, as_json=json)
