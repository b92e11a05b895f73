"""How the doctor's findings look in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from bot.cli.doctor import Check
from bot.cli.output.documents import plain_document, print_json
from bot.cli.output.text import open_console, print_beside


def show_checks(checks: Sequence[Check], *, as_json: bool = False) -> None:
    """What the doctor found."""
    if as_json:
        found = [plain_document(check) for check in checks]
        print_json({"ok": all(check.ok for check in checks), "checks": found})
        return
    console = open_console()
    for check in checks:
        mark = Text("✓ ", "green") if check.ok else Text("✗ ", "red")
        print_beside(console, mark, Text(check.says))
