"""The ``newsdesk`` command. Each command imports what it needs when it runs, so that ``--help`` is instant."""

from __future__ import annotations

import asyncio
import json as json_format
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import cli_feedback, cli_library, cli_usage
from bot.cli_common import FAILED, MISUSED, STOPPED, Json, library_only, memory_only, settings, whole_app

if TYPE_CHECKING:
    from index.search import Filters

cli = typer.Typer(
    name="newsdesk",
    help="Answers questions about your news articles, every sentence with a checked citation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day, such as 2026-01-31.")]
Outlet = Annotated[str | None, typer.Option(help="Only articles of this outlet.")]


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
        from bot.terminal import printable

        print(printable(f"newsdesk: {error}"), file=sys.stderr)
        status = _failed(str(error), MISUSED)
    if status == STOPPED:
        _failed("Stopped with Ctrl-C.", STOPPED)
    raise SystemExit(status)


def _failed(reason: str, status: int) -> int:
    """Tell scripts why there is no other document."""
    if "--json" in sys.argv[1:]:
        print(json_format.dumps({"error": reason}, ensure_ascii=False, indent=2))
    return status


@cli.command()
def index(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, globs, web pages or feeds.")],
    json: Json = False,
) -> None:
    """Make the library equal to the sources: files, folders, globs, web pages, feeds."""
    from bot import terminal
    from index.article import SHARED

    if not all(source.strip() for source in sources):
        # A path that is empty is the current folder; most likely a variable in a script was not set.
        raise typer.BadParameter("A source is empty. To index the folder you are in, write a dot.")
    with library_only() as library, terminal.progress(quiet=json) as progress:
        report = library.sync(sources, SHARED, progress)
    terminal.show_sync(report, as_json=json)
    if report.failures:
        raise typer.Exit(FAILED)


@cli.command()
def ask(
    question: str,
    since: Day = None,
    until: Day = None,
    source: Outlet = None,
    conversation: Annotated[
        str | None, typer.Option(help="A name. Follow-ups under the same name are understood.")
    ] = None,
    json: Json = False,
) -> None:
    """Answer a question from the library, each sentence with its citations."""
    from bot import terminal
    from bot.answer.standalone import turn_of

    filters = _filters(since, until, source)
    key = _conversation(conversation) if conversation is not None else None
    with whole_app() as app:
        turns = app.memory.conversations.turns(key) if key else []
        answer = asyncio.run(terminal.ask(app.desk, question, filters, turns))
        if key:
            app.memory.conversations.add(key, turn_of(answer))
    terminal.show_answer(answer, as_json=json)


@cli.command()
def forget(
    conversation: Annotated[str | None, typer.Argument(help="The name it has with `newsdesk ask`.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Forget every conversation, Discord's too.")] = False,
    json: Json = False,
) -> None:
    """Forget what was asked and answered in a conversation, or in all of them."""
    from bot import terminal

    if (conversation is None) is not everything:
        raise typer.BadParameter("Name one conversation, or give --all.")
    with memory_only() as memory:
        kept = memory.conversations
        turns = kept.forget(_conversation(conversation)) if conversation is not None else kept.forget_all()
    terminal.show_forgotten(turns, as_json=json)


@cli.command()
def search(
    query: str,
    k: Annotated[int, typer.Option("-k", min=1, max=500, help="How many passages.")] = 10,
    since: Day = None,
    until: Day = None,
    source: Outlet = None,
    json: Json = False,
) -> None:
    """Show the passages closest to a query."""
    from bot import terminal
    from index.article import SHARED

    query, filters = _checked(query), _filters(since, until, source)
    with library_only() as library:
        hits = library.search(query, [SHARED], k, filters)
    terminal.show_hits(hits, as_json=json)


@cli.command()
def summary(
    article: Annotated[str | None, typer.Argument(help="An article's id, or its title.")] = None,
    topic: Annotated[str | None, typer.Option(help="Summarise what the articles say of this instead.")] = None,
    since: Day = None,
    until: Day = None,
    source: Outlet = None,
    new_since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what older articles don't say.")
    ] = None,
    style: Annotated[str, typer.Option(help="bullets, brief or paragraph.")] = "bullets",
    length: Annotated[int | None, typer.Option(min=1, max=30, help="How many points.")] = None,
    json: Json = False,
) -> None:
    """Summarise one article, or a topic, in a few points, each with its citation."""
    from bot import terminal
    from bot.summary import Style

    if (article is None) == (topic is None):
        raise typer.BadParameter("Name either an article or a --topic.")
    if article and (since or until or source or new_since):
        raise typer.BadParameter("--since, --until, --source and --new-since go with --topic.")
    if style not in list(Style):
        raise typer.BadParameter(f"{style!r} is no style: bullets, brief, paragraph.", param_hint="--style")
    filters = _filters(since, until, source)
    with whole_app() as app:
        if article:
            result = asyncio.run(terminal.summarise(app, article, Style(style), length))
        else:
            day = new_since.date() if new_since else None
            told = terminal.summarise_topic(app, topic or "", filters, Style(style), length, day)
            result = asyncio.run(told)
    terminal.show_summary(result, as_json=json)


