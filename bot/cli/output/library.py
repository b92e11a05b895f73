"""How the library, and what changes in it, look in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.text import Text

from bot.cli.output.documents import plain_document, print_json
from bot.cli.output.text import article_line, open_console, print_beside, printable
from bot.spelled import counted
from index.article import ArticleRef
from index.failure import Failure

if TYPE_CHECKING:
    from index.sync.sync import SyncReport

EMPTY = "The library is empty. Index some articles: newsdesk index FOLDER"
NOT_LISTED = "No article has {query!r} in its title or id. `newsdesk articles` lists them all."
VANISHED = "its page has vanished from the web since {day}; the article is kept"
NO_ARTICLE = "There is no article {article_id}. `newsdesk articles` lists them."

EXPORTED = "{articles} exported to {file}."

_MOST_NAMED = 20
"""Places that were passed over for one reason."""


def show_sync(report: SyncReport, *, as_json: bool = False) -> None:
    """What indexing did."""
    counts = {name: getattr(report, name) for name in ("added", "updated", "unchanged", "moved", "removed")}
    if as_json:
        failures = [{"location": failure.location, "reason": str(failure.reason)} for failure in report.failures]
        print_json(
            {
                **counts,
                "failed": len(failures),
                "failures": failures,
                "passed_over": [
                    {"location": one.location, "reason": str(one.reason)} for one in report.passed_over
                ],
                "embedded": report.embedded,
                "seconds": round(report.seconds, 3),
            }
        )
        return
    console = open_console()
    named = {name: count for name, count in counts.items() if count or name != "moved"}
    parts = [f"{count} {name}" for name, count in named.items()] + [f"{len(report.failures)} failed"]
    console.print(f"{', '.join(parts)} in {report.seconds:.1f} s.")
    for failure in report.failures:
        told = Text(printable(failure.location), "bold").append(f": {printable(str(failure.reason))}", "not bold")
        print_beside(console, "  ", told)
    _show_passed_over(report.passed_over)


def _show_passed_over(passed_over: Sequence[Failure]) -> None:
    """What is no article, by reason: it was not lost, it was not meant."""
    console = open_console()
    for reason in dict.fromkeys(str(one.reason) for one in passed_over):
        places = [printable(one.location) for one in passed_over if str(one.reason) == reason]
        more = f" and {len(places) - _MOST_NAMED} more" if len(places) > _MOST_NAMED else ""
        told = Text(f"{len(places)} passed over: ", "dim").append(f"{reason} ", "dim")
        print_beside(console, "  ", told.append(", ".join(places[:_MOST_NAMED]) + more, "dim"))


def show_articles(
    articles: Sequence[ArticleRef], query: str, gone: Mapping[str, datetime], *, as_json: bool = False
) -> None:
    """The articles of the library, or those that ``query`` found; ``gone``: since when pages have vanished."""
    if as_json:
        print_json({"articles": [plain_document(ref) | {"gone_since": gone.get(ref.id)} for ref in articles]})
        return
    console = open_console()
    for ref in articles:
        console.print(article_line(ref))
        console.print(Text(f"    {printable(ref.id)}", "dim"), soft_wrap=True)  # whole, to be copied
        if since := gone.get(ref.id):
            console.print(Text(f"    {VANISHED.format(day=since.date())}", "yellow"))
    if not articles:
        console.print(Text(NOT_LISTED.format(query=query) if query else EMPTY))


def show_removed(count: int, missing: Sequence[str], *, as_json: bool = False) -> None:
    """What was taken out of the library, and what was not there."""
    if as_json:
        print_json({"removed": count, "missing": list(missing)})
        return
    console = open_console()
    console.print(f"{count} removed.")
    for article_id in missing:
        console.print(Text(f"  {NO_ARTICLE.format(article_id=article_id)}"))


def show_rebuilt(embedded: int, *, as_json: bool = False) -> None:
    """How many texts had to be embedded to make the indexes anew."""
    if as_json:
        print_json({"embedded": embedded})
        return
    open_console().print(f"Rebuilt. {embedded} {'text was' if embedded == 1 else 'texts were'} embedded anew.")


def show_exported(count: int, file: str, *, as_json: bool = False) -> None:
    """How many articles were written."""
    if as_json:
        print_json({"exported": count, "file": file})
        return
    open_console().print(Text(EXPORTED.format(articles=counted(count, "article"), file=file)))
