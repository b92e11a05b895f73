"""The demo: index the sample articles, answer three questions, then whatever is typed."""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot.app import App, open_app
from bot.cli.output.library import show_sync
from bot.cli.output.progress import progress
from bot.cli.output.requests import show_request
from bot.cli.output.text import open_console
from bot.operator import work
from bot.settings import Settings
from index.article import SHARED
from index.errors import NewsdeskError
from index.search import Filters

ARTICLES = Path(__file__).parent / "articles"
QUESTIONS = (
    "Who ordered the gates of the Seldrin dam to be opened?",
    "What pay rise does Oresk Chavlik demand for the dockers of Varnohorsk?",
    "What are the unemployment figures in Kestria?",
)
"""One that two sources contradict each other on, one with names spelled differently, one left unanswered."""

_RULE = 100
"""The longest line that is drawn."""

INDEXING = "Indexing the sample articles (invented, like everything in them) ..."
YOUR_TURN = "Your turn: ask about the sample articles. An empty line ends the demo."
NEXT = (
    "Index your own articles with `newsdesk index FOLDER`, ask with `newsdesk ask`, "
    "see the bot in your browser with `newsdesk preview`, or connect Discord: docs/discord.md."
)


def show(settings: Settings) -> None:
    """Run the demo. Raises ``NewsdeskError`` if the sample articles can't be indexed."""
    console = open_console()
    console.print(INDEXING)
    with open_app(settings) as app:
        with progress(quiet=False) as update:
            report = app.library.sync([str(ARTICLES)], SHARED, update)
        show_sync(report)
        for question in QUESTIONS:
            console.print()
            console.print(Rule(question, align="left"), width=min(console.width, _RULE))
            _answer(app, question)
        if sys.stdin.isatty():
            _converse(app, console)
    console.print()
    console.print(NEXT)


def _converse(app: App, console: Console) -> None:
    console.print()
    console.print(YOUR_TURN)
    while True:
        try:
            question = console.input("[bold]? [/bold]")
        except (EOFError, KeyboardInterrupt):
            return
        if not question.strip():
            return
        try:
            _answer(app, question)
        except NewsdeskError as error:
            console.print(Text(str(error), "yellow"))


def _answer(app: App, question: str) -> None:
    show_request(*asyncio.run(work.ask(app, question, Filters(), None, date.today())))
