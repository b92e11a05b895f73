"""What the commands have in common. Each imports what it needs when it runs, so that ``--help`` is instant."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.app import App
    from bot.memory.memory import Memory
    from bot.settings import Settings
    from index.library import Library
    from index.search import Filters

FAILED = 1
"""Exit status: done, with failures that were named."""
MISUSED = 2
"""Exit status: wrong use or configuration."""
STOPPED = 130
"""Exit status: stopped with Ctrl-C."""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Only articles of this day or later, such as 2026-01-31."),
]
Until = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only articles of this day or earlier.")
]
Outlet = Annotated[str | None, typer.Option(help="Only articles of this outlet.")]


def settings() -> Settings:
    """The settings in force; logs go to stderr from now on."""
    from bot.settings import load_settings

    loaded = load_settings()
    logging.basicConfig(level=loaded.log_level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    return loaded


@contextmanager
def whole_app(**changes: object) -> Iterator[App]:
    """Newsdesk, ready to answer, with some settings changed."""
    from bot.app import open_app

    with open_app(settings().model_copy(update=changes)) as app:
        yield app


@contextmanager
def library_only() -> Iterator[Library]:
    """The library, without what answers from it."""
    from bot.app import open_library

    with open_library(settings()) as library:
        yield library


@contextmanager
def memory_only() -> Iterator[Memory]:
    """What is remembered, without the library."""
    from bot.app import open_memory

    with closing(open_memory(settings())) as memory:
        yield memory


def filters_of(since: datetime | None, until: datetime | None, source: str | None) -> Filters:
    """The filters that the options stand for. Raises ``BadParameter`` if the days are the wrong way round."""
    from index.search import Filters

    if since and until and since > until:
        raise typer.BadParameter(f"{until.date()} is before {since.date()}.", param_hint="--until")
    return Filters(since.date() if since else None, until.date() if until else None, source)
