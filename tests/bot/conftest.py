"""What the tests of the bot share: the command line in this process, and an app over the real embedding model."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, open_app
from bot.cli import main
from bot.settings import PREFIX, Settings
from index.embedding.e5 import E5Embeddings
from index.embedding.models import build_embeddings
from tests.fakes.openai_server import OpenAIServer, running_openai_server

ARTICLES = Path(__file__).parents[1] / "data" / "articles"


@dataclass(frozen=True)
class Run:
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


Newsdesk = Callable[..., Run]


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but the test's own: neither the environment's, nor those of a .env file."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def newsdesk(
    clean_environment: None,  # noqa: ARG001  # wanted for what it does
    home: Path,
    e5: E5Embeddings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Newsdesk:
    """The ``newsdesk`` command over an empty home; only the loading of the built-in model is shared."""

    def build_once(name: str, **options: Any) -> Any:
        return e5 if name == "e5-small" else build_embeddings(name, **options)

    monkeypatch.setattr("bot.app.build_embeddings", build_once)
    monkeypatch.setenv("NEWSDESK_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | Path) -> Run:
        monkeypatch.setattr(sys, "argv", ["newsdesk", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return Run(int(ended.value.code or 0), written.out, written.err)

    return run


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings over an empty home, and nothing else set."""
    return Settings(_env_file=None, home=home)  # type: ignore[call-arg]  # pydantic-settings adds it


@pytest.fixture
def app(
    clean_environment: None,  # noqa: ARG001  # wanted for what it does
    settings: Settings,
    e5: E5Embeddings,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[App]:
    """An app over an empty library with the real embedding model."""
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
    with open_app(settings) as app:
        yield app


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    """An OpenAI-compatible server on loopback."""
    with running_openai_server() as running:
        yield running
