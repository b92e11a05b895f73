"""``newsdesk index``, ``articles``, ``remove``, ``export``, ``import``: what is in the library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import FAILED, Json, catalogue_only, library_only


def index(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, globs, web pages or feeds.")
    ],
    json: Json = False,
) -> None:
    """Make the library equal to the sources: files, folders, globs, web pages, feeds."""
    from bot.cli.output.library import show_sync
    from bot.cli.output.progress import progress
    from index.article import SHARED

    if not all(source.strip() for source in sources):
        # A path that is empty is the current folder; most likely a variable in a script was not set.
        raise typer.BadParameter("A source is empty. To index the folder you are in, write a dot.")
    with library_only() as library, progress(quiet=json, kept=True) as update:
        report = library.sync(sources, SHARED, update)
    show_sync(report, as_json=json)
    if report.failures:
        raise typer.Exit(FAILED)


def articles(
    query: Annotated[str, typer.Argument(metavar="WORDS", help="Words of the title.")] = "",
    limit: Annotated[int | None, typer.Option(metavar="NUMBER", min=1, help="How many at most.")] = None,
    json: Json = False,
) -> None:
    """List the articles of the library, newest first."""
    from bot.cli.output.library import show_articles
    from index.article import SHARED

    with catalogue_only() as catalogue:
        found, gone = catalogue.articles([SHARED], query, limit), catalogue.gone([SHARED])
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
    from index.article import SHARED
    from index.errors import ConfigurationError

    missing = []
    with library_only() as library:
        named = {article_id: library.ids_of([SHARED], article_id) for article_id in article_ids}
        if unclear := next((name for name, ids in named.items() if len(ids) > 1), None):
            from bot.cli.operator import several

            found = [ref for ref in library.articles([SHARED], unclear) if ref.id in named[unclear]]
            raise ConfigurationError(several(unclear, found))
        for name, ids in named.items():
            if not ids or not library.remove(SHARED, ids[0]):
                missing.append(name)
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

    if file is None and json:
        raise typer.BadParameter("--json prints one document on stdout, where the export goes. Name a file.")
    with library_only() as library:
        if file is None:
            library.export(sys.stdout)
            return
        part = file.with_name(file.name + ".part")  # a broken export must not pass for a whole one
        with part.open("w", encoding="utf-8") as out:
            count = library.export(out)
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

    with (
        library_only() as library,
        progress(quiet=json, kept=True) as update,
        file.open(encoding="utf-8") as lines,
    ):
        report = library.import_(lines, update)
    show_sync(report, as_json=json)
    if report.failures:
        raise typer.Exit(FAILED)
