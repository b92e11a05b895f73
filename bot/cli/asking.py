"""``newsdesk ask``, ``search``, ``forget``."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.cli.common import Json, Outlet, Since, Until, filters_of, library_only, memory_only, settings, whole_app


def ask(
    question: str,
    since: Since = None,
    until: Until = None,
    source: Outlet = None,
    conversation: Annotated[
        str | None, typer.Option(help="A name. Follow-ups under the same name are understood.")
    ] = None,
    json: Json = False,
) -> None:
    """Answer a question from the library, each sentence with its citations."""
    from bot.answer.question.standalone import turn_of
    from bot.cli import operator
    from bot.cli.output.answers import show_answer
    from bot.cli.output.requests import show_request

    filters = filters_of(since, until, source)
    key = _conversation(conversation) if conversation is not None else None
    with whole_app() as app:
        turns = app.memory.conversations.turns(key) if key else []
        answer = asyncio.run(operator.ask(app, question, filters, turns))
        told = asyncio.run(operator.fulfil(app, answer)) if answer.kind.wants_points else None
        if key:
            app.memory.conversations.add(key, turn_of(answer))
    if told:
        show_request(answer, told, as_json=json)
    else:
        show_answer(answer, as_json=json)


def search(
    query: str,
    k: Annotated[int, typer.Option("-k", min=1, max=500, help="How many passages.")] = 10,
    since: Since = None,
    until: Until = None,
    source: Outlet = None,
    json: Json = False,
) -> None:
    """Show the passages closest to a query."""
    from bot.answer.question.limits import clean_question
    from bot.cli.output.answers import show_hits
    from index.article import SHARED

    query, filters = clean_question(query, settings().max_question), filters_of(since, until, source)
    with library_only() as library:
        hits = library.search(query, [SHARED], k, filters)
        empty = not library.count([SHARED])
    show_hits(hits, empty=empty, as_json=json)


def forget(
    conversation: Annotated[str | None, typer.Argument(help="The name it has with `newsdesk ask`.")] = None,
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
