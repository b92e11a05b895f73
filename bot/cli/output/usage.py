"""How the use of chat models looks in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.table import Table

from bot.cli.output.documents import plain_document, print_json
from bot.cli.output.text import open_console
from bot.memory.usage_lines import UsageLine, total

NOTHING = "No chat model was used since {day}. Answers that quote the articles cost nothing."
DIRECT = "direct messages"
FORGOTTEN = "forgotten"


def show_usage(since: date, lines: Sequence[UsageLine], *, as_json: bool = False) -> None:
    """What was used since a day, a line for each day, server, person and model, and all of it together."""
    if as_json:
        print_json({"since": since, "usage": [_document(line) for line in lines], "total": _total(lines)})
        return
    console = open_console()
    if not lines:
        console.print(NOTHING.format(day=since))
        return
    table = Table("day", "server", "person", "model", show_footer=True)
    all_of_it = total(lines)
    sums = (sum(line.answers for line in lines), all_of_it.prompt_tokens, all_of_it.completion_tokens)
    for name, number in zip(("answers", "read", "written"), sums, strict=True):
        table.add_column(name, f"{number:,}", justify="right")
    table.add_column("cost", _money(all_of_it.cost), justify="right")
    for line in lines:
        counts = (line.answers, line.used.prompt_tokens, line.used.completion_tokens)
        table.add_row(
            str(line.day),
            line.server or DIRECT,
            line.user or FORGOTTEN,
            line.model,
            *(f"{number:,}" for number in counts),
            _money(line.used.cost),
        )
    console.print(table)


def _document(line: UsageLine) -> dict[str, object]:
    return {
        "day": line.day,
        "server": line.server,
        "user": line.user,
        "model": line.model,
        "answers": line.answers,
        **plain_document(line.used),
    }


def _total(lines: Sequence[UsageLine]) -> dict[str, object]:
    return {"answers": sum(line.answers for line in lines), **plain_document(total(lines))}


def _money(cost: float | None) -> str:
    return f"{cost:,.4f}" if cost is not None else ""
