"""No fixed words outside of the catalogues: whatever people read in Discord is a phrase."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.discord.client import ITEMS
from bot.discord.readers import Personal

ROOT = Path(__file__).parents[4] / "bot" / "discord"
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))

NOT_FOR_DISCORD = {
    "connecting/connection.py": "what whoever starts the bot is told on the command line",
    "shards.py": "the same",
    "client.py": "what the log calls a command without a name",
    "preview.py": "the same",
    "connecting/quiet.py": "what the log leaves out",
}
SHOWN = {"label", "title", "placeholder", "description", "content"}
"""Arguments of Discord's components that people read, in however few letters."""

SAID_ELSEWHERE = {"Phrase", "Plural", "AssertionError", "explain"}
"""Calls whose words are translated, or go into the log."""

KEYS = {"timezone of channel "}
"""Of the memory."""

WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]|[^\W\d_] [^\W\d_]{2,}")


def fixed_words(module: str) -> Iterator[str]:
    """Texts of a module that have words in them, without its comments, its log and what is translated."""
    yield from _fixed(ast.parse((ROOT / module).read_text("utf-8")))


def _fixed(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # documentation
        return
    if isinstance(node, ast.Call) and _is_said_elsewhere(node.func):
        return
    if isinstance(node, ast.keyword) and node.arg in SHOWN and isinstance(node.value, ast.Constant):
        yield str(node.value.value)
        return
    if isinstance(node, ast.keyword) and node.arg == "template":  # of a custom id
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORDS.search(node.value):
        yield node.value
    for inner in ast.iter_child_nodes(node):
        yield from _fixed(inner)


def _is_said_elsewhere(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        logs = isinstance(called.value, ast.Name) and called.value.id == "log"
        return logs or called.attr in SAID_ELSEWHERE
    return isinstance(called, ast.Name) and called.id in SAID_ELSEWHERE


def test_fixed_words_are_found() -> None:
    found = _fixed(
        ast.parse('"""Told."""\nlog.info("not seen")\nButton(label="Stop")\nnotice(f"{n} more of them")')
    )
    assert list(found) == ["Stop", " more of them"]


@pytest.mark.parametrize("module", [module for module in MODULES if module not in NOT_FOR_DISCORD])
def test_no_words_are_fixed_outside_of_the_catalogues(module: str) -> None:
    assert set(fixed_words(module)) - KEYS == set()


def test_every_button_and_menu_speaks_the_language_of_whoever_uses_it() -> None:
    assert [item.__name__ for item in ITEMS if not issubclass(item, Personal)] == []
