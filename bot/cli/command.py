"""The ``newsdesk`` command: its commands, and what becomes of their errors."""

from __future__ import annotations

import json
import signal
import sys
from typing import Any

import typer

from bot.cli import asking, evaluation, library, sources, summaries, upkeep
from bot.cli.common import MISUSED, STOPPED, settings
from bot.cli.setup.command import setup

cli = typer.Typer(
    name="newsdesk",
    help="Answers questions about your news articles, every sentence with a checked citation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

# Of its errors of wrong use Typer names this one only; the others have the same base.
_UsageError: Any = typer.BadParameter.__base__


def main() -> None:
    """Run the command line; errors meant for people become one line on stderr and exit status 2.

    With ``--json`` the error is also the one document on stdout.
    """
    from index.errors import NewsdeskError

    try:
        status = cli(standalone_mode=False)
    except _UsageError as error:
        error.show()
        status = _failed(error.format_message(), MISUSED)
    except NewsdeskError as error:
        from bot.cli.output.text import printable

        print(printable(f"newsdesk: {error}"), file=sys.stderr)
        status = _failed(str(error), MISUSED)
    if status == STOPPED:
        _failed("Stopped with Ctrl-C.", STOPPED)
    raise SystemExit(status)


def _failed(reason: str, status: int) -> int:
    """Tell scripts why there is no other document."""
    if "--json" in sys.argv[1:]:
        print(json.dumps({"error": reason}, ensure_ascii=False, indent=2))
    return status


def run() -> None:
    """Start the Discord bot."""
    for asked_to_stop in (signal.SIGINT, signal.SIGTERM):  # until the bot takes that over
        signal.signal(asked_to_stop, lambda *_: sys.exit(0))
    from bot.discord.client import run_bot

    run_bot(settings())


def demo() -> None:
    """Index the sample articles, answer three questions, then yours."""
    from bot.demo.show import show

    loaded = settings()
    show(loaded.model_copy(update={"home": loaded.home / "demo"}))


cli.command()(setup)
cli.command()(library.index)
cli.command()(asking.ask)
cli.command()(asking.search)
cli.command()(summaries.summary)
cli.command()(summaries.timeline)
cli.command()(summaries.digest)
cli.command()(library.articles)
cli.command()(library.remove)
cli.command()(sources.history)
cli.command()(library.export)
cli.command(name="import")(library.import_)
cli.command(name="eval")(evaluation.evaluate)
cli.command()(asking.forget)
cli.command()(upkeep.usage)
cli.command()(upkeep.feedback)
cli.command()(upkeep.rebuild)
cli.command()(upkeep.doctor)
cli.command()(run)
cli.command()(demo)
cli.add_typer(sources.sources)
