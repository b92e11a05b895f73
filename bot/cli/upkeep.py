"""``newsdesk usage``, ``feedback``, ``rebuild``, ``doctor``: what whoever runs Newsdesk looks after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from bot.cli.common import FAILED, LOADING, Json, memory_only, settings, told_meanwhile, usage_only

DAYS_KEPT = 92


def usage(
    days: Annotated[
        int,
        typer.Option(
            metavar="NUMBER",
            min=1,
            max=DAYS_KEPT,
            help="How many days back, today included; days are those of UTC.",
        ),
    ] = 30,
    json: Json = False,
) -> None:
    """Show what chat models were used for whom: tokens and cost by day, server, person and model."""
    since = datetime.now(UTC).date() - timedelta(days=days - 1)
    with usage_only() as ledger:
        from bot.cli.output.usage import show_usage

        lines = ledger.lines(since)
    show_usage(since, lines, as_json=json)


def feedback(json: Json = False) -> None:
    """Show which answers people in Discord found helpful, and which not."""
    from bot.cli.output.feedback import show_feedback

    with memory_only() as memory:
        rated = memory.ratings.rated()
    show_feedback(rated, as_json=json)


def rebuild(json: Json = False) -> None:
    """Make the indexes anew from the registry, also for another embedding model."""
    with told_meanwhile(LOADING):
        from bot.app import open_library
        from bot.cli.output.library import show_rebuilt
        from bot.cli.output.progress import progress

    with open_library(settings(), change_model=True) as library, progress(quiet=json) as update:
        embedded = library.rebuild(update)
    show_rebuilt(embedded, as_json=json)


def doctor(
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Rebuild from the registry what is wrong with the store, mend the memory."),
    ] = False,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Take the database from another home, which is gone.")
    ] = False,
    models: Annotated[
        bool, typer.Option("--models", help="Try the models alone, and show what was found of each.")
    ] = False,
    json: Json = False,
) -> None:
    """Check the settings, the store and the models, and say what to do about what is wrong."""
    if models and (repair or take_over):
        raise typer.BadParameter("--models looks at the models alone.")
    if models:
        _doctor_of_models(as_json=json)
        return
    from bot.cli.doctor import examine
    from bot.cli.output.doctor import show_checks

    checks = examine(settings(), repair=repair, take_over=take_over)
    show_checks(checks, as_json=json)
    if any(not check.ok for check in checks):
        raise typer.Exit(FAILED)


def _doctor_of_models(*, as_json: bool) -> None:
    from bot.cli.models import try_all
    from bot.cli.output.models import show_models

    loaded = settings()
    if not show_models(try_all(loaded), loaded.chat_window, as_json=as_json):
        raise typer.Exit(FAILED)
