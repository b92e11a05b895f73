"""What the commands have in common. Each imports what it needs when it runs, so that ``--help`` is instant."""

from __future__ import annotations

import asyncio
import atexit
import gc
import logging
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Concatenate, ParamSpec, TypeVar, cast

import typer

from index.refusals import without_logins
from index.told import SHOWN

if TYPE_CHECKING:
    from bot.app import App
    from bot.memory.memory import Memory
    from bot.memory.usage_lines import UsageLines
    from bot.settings import Settings
    from index.catalogue import Catalogue
    from index.library import Library
    from index.listing import Listing
    from index.search import Filters

P = ParamSpec("P")
T = TypeVar("T")

FAILED = 1
"""Exit status: done, with failures that were named."""
MISUSED = 2
"""Exit status: wrong use or configuration."""
STOPPED = 130
"""Exit status: stopped with Ctrl-C."""

LOADING = "Starting ..."
OPENING = "Opening the library ..."
FIRST_OPENING = "Making the library and its embedding model ready, for the first time ..."

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]


def read_day(text: str) -> date:
    """The day that an option names, of several the first.

    Raises ``BadParameter``, which says how to write one.
    """
    return _span(text)[0]


def read_last_day(text: str) -> date:
    """As ``read_day``, of several the last: "last week" ends on Sunday."""
    return _span(text)[1]


def _span(text: str) -> tuple[date, date]:
    try:
        day = date.fromisoformat(text)
        return day, day
    except ValueError:
        from bot.answer.question.spans import read_span

        today = date.today()
        if span := read_span(text, today):
            return span[0] or date.min, span[1] or today
        raise typer.BadParameter(f"{text!r} is not a day. Write it as 2026-01-31, or as last week.") from None


Since = Annotated[
    date | None,
    typer.Option(
        parser=read_day, metavar="DAY", help="Only articles of this day or later, such as 2026-01-31 or last week."
    ),
]
Until = Annotated[
    date | None, typer.Option(parser=read_last_day, metavar="DAY", help="Only articles of this day or earlier.")
]
Outlet = Annotated[str | None, typer.Option(metavar="OUTLET", help="Only articles of this outlet.")]


def settings(*, logs: bool = False) -> Settings:
    """The settings in force; what is logged goes to stderr from now on.

    With ``logs``, and where more than warnings is asked for, in the form of a log; else in words for people.
    """
    from bot.settings import load_settings

    loaded = load_settings()
    begin_log(loaded.log_level, words=not logs and loaded.log_level not in ("DEBUG", "INFO"))
    return loaded