@cli.command()
def timeline(
    topic: str,
    since: Day = None,
    until: Day = None,
    source: Outlet = None,
    length: Annotated[int | None, typer.Option(min=1, max=30, help="How many events.")] = None,
    json: Json = False,
) -> None:
    """List the dated events of a story in order, on the days that the articles give."""
    from bot import terminal
    from index.article import SHARED

    filters = _filters(since, until, source)
    with whole_app() as app:
        result = asyncio.run(app.summariser.timeline(topic, [SHARED], filters, length))
    terminal.show_timeline(result, as_json=json)


@cli.command()
def digest(
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="A day, such as 2026-01-31.")],
    topic: Annotated[list[str] | None, typer.Option(help="Only articles about this; may be repeated.")] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="Only articles of this outlet; may be repeated.")
    ] = None,
    json: Json = False,
) -> None:
    """Show the stories since a day, each with a headline and a point or two."""
    from bot import terminal
    from index.article import SHARED

    with whole_app() as app:
        moment = since.replace(tzinfo=UTC)
        told = app.summariser.digest([SHARED], moment, topics=topic or (), sources=source or ())
        result = asyncio.run(told)
    terminal.show_digest(result, as_json=json)


@cli.command()
def articles(
    query: Annotated[str, typer.Argument(help="Words of the title.")] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="How many at most.")] = None,
    json: Json = False,
) -> None:
    """List the articles of the library, newest first."""
    from bot import terminal
    from index.article import SHARED

    with library_only() as library:
        found, gone = library.articles([SHARED], query, limit), library.gone([SHARED])
    terminal.show_articles(found, query, gone, as_json=json)


@cli.command()
def remove(
    article_ids: Annotated[list[str], typer.Argument(help="Ids, as `newsdesk articles` shows them.")],
    json: Json = False,
) -> None:
    """Take articles out of the library. They come back when their source is indexed again."""
    from bot import terminal
    from index.article import SHARED

    with library_only() as library:
        missing = [article_id for article_id in article_ids if not library.remove(SHARED, article_id)]
    terminal.show_removed(len(article_ids) - len(missing), missing, as_json=json)
    if missing:
        raise typer.Exit(FAILED)


@cli.command(name="eval")
def evaluate(
    queries: Annotated[Path | None, typer.Argument(help="A file of questions, one JSON object a line.")] = None,
    summaries: Annotated[Path | None, typer.Option(help="A file of summaries to compare with, instead.")] = None,
    answers: Annotated[bool, typer.Option(help="Also answer each question, and measure the answers.")] = True,
    json: Json = False,
) -> None:
    """Measure retrieval and answers on questions whose right articles are known, or summaries on people's."""
    from bot import terminal
    from bot.evaluation import evaluate as run
    from bot.evaluation import read_queries
    from bot.summary_evaluation import evaluate_summaries, read_references

    if (queries is None) == (summaries is None):
        raise typer.BadParameter("Name a file of questions, or one of --summaries.")
    if queries is None:
        references = read_references(summaries or Path())
        with whole_app() as app, terminal.progress(quiet=json) as progress:
            report = asyncio.run(evaluate_summaries(app, references, progress))
        terminal.show_evaluation(report, "summaries", as_json=json)
        return
    listed = read_queries(queries)
    # What is measured is what answering takes, not what remembering saves.
    with whole_app(chat_cache_days=0) as app, terminal.progress(quiet=json) as progress:
        report = asyncio.run(run(app, listed, answers=answers, progress=progress))
    terminal.show_evaluation(report, as_json=json)


@cli.command()
def rebuild(json: Json = False) -> None:
    """Make the indexes anew from the registry, also for another embedding model."""
    from bot import terminal
    from bot.app import open_library

    with open_library(settings(), change_model=True) as library, terminal.progress(quiet=json) as progress:
        embedded = library.rebuild(progress)
    terminal.show_rebuilt(embedded, as_json=json)


@cli.command()
def doctor(
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Rebuild from the registry what is wrong with the store, mend the memory."),
    ] = False,
    json: Json = False,
) -> None:
    """Check the settings, the store and the models, and say what to do about what is wrong."""
    from bot import terminal
    from bot.doctor import examine

    checks = examine(settings(), repair=repair)
    terminal.show_checks(checks, as_json=json)
    if any(not check.ok for check in checks):
        raise typer.Exit(FAILED)


@cli.command()
def run() -> None:
    """Start the Discord bot."""
    from bot.client import run_bot

    run_bot(settings())


@cli.command()
def demo() -> None:
    """Index the sample articles, answer three questions, then yours."""
    from bot.demo.show import show

    loaded = settings()
    show(loaded.model_copy(update={"home": loaded.home / "demo"}))


def _checked(query: str) -> str:
    from bot.answer.question import clean_question

    return clean_question(query, settings().max_question)


def _conversation(name: str) -> str:
    if not name.strip():
        raise typer.BadParameter("The conversation has no name.")
    return f"cli:{name.strip()}"


def _filters(since: datetime | None, until: datetime | None, source: str | None) -> Filters:
    from index.search import Filters

    if since and until and since > until:
        raise typer.BadParameter(f"{until.date()} is before {since.date()}.", param_hint="--until")
    return Filters(since.date() if since else None, until.date() if until else None, source)


cli.add_typer(cli_library.sources)
cli.command()(cli_library.history)
cli.command()(cli_library.export)
cli.command(name="import")(cli_library.import_)
cli.command()(cli_usage.usage)
cli.command()(cli_feedback.feedback)


if __name__ == "__main__":
    main()
