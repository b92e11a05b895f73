"""What the operator asks of the shared library at the command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.answer.answer import Answer, last_of
from bot.answer.question.question import Kind
from bot.answer.question.turn import Turn
from bot.chat.budget import Asker
from bot.cli.output.text import article_line, printable
from bot.summary import Digest, Style, Summary
from bot.summary.request import news, summary
from index.article import SHARED, ArticleRef
from index.errors import ConfigurationError
from index.search import Filters

if TYPE_CHECKING:
    from bot.app import App

OPERATOR = Asker("cli", "cli")
"""Whose share of the chat model the commands use."""

_NAMED = 10


async def ask(app: App, question: str, filters: Filters, turns: Sequence[Turn] = ()) -> Answer:
    """The finished answer to a question, asked after ``turns``."""
    return await last_of(app.desk.ask(question, [SHARED], filters, turns, OPERATOR, date.today()))


async def fulfil(app: App, asked: Answer) -> Summary | Digest:
    """What ``asked``, a request that is no question, wants. Raises ``SummaryError`` if that can't be told."""
    if asked.kind is Kind.NEWS:
        made = await news(app.summariser, asked, [SHARED], datetime.now(UTC))
        if not (made.empty and asked.subject):
            return made
    return await last_of(summary(app.summariser, app.library, asked, [SHARED], OPERATOR))


async def summarise(app: App, article: str, style: Style, length: int | None) -> Summary:
    """The finished summary of an article, named by its id or by words of its title.

    Raises ``ConfigurationError`` if no article, or more than one, is meant.
    """
    article_id = _article_id(app, article)
    return await last_of(app.summariser.summarise(article_id, [SHARED], style, length, OPERATOR))


async def summarise_topic(
    app: App, topic: str, filters: Filters, style: Style, length: int | None, new_since: date | None
) -> Summary:
    """The finished summary of what the articles say of a topic."""
    told = app.summariser.summarise_topic(topic, [SHARED], filters, style, length, new_since, OPERATOR)
    return await last_of(told)


def _article_id(app: App, article: str) -> str:
    ids = app.library.ids_of([SHARED], article)
    if len(ids) == 1:
        return ids[0]
    found = app.library.articles([SHARED], article, _NAMED)
    exact = [ref for ref in found if ref.title.casefold() == article.strip().casefold()]
    if len(found) != 1 and len(exact) != 1:
        raise ConfigurationError(_which(article, found))
    return (exact or found)[0].id


def _which(article: str, found: Sequence[ArticleRef]) -> str:
    if not found:
        return f"There is no article {article!r} in the library. `newsdesk articles` lists them."
    return several(article, found)


def several(name: str, found: Sequence[ArticleRef]) -> str:
    """That ``name`` can mean several articles, each by its title and its day, with the id that names it alone."""
    listed = "".join(f"\n  {article_line(ref).plain}\n    {printable(ref.id)}" for ref in found)
    return f"{name!r} can mean several articles. Name one by its id:{listed}"
