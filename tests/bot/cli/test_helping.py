"""What ``--help`` shows of every command."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from bot.cli import cli


def commands(group: Any = None, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, as it is typed."""
    listed: Any = group or typer.main.get_command(cli)
    for name, command in listed.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*before, name))
        else:
            yield (*before, name)


def shown(*arguments: str, columns: int = 80) -> str:
    run = CliRunner().invoke(cli, arguments, env={"COLUMNS": str(columns)})
    assert run.exit_code == 0, run.output
    return run.output


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_a_command_s_help_is_in_words_and_has_examples(command: tuple[str, ...]) -> None:
    told = shown(*command, "--help")
    assert told == shown(*command, "-h")
    assert "<" not in told.replace("Usage", "")
    assert not any(line.endswith("...") and not line.startswith("Usage") for line in told.splitlines())
    examples = told.partition("Examples:\n")[2].strip().splitlines()
    assert examples
    assert all(line.strip().startswith(f"newsdesk {' '.join(command)}") for line in examples)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_the_list_of_commands_is_whole(columns: int) -> None:
    for before in ((), ("sources",)):
        told = " ".join(shown(*before, "-h", columns=columns).split())
        group: Any = typer.main.get_command(cli)
        for name in before:
            group = group.commands[name]
        for command in group.commands.values():
            assert " ".join((command.help or "").partition("\n\n")[0].split()) in told


def test_version() -> None:
    assert shown("--version").startswith("newsdesk 0.")
