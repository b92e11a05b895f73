import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app import open_library
from bot.cli.doctor import Check, examine
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from index.store.sql.sources import Outcome
from tests.bot.conftest import ARTICLES
from tests.fakes.openai_server import OpenAIServer, Reply

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("one_model")]


@pytest.fixture
def one_model(e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch, clean_environment: None) -> None:  # noqa: ARG001
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)


def found(settings: Settings, **changes: Any) -> dict[str, Check]:
    """What the doctor finds, by name."""
    return {check.name: check for check in examine(settings.model_copy(update=changes))}


def test_a_new_home_is_sound_but_empty(settings: Settings) -> None:
    checks = found(settings)
    assert {name for name, check in checks.items() if not check.ok} == {"articles"}
    assert "newsdesk index" in checks["articles"].says
    assert "answers quote the articles" in checks["chat model"].says
    assert "NEWSDESK_DISCORD_TOKEN" in checks["discord"].says


def test_an_indexed_home_is_sound(settings: Settings) -> None:
    with open_library(settings) as library:
        library.sync([str(ARTICLES)], SHARED)
    checks = found(settings, discord_token=SecretStr("very-secret"))
    assert all(check.ok for check in checks.values())
    assert checks["articles"].says.endswith("holds 1 article.")
    assert "very-secret" not in str(checks)


def test_a_source_that_fails_for_days_is_named(settings: Settings, tmp_path: Path) -> None:
    days_ago = datetime.now(UTC) - timedelta(days=4)
    with open_library(settings) as library:
        library.sync([str(ARTICLES)], SHARED)
        source = library.add_source(SHARED, str(tmp_path / "nowhere"), interval=timedelta(hours=1))
        library.poll(source)
    assert "source" not in found(settings)
    with open_library(settings) as library:
        library.sources.record(source.pk, Outcome(), days_ago)
        library.sources.record(source.pk, Outcome("There is no such folder."), days_ago)
        library.poll(source)
    check = found(settings)["source"]
    assert not check.ok
    assert f"nowhere has been failing since {days_ago:%Y-%m-%d}: There is no such file or folder" in check.says


def test_a_store_in_use_is_said_to_be(settings: Settings) -> None:
    with open_library(settings):
        check = found(settings)["store"]
    assert not check.ok
    assert "Another Newsdesk process" in check.says


def test_a_store_made_with_another_model_is_said_to_be(settings: Settings) -> None:
    open_library(settings).close()
    check = found(settings, embedding="openai:text-embedding-3-small")["store"]
    assert not check.ok
    assert "NEWSDESK_EMBEDDING=e5-small" in check.says


def test_a_home_that_cannot_be_made_is_said_to_be(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    check = found(settings, home=tmp_path / "file" / "home")["store"]
    assert not check.ok
    assert "NEWSDESK_HOME" in check.says


def test_a_chat_model_that_answers(settings: Settings, server: OpenAIServer) -> None:
    server.script(["yes"])
    check = found(settings, chat_model="small-1", chat_base_url=server.base_url)["chat model"]
    assert check.ok
    assert "small-1" in check.says
    assert len(server.requests) == 1


def test_a_wrong_key(settings: Settings, server: OpenAIServer) -> None:
    server.script([Reply(status=401, error="Incorrect API key: very-secret")])
    key = SecretStr("very-secret")
    check = found(settings, chat_model="small-1", chat_base_url=server.base_url, chat_api_key=key)["chat model"]
    assert not check.ok
    assert "NEWSDESK_CHAT_API_KEY" in check.says
    assert "very-secret" not in check.says


def test_a_server_that_is_not_there(settings: Settings) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    check = found(settings, chat_model="small-1", chat_base_url=address)["chat model"]
    assert not check.ok
    assert "NEWSDESK_CHAT_BASE_URL" in check.says


def test_a_server_that_does_not_answer(settings: Settings, server: OpenAIServer) -> None:
    server.script([Reply("yes", delay=5)])
    chat = {"chat_model": "small-1", "chat_base_url": server.base_url, "chat_first_word_seconds": 0.2}
    check = found(settings, **chat)["chat model"]
    assert not check.ok
    assert "in time" in check.says


def test_a_provider_that_is_none(settings: Settings) -> None:
    check = found(settings, chat_model="nosuchprovider:model")["chat model"]
    assert not check.ok
    assert "NEWSDESK_CHAT_MODEL" in check.says


def test_every_model_that_is_set_is_asked(settings: Settings, server: OpenAIServer) -> None:
    server.script(["yes", Reply(status=404, error="no such model")])
    models = {"chat_model": "small-1", "rewrite_model": "small-1", "rerank_model": "judge-1"}
    changed = settings.model_copy(update={**models, "chat_base_url": server.base_url})
    answers, ranks = (check for check in examine(changed) if check.name == "chat model")
    assert answers.ok
    assert "small-1" in answers.says
    assert not ranks.ok
    assert "judge-1" in ranks.says
