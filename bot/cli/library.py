"""``newsdesk index``, ``articles``, ``remove``, ``export``, ``import``: what is in the library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import FAILED, Json, listing_only, located, on_library


def index(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, globs, web pages or feeds.")
    ],
    json: Json = False,
) -> None:
    """Make the library equal to the sources: files, folders, globs, web pages, feeds."""
    from bot.cli.output.library import show_sync
    from bot.cli.output.progress import progress
    from bot.operator import work

    if not all(source.strip() for source in sources):
        # A path that is empty is the current folder; most likely a variable in a script was not set.
        raise typer.BadParameter("A source is empty. To index the folder you are in, write a dot.")
    with progress(quiet=json, kept=True) as update:
        report = on_library(work.sync, [located(source) for source in sources], tell=update)
    show_sync(report, as_json=json)
    if report.failures:
        raise typer.Exit(FAILED)


def articles(
    query: Annotated[str, typer.Argument(metavar="WORDS", help="Words of the title.")] = "",
    limit: Annotated[int | None, typer.Option(metavar="NUMBER", min=1, help="How many at most.")] = None,
    json: Json = False,
) -> None:
    """List the articles of the library, newest first."""
    with listing_only() as listing:
        from bot.cli.output.library import show_articles
        from index.article import SHARED

        found, gone = listing.articles([SHARED], query, limit), listing.gone([SHARED])
    show_articles(found, query, gone, as_json=json)


def remove(
    article_ids: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLE...", help="Ids, as `newsdesk articles` shows them, or their ends."),
    ],
    json: Json = False,
) -> None:
    """Take articles out of the library. They come back when their source is indexed again."""
    from bot.cli.output.library import show_removed
    from bot.operator import work

    named = list(dict.fromkeys(article_ids))
    missing = on_library(work.remove, named)
    show_removed(len(named) - len(missing), missing, as_json=json)
    if missing:
        raise typer.Exit(FAILED)


def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A file to write; without one, stdout.")
    ] = None,
    json: Json = False,
) -> None:
    """Write the whole library as JSONL: articles, sources, kept versions, history; all but the vectors."""
    from bot.cli.output.library import show_exported
    from bot.operator import work

    if file is None and json:
        raise typer.BadParameter("--json prints one document on stdout, where the export goes. Name a file.")
    if file is None:
        on_library(work.export, tell=sys.stdout.write)
        return
    part = file.with_name(file.name + ".part")  # a broken export must not pass for a whole one
    with part.open("w", encoding="utf-8") as out:
        count = on_library(work.export, tell=out.write)
    part.replace(file)
    show_exported(count, str(file), as_json=json)


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="What `newsdesk export` wrote.")
    ],
    json: Json = False,
) -> None:
    """Add what an export holds to the library."""
    from bot.cli.output.library import show_sync
    from bot.cli.output.progress import progress
    from bot.operator import work

    with progress(quiet=json, kept=True) as update:
        report = on_library(work.import_, str(file.absolute()), tell=update)
    show_sync(report, as_json=json)
    if report.failures:
        raise typer.Exit(FAILED)
