"""``newsdesk summary``, ``timeline``, ``digest``."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

import typer

from bot.cli.common import (
    LOADING,
    Json,
    Outlet,
    Since,
    Until,
    filters_of,
    on_app,
    read_day,
    read_last_day,
    told_meanwhile,
)


def summary(
    article: Annotated[
        str | None, typer.Argument(metavar="ARTICLE", help="An article's id, or its end, or its title.")
    ] = None,
    topic: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Summarise what the articles say of this instead.")
    ] = None,
    since: Since = None,
    until: Until = None,
    source: Outlet = None,
    new_since: Annotated[
        date | None,
        typer.Option(parser=read_day, metavar="DAY", help="Only what articles older than this day don't say."),
    ] = None,
    style: Annotated[str, typer.Option(metavar="STYLE", help="bullets, brief or paragraph.")] = "bullets",
    length: Annotated[int | None, typer.Option(metavar="NUMBER", min=1, max=30, help="How many points.")] = None,
    json: Json = False,
) -> None:
    """Summarise one article, or a topic, in a few points, each with its citation."""
    with told_meanwhile(LOADING):
        from bot.cli.output.summaries import show_summary
        from bot.operator import work
        from bot.summary import Style

    if (article is None) == (topic is None):
        raise typer.BadParameter("Name either an article or a --topic.")
    if article and (since or until or source or new_since):
        raise typer.BadParameter("--since, --until, --source and --new-since go with --topic.")
    if style not in list(Style):
        raise typer.BadParameter(f"{style!r} is no style: bullets, brief, paragraph.", param_hint="--style")
    filters = filters_of(since, until, source)
    if article:
        result = on_app(work.summarise, article, Style(style), length)
    else:
        result = on_app(work.summarise_topic, topic or "", filters, Style(style), length, new_since)
    show_summary(result, as_json=json)


def timeline(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="What the story is about.")],
    since: Since = None,
    until: Until = None,
    source: Outlet = None,
    length: Annotated[int | None, typer.Option(metavar="NUMBER", min=1, max=30, help="How many events.")] = None,
    json: Json = False,
) -> None:
    """List the dated events of a story in order, on the days that the articles give."""
    with told_meanwhile(LOADING):
        from bot.cli.output.summaries import show_timeline
        from bot.operator import work

    filters = filters_of(since, until, source)
    result = on_app(work.timeline, topic, filters, length)
    show_timeline(result, as_json=json)


def digest(
    since: Annotated[
        date | None,
        typer.Option(
            parser=read_day, metavar="DAY", help="The first day, such as yesterday. The last 24 hours without it."
        ),
    ] = None,
    until: Annotated[
        date | None, typer.Option(parser=read_last_day, metavar="DAY", help="The last day; today without it.")
    ] = None,
    topic: Annotated[
        list[str] | None, typer.Option(metavar="WORDS", help="Only articles about this; may be repeated.")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(metavar="OUTLET", help="Only articles of this outlet; may be repeated.")
    ] = None,
    count: Annotated[int, typer.Option(metavar="NUMBER", min=1, max=30, help="How many stories at most.")] = 10,
    json: Json = False,
) -> None:
    """Show the stories since a day, each with a headline and a point or two."""
    with told_meanwhile(LOADING):
        from bot.cli.output.summaries import show_digest
        from bot.operator import work

    start = datetime.combine(since, time(), UTC) if since else datetime.now(UTC) - timedelta(days=1)
    end = datetime.combine(until + timedelta(days=1), time(), UTC) if until else None
    result = on_app(work.digest, start, end, topic or (), source or (), count)
    show_digest(result, as_json=json)
