"""``newsdesk ask``, ``search``, ``forget``."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from bot.cli.common import (
    LOADING,
    Json,
    Outlet,
    Since,
    Until,
    filters_of,
    memory_only,
    on_app,
    on_library,
    settings,
    told_meanwhile,
)


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What you want to know, or to check.")],
    since: Since = None,
    until: Until = None,
    source: Outlet = None,
    conversation: Annotated[
        str | None, typer.Option(metavar="NAME", help="A name. Follow-ups under the same name are understood.")
    ] = None,
    json: Json = False,
) -> None:
    """Answer a question from the library, each sentence with its citations."""
    with told_meanwhile(LOADING):
        from bot.cli.output.requests import show_request
        from bot.operator import work

    filters = filters_of(since, until, source)
    key = _conversation(conversation) if conversation is not None else None
    answer, told = on_app(work.ask, question, filters, key, date.today())
    show_request(answer, told, as_json=json)


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A question, or words.")],
    k: Annotated[int, typer.Option("-k", metavar="NUMBER", min=1, max=500, help="How many passages.")] = 10,
    since: Since = None,
    until: Until = None,
    source: Outlet = None,
    json: Json = False,
) -> None:
    """Show the passages closest to a query."""
    with told_meanwhile(LOADING):
        from bot.answer.question.limits import clean_question
        from bot.cli.output.answers import show_hits
        from bot.operator import work

    query, filters = clean_question(query, settings().max_question), filters_of(since, until, source)
    hits = on_library(work.search, query, k, filters)
    show_hits(hits, as_json=json)


def forget(
    conversation: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The name it has with `newsdesk ask`.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Forget every conversation, Discord's too.")] = False,
    json: Json = False,
) -> None:
    """Forget what was asked and answered in a conversation, or in all of them."""
    from bot.cli.output.answers import show_forgotten

    if (conversation is None) is not everything:
        raise typer.BadParameter("Name one conversation, or give --all.")
    with memory_only() as memory:
        kept = memory.conversations
        turns = kept.forget(_conversation(conversation)) if conversation is not None else kept.forget_all()
    show_forgotten(turns, as_json=json)


def _conversation(name: str) -> str:
    if not name.strip():
        raise typer.BadParameter("The conversation has no name.")
    return f"cli:{name.strip()}"
