"""What the operator asks of the shared library: each a function of the library, or of the whole app.

Their arguments and results can be sent to another process; ``tell`` takes what there is to tell meanwhile.
What is slow to import is imported when it runs: to hand work to another process, nothing of it is needed here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bot.spelled import byline
from index.article import SHARED
from index.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.answer.answer import Answer
    from bot.app import App
    from bot.chat.budget import Asker
    from bot.summary import Digest, Style, Summary, Timeline
    from index.article import ArticleRef
    from index.catalogue import Catalogue
    from index.library import Library
    from index.report import SyncProgress, SyncReport
    from index.search import Filters, Hit
    from index.store.sql.sources import SourceInfo

T = TypeVar("T")
Tell = Callable[["SyncProgress"], None]

_NAMED = 10


def operator() -> Asker:
    """Whose share of the chat model is used at the command line."""
    from bot.chat.budget import Asker

    return Asker("cli", "cli")


def needs_articles(library: Catalogue) -> None:
    """Raise ``ConfigurationError`` if the library is empty: then there is nothing to answer from."""
    if not library.count([SHARED]):
        raise ConfigurationError(
            "There is nothing to answer from: the library is empty. Index some articles: newsdesk index FOLDER"
        )


# Of the library alone


def search(library: Library, query: str, k: int, filters: Filters) -> list[Hit]:
    """The ``k`` passages closest to ``query``. Raises ``ConfigurationError`` if the library is empty."""
    needs_articles(library)
    return library.search(query, [SHARED], k, filters)


def sync(library: Library, locations: Sequence[str], *, tell: Tell) -> SyncReport:
    """See ``Library.sync``."""
    return library.sync(locations, SHARED, tell)


def poll(library: Library, *, tell: Tell) -> SyncReport:
    """Read the sources that are due, those of servers included."""
    from index.report import SyncReport

    due = library.sources.due(datetime.now(UTC))
    return reduce(SyncReport.followed_by, (library.poll(one, tell) for one in due), SyncReport())


def remove(library: Library, names: Sequence[str]) -> list[str]:
    """Take out the articles with these ids, or these ends of ids; returns the names that no article has.

    Raises ``ConfigurationError`` if a name can mean several articles; then none is removed.
    """
    named = {name: library.ids_of([SHARED], name) for name in names}
    if unclear := next((name for name, ids in named.items() if len(ids) > 1), None):
        found = [ref for ref in library.articles([SHARED], unclear) if ref.id in named[unclear]]
        raise ConfigurationError(_several(unclear, found))
    return [name for name, ids in named.items() if not ids or not library.remove(SHARED, ids[0])]


def export(library: Library, *, tell: Callable[[str], object]) -> int:
    """Tell the lines of the whole library as JSONL; returns how many articles they hold."""
    return library.export(tell)


def import_(library: Library, file: str, *, tell: Tell) -> SyncReport:
    """Add what an export holds, read from the ``file``."""
    with Path(file).open(encoding="utf-8") as lines:
        return library.import_(lines, tell)


def add_source(library: Library, location: str, interval: timedelta) -> SourceInfo:
    """Have a source read by itself every ``interval``."""
    return library.add_source(SHARED, location, interval=interval, added_by="cli")


def remove_source(library: Library, location: str, *, articles: bool) -> int | None:
    """See ``Library.remove_source``."""
    return library.remove_source(SHARED, location, articles=articles)


# Of the whole app


async def ask(
    app: App, question: str, filters: Filters, conversation: str | None, today: date
) -> tuple[Answer, Summary | Digest | None]:
    """The finished answer to a question, and where it was a request for one, the summary or the digest.

    ``conversation`` is the key of what was said before, to which this is added.
    """
    from bot.answer.question.turn import turn_of
    from bot.summary.request import fulfilled

    turns = app.memory.conversations.turns(conversation) if conversation else []
    answer = await _last(app.desk.ask(question, [SHARED], filters, turns, operator(), today))
    told = None
    if answer.kind.wants_points:
        told = await _last(fulfilled(app.summariser, app.library, answer, [SHARED], operator()))
    if conversation:
        app.memory.conversations.add(conversation, turn_of(answer))
    return answer, told


async def summarise(app: App, article: str, style: Style, length: int | None) -> Summary:
    """The finished summary of an article, named by its id or by words of its title.

    Raises ``ConfigurationError`` if no article, or more than one, is meant.
    """
    needs_articles(app.library)
    article_id = _article_id(app, article)
    return await _last(app.summariser.summarise(article_id, [SHARED], style, length, operator()))


async def summarise_topic(
    app: App, topic: str, filters: Filters, style: Style, length: int | None, new_since: date | None
) -> Summary:
    """The finished summary of what the articles say of a topic."""
    told = app.summariser.summarise_topic(topic, [SHARED], filters, style, length, new_since, operator())
    made = await _last(told)
    needs_articles(app.library)
    return made


async def timeline(app: App, topic: str, filters: Filters, length: int | None) -> Timeline:
    """See ``Summariser.timeline``."""
    made = await app.summariser.timeline(topic, [SHARED], filters, length)
    needs_articles(app.library)
    return made


async def digest(
    app: App, since: datetime, until: datetime | None, topics: Sequence[str], sources: Sequence[str], stories: int
) -> Digest:
    """See ``Summariser.digest``."""
    made = await app.summariser.digest(
        [SHARED], since, topics=topics, sources=sources, stories=stories, until=until
    )
    needs_articles(app.library)
    return made


OF_LIBRARY: dict[str, Callable[..., Any]] = {
    work.__name__: work for work in (search, sync, poll, remove, export, import_, add_source, remove_source)
}
OF_APP: dict[str, Callable[..., Coroutine[Any, Any, Any]]] = {
    work.__name__: work for work in (ask, summarise, summarise_topic, timeline, digest)
}


async def _last(stream: AsyncIterator[T]) -> T:
    from bot.answer.answer import last_of

    return await last_of(stream)


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
    return _several(article, found)


def _several(name: str, found: Sequence[ArticleRef]) -> str:
    """That ``name`` can mean several articles, each by its title and its day, with the id that names it alone."""
    listed = ""
    for ref in found:
        beside = f" ({byline(ref)})" if byline(ref) else ""
        listed += f"\n  {ref.title or ref.id}{beside}\n    {ref.id}"
    return f"{name!r} can mean several articles. Name one by its id:{listed}"
