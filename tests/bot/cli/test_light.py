"""Commands that need no model load none, and can be used while another process has the store open."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import open_library
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from tests.bot.conftest import ARTICLES, Newsdesk

HEAVY = {
    "alembic",
    "bot.answer.answer",
    "bot.app",
    "chromadb",
    "discord",
    "langchain",
    "langchain_core",
    "numpy",
    "onnxruntime",
    "openai",
    "tantivy",
}
RUN = """
import json, sys
from bot.cli import main
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""

COMMANDS = [["articles"], ["history"], ["usage"], ["sources", "list"]]


def loaded_by(home: Path, *arguments: str) -> set[str]:
    """The modules that a command loads in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDESK_")}
    run = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        env=kept | {"NEWSDESK_HOME": str(home)},
        cwd=home.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(run.stderr.splitlines()[-1]))


def test_help_loads_no_settings_and_no_database(home: Path) -> None:
    assert not loaded_by(home, "--help") & (HEAVY | {"pydantic", "sqlalchemy"})


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_needs_the_registry_alone_loads_nothing_heavy(home: Path, command: list[str]) -> None:
    loaded_by(home, *command)  # the first makes the tables, which takes alembic
    loaded = loaded_by(home, *command)
    assert "sqlalchemy" in loaded
    assert not loaded & HEAVY
    assert ("sqlalchemy.orm" in loaded) == (command == ["sources", "list"])


@pytest.mark.slow
def test_the_registry_can_be_read_while_the_store_is_in_use(
    newsdesk: Newsdesk, settings: Settings, e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
    with open_library(settings) as library:
        library.sync([str(ARTICLES)], SHARED)
        assert len(newsdesk("articles", "--json").json["articles"]) == 1
        assert len(newsdesk("history", "--json").json["runs"]) == 1
        (source,) = newsdesk("sources", "list", "--json").json["sources"]
        assert len(newsdesk("history", source["location"], "--json").json["runs"]) == 1
        assert newsdesk("usage", "--json").status == 0
        assert newsdesk("search", "bridge").status == 2
