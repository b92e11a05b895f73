"""A whole answer with the usual variables of other tools set: nobody is asked but whom Newsdesk was set to ask."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_app
from bot.chat.probe import probe_chat
from bot.settings import load_settings
from index.article import SHARED
from tests.behaviours import chat, embeddings
from tests.behaviours.server import ModelServer, running_model_server
from tests.bot.answer.test_desk import QUESTION, write_articles

_OTHERS = {
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_TRACING_V2": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_API_KEY": "lsv2-of-another-program",
    "LANGSMITH_ENDPOINT": "{spy}",
    "LANGCHAIN_ENDPOINT": "{spy}",
    "LANGSMITH_PROJECT": "another-program",
    "OPENAI_API_KEY": "sk-of-another-program",
    "OPENAI_BASE_URL": "{spy}/v1",
    "OPENAI_API_BASE": "{spy}/v1",
    "OPENAI_ORG_ID": "org-of-another-program",
    "OPENAI_PROJECT_ID": "project-of-another-program",
    "ANTHROPIC_API_KEY": "of-another-program",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "{spy}",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "{spy}",
    "HF_ENDPOINT": "{spy}",
}


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The addresses that anything in this process connects to."""
    seen: list[Any] = []
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def noted(self: socket.socket, address: Any) -> None:
        seen.append(address)
        connect(self, address)

    def noted_ex(self: socket.socket, address: Any) -> int:
        seen.append(address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    monkeypatch.setattr(socket.socket, "connect_ex", noted_ex)
    return seen


@pytest.mark.usefixtures("clean_environment")
def test_an_answer_connects_to_what_is_set_and_to_nothing_else(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connections: list[Any]
) -> None:
    with running_model_server() as spy, running_model_server() as writes, running_model_server() as embeds:
        writes.behave(chat.said())
        embeds.behave(embeddings.WELL)
        spy.behave(chat.said())
        for name, value in _OTHERS.items():
            monkeypatch.setenv(name, value.format(spy=spy.root))
        own = {
            "HOME": str(home),
            "CHAT_MODEL": "small",
            "CHAT_BASE_URL": writes.base_url,
            "EMBEDDING": "small",
            "EMBEDDING_BASE_URL": embeds.base_url,
        }
        for name, value in own.items():
            monkeypatch.setenv(f"NEWSDESK_{name}", value)
        asyncio.run(_ask(write_articles(tmp_path / "in")))
        ports = {address[1] for address in connections if isinstance(address, tuple)}
        assert ports <= {writes.port, embeds.port}
        assert spy.requests == []
        assert writes.requests
        assert embeds.requests
        _nobody_elses(writes)
        _nobody_elses(embeds)


def _nobody_elses(server: ModelServer) -> None:
    assert "another-program" not in str([dict(request.headers) for request in server.requests])


async def _ask(articles: Path) -> None:
    with open_app(load_settings(None)) as app:
        app.library.sync([str(articles)], SHARED)
        async for _ in app.desk.ask(QUESTION, [SHARED]):
            pass
    # The gate may keep a question from the model, which is asked all the same.
    assert (await probe_chat(load_settings(None), "small")).problem is None
