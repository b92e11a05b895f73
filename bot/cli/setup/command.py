"""``newsdesk setup``."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from bot.cli.common import FAILED, begin_log


def setup() -> None:
    """Ask for the models and the Discord token, try each at once, and write them to .env."""
    from bot.cli.output.text import open_console
    from bot.cli.setup import words
    from bot.cli.setup.dialogue import Dialogue
    from bot.cli.setup.env_file import EnvFile
    from index.errors import ConfigurationError

    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise ConfigurationError(words.NO_TERMINAL)
    begin_log("WARNING")
    console = open_console()

    def ask(question: str, secret: bool) -> str:
        return console.input(question, markup=False, password=secret)

    if not Dialogue(EnvFile(Path(".env")), console, ask).run():
        raise typer.Exit(FAILED)