def begin_log(level: str, *, words: bool = True) -> None:
    """Log to stderr from now on; in ``words`` for people, without what they are shown anyway."""
    handler = logging.StreamHandler(sys.stderr)
    if words:
        handler.setFormatter(_Words())
        handler.addFilter(_is_ours)
    else:
        handler.setFormatter(_WithoutLogins("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])


class _WithoutLogins(logging.Formatter):
    """What libraries log has the whole addresses of servers in it."""

    def format(self, record: logging.LogRecord) -> str:
        return without_logins(super().format(record))


class _Words(logging.Formatter):
    """One line for people; what a program could make of it stands in a log."""

    def format(self, record: logging.LogRecord) -> str:
        return f"newsdesk: {record.getMessage()}"


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether a record is of Newsdesk itself, and not shown anyway.

    What libraries warn of is not for who only types a command.
    """
    return record.name.partition(".")[0] in ("bot", "index", "prompts") and not hasattr(record, SHOWN)


@contextmanager
def told_meanwhile(text: str) -> Iterator[None]:
    """Show ``text`` on stderr during the block, where somebody watches: what it does may take long."""
    if not sys.stderr.isatty():
        yield
        return
    print(text, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _opening(loaded: Settings) -> str:
    first = not (loaded.home / "models").exists() and loaded.embedding == "e5-small"
    return FIRST_OPENING if first else OPENING


@contextmanager
def whole_app(**changes: object) -> Iterator[App]:
    """Newsdesk, ready to answer, with some settings changed."""
    with _opened_app(settings().model_copy(update=changes)) as app:
        yield app


def _opened_app(loaded: Settings) -> App:
    with told_meanwhile(_opening(loaded)):
        from bot.app import open_app  # takes seconds by itself

        return open_app(loaded)


def on_library(work: Callable[Concatenate[Library, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What ``work``, one of ``bot.operator.work``, gives: done by the process that has the library open, or here.

    A ``tell`` among ``kwargs`` is called with what there is to tell meanwhile.
    """
    loaded = settings()
    if done := _handed_over(loaded, work.__name__, args, kwargs):
        return cast("T", done[0])
    with told_meanwhile(_opening(loaded)):
        from bot.app import open_library  # takes seconds by itself

        library = open_library(loaded)
    with library:
        return work(library, *args, **kwargs)


def on_app(
    work: Callable[Concatenate[App, P], Coroutine[object, object, T]], *args: P.args, **kwargs: P.kwargs
) -> T:
    """As ``on_library``, for work that needs the whole app."""
    loaded = settings()
    if done := _handed_over(loaded, work.__name__, args, kwargs):
        return cast("T", done[0])
    with _opened_app(loaded) as app:
        return asyncio.run(work(app, *args, **kwargs))


def _handed_over(
    loaded: Settings, work: str, args: Sequence[object], kwargs: Mapping[str, object]
) -> tuple[object] | None:
    """What ``work`` gave in the process that has the library open; None if there is no such process."""
    from bot.operator.client import connected, hand_over

    connection = connected(loaded.home)
    if connection is None:
        return None
    tell = cast("Callable[[object], object] | None", kwargs.get("tell"))
    given = {name: value for name, value in kwargs.items() if name != "tell"}
    return (hand_over(connection, work, args, given, tell),)


@contextmanager
def catalogue_only() -> Iterator[Catalogue]:
    """What the registry tells of the library, also while another process has it open."""
    from index.catalogue import open_catalogue

    loaded = settings()
    with open_catalogue(loaded.home, _database_of(loaded)) as catalogue:
        yield catalogue


@contextmanager
def listing_only() -> Iterator[Listing]:
    """What the library lists, also while another process has it open."""
    with _brief():
        loaded = settings()
        if loaded.database_url:
            with catalogue_only() as catalogue:  # knows whose a database is, and loads more for it
                yield catalogue
            return
        from index.listing import open_listing

        with open_listing(loaded.home) as listing:
            yield listing


@contextmanager
def _brief() -> Iterator[None]:
    """No search for garbage, now or when the process ends: what is loaded stays. It saves a third of the time.

    Only for what reads a little and is over.
    """
    gc.disable()
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def usage_only() -> Iterator[UsageLines]:
    """What was used of chat models, without the rest of the memory."""
    with _brief():
        from bot.memory.database import open_remembered
        from bot.memory.usage_lines import UsageLines

        loaded = settings()
        engine = open_remembered(loaded.home, _database_of(loaded))
        try:
            yield UsageLines(engine)
        finally:
            engine.dispose()


@contextmanager
def memory_only() -> Iterator[Memory]:
    """What is remembered, without the library."""
    from bot.app import open_memory

    with closing(open_memory(settings())) as memory:
        yield memory


def _database_of(loaded: Settings) -> str | None:
    return loaded.database_url.get_secret_value() if loaded.database_url else None


def located(source: str) -> str:
    """``source`` as it is found from any folder: another process may be the one that reads it."""
    from pathlib import Path

    from index.article import is_web

    if is_web(source) or "://" in source:
        return source
    try:
        return str(Path(source).expanduser().absolute())
    except (OSError, RuntimeError):  # it is no path, such as ~nobody: who opens it says so
        return source


def filters_of(since: date | None, until: date | None, source: str | None) -> Filters:
    """The filters that the options stand for. Raises ``BadParameter`` if the days are the wrong way round."""
    from index.search import Filters

    if since and until and since > until:
        raise typer.BadParameter(f"{until} is before {since}.", param_hint="--until")
    return Filters(since, until, source)
