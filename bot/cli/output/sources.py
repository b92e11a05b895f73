"""How sources and what was read from them look in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.text import Text

from bot.cli.output.documents import plain_document, print_json
from bot.cli.output.text import open_console, print_beside, printable
from bot.spelled import counted, span

if TYPE_CHECKING:
    from index.store.sql.listed import Run
    from index.store.sql.sources import SourceInfo

NO_SOURCES = "There are no sources. Add one: newsdesk sources add LOCATION"
NO_SOURCE = "There is no source {location}. `newsdesk sources list` lists them."
REMOVED = "{location} is read no more. {articles} removed."
NO_HISTORY = "Nothing was read yet."


def show_sources(sources: Sequence[SourceInfo], *, as_json: bool = False) -> None:
    """Sources, each with how often it is read, when it was, and what fails."""
    if as_json:
        print_json({"sources": [_document(one) for one in sources]})
        return
    console = open_console()
    for one in sources:
        often = f"every {span(one.interval)}" if one.interval else "on demand"
        articles = counted(one.articles, "article")
        read = f"read {_moment(one.polled_at)}" if one.polled_at else "not read yet"
        console.print(Text(one.location, "bold").append(f"  {articles}, {often}, {read}", "not bold dim"))
        if one.failing_since:
            failing = f"failing since {_moment(one.failing_since)}: {one.last_error}"
            print_beside(console, "    ", Text(printable(failing), "red"))
    if not sources:
        console.print(NO_SOURCES)


def show_source_removed(location: str, removed: int | None, *, as_json: bool = False) -> None:
    """Whether a source was removed, and how many articles with it."""
    if as_json:
        print_json({"removed": removed is not None, "articles": removed or 0})
        return
    console = open_console()
    if removed is None:
        console.print(Text(NO_SOURCE.format(location=location)))
    else:
        console.print(Text(REMOVED.format(location=location, articles=counted(removed, "article"))))


def show_history(runs: Sequence[Run], *, as_json: bool = False) -> None:
    """What was read, newest first."""
    if as_json:
        print_json({"runs": [plain_document(run) for run in runs]})
        return
    console = open_console()
    for run in runs:
        counts = plain_document(run.counts)
        counts["failed"] = len(run.failures)
        told = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing changed"
        ended = f" in {run.seconds:.1f} s" if run.seconds is not None else ", not finished"
        console.print(
            Text(f"{_moment(run.started_at)}  {run.what}  ", "bold").append(run.location or "", "not bold")
        )
        console.print(Text(f"    {told}{ended}", "dim"))
        for failure in run.failures:
            print_beside(console, "    ", Text(printable(f"{failure.location}: {failure.reason}"), "red"))
    if not runs:
        console.print(NO_HISTORY)


def _document(source: SourceInfo) -> dict[str, object]:
    interval = source.interval.total_seconds() / 3600 if source.interval else None
    return plain_document(source) | {"interval": interval}


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
