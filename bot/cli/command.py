"""The ``newsdesk`` command: its commands, and what becomes of their errors."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from bot.cli import asking, evaluation, library, sources, summaries, upkeep
from bot.cli.common import LOADING, MISUSED, STOPPED, settings, told_meanwhile
from bot.cli.helping import SETTINGS, options_of
from bot.cli.setup.command import setup

cli = typer.Typer(
    name="newsdesk",
    no_args_is_help=True,
    context_settings=SETTINGS,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

PREVIEWED = (
    "The bot, over your library: {address}\n"
    "Whoever has this address can use it; nothing asked there is remembered. Ctrl-C ends it."
)

# Of its errors of wrong use Typer names this one only; the others have the same base.
_UsageError: Any = typer.BadParameter.__base__


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"newsdesk {version('newsdesk')}")
        raise typer.Exit


@cli.callback()
def newsdesk(
    _version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version.")
    ] = False,
) -> None:
    """Answers questions about your news articles, every sentence with a checked citation."""


def main() -> None:
    """Run the command line; errors meant for people become one line on stderr and exit status 2.

    With ``--json`` the error is also the one document on stdout.
    """
    # Read when numpy is imported. Products here are small: where processors are busy, threads that share one wait
    # for each other, and .2 ms become 8.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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
        print("newsdesk: Stopped with Ctrl-C.", file=sys.stderr)
        _failed("Stopped with Ctrl-C.", STOPPED)
    raise SystemExit(status)


def _failed(reason: str, status: int) -> int:
    """Tell scripts why there is no other document."""
    if "--json" in sys.argv[1:]:
        print(json.dumps({"error": reason}, ensure_ascii=False, indent=2))
    return status


def run(
    shard_ids: Annotated[
        str | None, typer.Option(metavar="NUMBERS", help="Run these shards only, such as 0,1.")
    ] = None,
    shard_count: Annotated[int | None, typer.Option(min=1, help="How many shards there are in all.")] = None,
) -> None:
    """Start the Discord bot."""
    for asked_to_stop in (signal.SIGINT, signal.SIGTERM):  # until the bot takes that over
        signal.signal(asked_to_stop, lambda *_: sys.exit(0))
    from bot.discord.connecting.running import run_bot

    given = {"shard_ids": shard_ids, "shard_count": shard_count}
    run_bot(settings(logs=True).model_copy(update={name: it for name, it in given.items() if it is not None}))


def preview(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port of 127.0.0.1; by default any that is free.")
    ] = None,
) -> None:
    """Show the Discord bot in a browser on this machine, without an account or a token."""
    loaded = settings()
    with told_meanwhile(LOADING):
        from bot.discord.preview import run_preview
    run_preview(loaded, port, lambda address: print(PREVIEWED.format(address=address), flush=True))


def demo() -> None:
    """Index the sample articles, answer three questions, then yours."""
    from bot.demo.show import show

    loaded = settings()
    show(loaded.model_copy(update={"home": loaded.home / "demo"}))


_COMMANDS: dict[str, Callable[..., None]] = {
    "setup": setup,
    "index": library.index,
    "ask": asking.ask,
    "search": asking.search,
    "summary": summaries.summary,
    "timeline": summaries.timeline,
    "digest": summaries.digest,
    "articles": library.articles,
    "remove": library.remove,
    "history": sources.history,
    "export": library.export,
    "import": library.import_,
    "eval": evaluation.evaluate,
    "forget": asking.forget,
    "usage": upkeep.usage,
    "feedback": upkeep.feedback,
    "rebuild": upkeep.rebuild,
    "doctor": upkeep.doctor,
    "run": run,
    "preview": preview,
    "demo": demo,
}
for name, function in _COMMANDS.items():
    cli.command(name, **options_of(name))(function)
cli.add_typer(sources.sources)
