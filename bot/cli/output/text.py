"""What everything that is printed has in common: the console, articles on a line, lines that stand indented."""

from __future__ import annotations

import os
import re

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.spelled import byline
from index.address import VERSION
from index.article import ArticleRef
from index.refusals import shown_address

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


_NO_WRAP = 100_000
"""The width of what is no terminal: a program that reads lines wants them whole."""

_WITHOUT_LINKS = {"TERM": ("dumb", "linux"), "TERM_PROGRAM": ("Apple_Terminal",)}
"""Terminals that don't open links in their text, by the variables that tell."""


def open_console() -> Console:
    """Standard output; numbers and words are coloured only where the code says so.

    What is read by a program instead of a person is neither wrapped nor coloured.
    """
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_NO_WRAP, no_color=True, force_terminal=False)
    return console


def opens_links(console: Console) -> bool:
    """Whether a text on the terminal can be a link itself (OSC 8)."""
    known = any(os.environ.get(name) in values for name, values in _WITHOUT_LINKS.items())
    return console.is_terminal and console.color_system is not None and not known


def linked(text: Text, address: str) -> Text:
    """``text`` as a link to ``address``."""
    text.stylize(Style(link=address))
    return text


def printable(text: str) -> str:
    """``text`` without control characters: file names and what servers say may hold some that a terminal obeys."""
    return _CONTROL.sub("", text)


def answering_at(address: str, setting: str) -> str:
    """That a model's server answers at ``address``, unlike what ``setting`` says."""
    return f"it answers at {shown_address(address)}: add {VERSION} to {setting}"


def article_line(ref: ArticleRef) -> Text:
    """The title of an article, with its outlet and its day."""
    said = printable(byline(ref))
    return Text(printable(ref.title or ref.id)).append(f" ({said})" if said else "", "dim not bold")


def print_beside(console: Console, lead: Text | str, body: Text) -> None:
    """Print ``body`` beside ``lead``: its second and further lines begin below the first one's beginning."""
    lead = Text(lead) if isinstance(lead, str) else lead
    for number, line in enumerate(body.wrap(console, max(console.width - lead.cell_len, 1))):
        whole = Text.assemble(" " * lead.cell_len if number else lead, line)
        whole.rstrip()
        console.print(whole)
