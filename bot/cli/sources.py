"""``newsdesk sources`` and ``history``: what is read again by itself, and what was read."""

from __future__ import annotations

import glob
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import FAILED, Json, catalogue_only, listing_only, located, on_library, settings
from bot.cli.helping import SETTINGS, options_of

sources = typer.Typer(
    name="sources",
    help="The sources that are read again by themselves.",
    no_args_is_help=True,
    context_settings=SETTINGS,
)

Location = Annotated[str, typer.Argument(metavar="SOURCE", help="A file, a folder, a glob, a web page or a feed.")]


@sources.command(**options_of("sources add"))
def add(
    location: Location,
    every: Annotated[
        float, typer.Option(metavar="HOURS", min=0.1, help="How often it is read again, in hours.")
    ] = 24,
    json: Json = False,
) -> None:
    """Add a source, and read it when sources are next polled."""
    from bot.cli.output.sources import show_sources
    from bot.operator import work

    if not ("://" in location or glob.has_magic(location) or Path(location).expanduser().exists()):
        raise typer.BadParameter(f"There is no file or folder {location}. Check the path.")
    source = on_library(work.add_source, located(location), timedelta(hours=every))
    show_sources([source], as_json=json)


@sources.command("list", **options_of("sources list"))
def list_sources(json: Json = False) -> None:
    """List the sources, how often they are read, and what fails."""
    from bot.cli.output.sources import show_sources
    from index.article import SHARED

    with catalogue_only() as catalogue:
        found = catalogue.sources.listed([SHARED], on_demand=True)
    show_sources(found, as_json=json)


@sources.command(**options_of("sources remove"))
def remove(
    location: Location,
    articles: Annotated[bool, typer.Option("--articles", help="Also take out what came from it.")] = False,
    json: Json = False,
) -> None:
    """Read a source no more."""
    from bot.cli.output.sources import show_source_removed
    from bot.operator import work

    removed = on_library(work.remove_source, located(location), articles=articles)
    show_source_removed(location, removed, as_json=json)
    if removed is None:
        raise typer.Exit(FAILED)


@sources.command(**options_of("sources poll"))
def poll(
    location: Annotated[str | None, typer.Argument(metavar="SOURCE", help="Only this source, due or not.")] = None,
    json: Json = False,
) -> None:
    """Read the sources that are due, in every server's library."""
    from bot.cli.output.library import show_sync
    from bot.cli.output.progress import progress
    from bot.operator import work

    with progress(quiet=json, kept=True) as update:
        if location:
            report = on_library(work.sync, [located(location)], tell=update)
        else:
            report = on_library(work.poll, tell=update)
    show_sync(report, as_json=json)
    if report.failures:
        raise typer.Exit(FAILED)


def history(
    location: Annotated[str | None, typer.Argument(metavar="SOURCE", help="Only this source.")] = None,
    limit: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="How many at most.")] = 20,
    json: Json = False,
) -> None:
    """List what was read and when, with counts and failures, newest first."""
    with listing_only() as listing:
        from bot.cli.output.sources import show_history
        from index.article import SHARED

        runs = listing.history([SHARED], limit, _known_as(location) if location else None)
    show_history(runs, as_json=json)


def _known_as(location: str) -> str:
    """``location`` as its source is known by."""
    from contextlib import closing

    from index.sources.opener import SourceOpener

    with closing(SourceOpener(settings().home, 1, ())) as opener:  # nothing is read
        return opener.open(location).location
