"""What the commands have in common."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.app import App
    from bot.memory.memory import Memory
    from bot.settings import Settings
    from index.library import Library

FAILED = 1
"""Exit status: done, with failures that were named."""
MISUSED = 2
"""Exit status: wrong use or configuration."""
STOPPED = 130
"""Exit status: stopped with Ctrl-C."""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]


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
