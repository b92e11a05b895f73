"""``newsdesk doctor --models``."""

from collections.abc import Sequence

import pytest

from tests.behaviours.chat import said
from tests.behaviours.embeddings import WELL
from tests.behaviours.server import page, running_model_server, unless
from tests.bot.conftest import Newsdesk
from tests.fakes.openai_server import OpenAIServer, Reply

pytestmark = pytest.mark.slow


def test_models_are_told_with_what_was_found(
    newsdesk: Newsdesk, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CHAT", "EMBEDDING"):
        monkeypatch.setenv(f"NEWSDESK_{name}_BASE_URL", server.base_url)
    monkeypatch.setenv("NEWSDESK_CHAT_MODEL", "small-1")
    monkeypatch.setenv("NEWSDESK_EMBEDDING", "nomic-embed-text")
    monkeypatch.setenv("NEWSDESK_CHAT_WINDOW", "8192")
    server.script([Reply("yes", refuses="temperature", error="temperature must be 1"), "yes"])
    run = newsdesk("doctor", "--models")
    assert run.status == 0
    assert "chat model small-1\n" in run.out
    assert "left out: temperature" in run.out
    assert "first word after" in run.out
    assert "8,192 tokens" in run.out
    assert "embedding model nomic-embed-text\n" in run.out
    assert "dimension: " in run.out
    assert "batch size: " in run.out
    assert "'search_query: ' before a question" in run.out


def test_models_as_json(newsdesk: Newsdesk, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_CHAT_BASE_URL", server.base_url)
    monkeypatch.setenv("NEWSDESK_CHAT_MODEL", "small-1")
    server.script([Reply(status=401, error="Incorrect API key")])
    run = newsdesk("doctor", "--models", "--json")
    assert run.status == 1
    assert run.json["ok"] is False
    chat, embedding = run.json["models"]
    assert (chat["kind"], chat["name"], chat["ok"]) == ("chat model", "small-1", False)
    assert "NEWSDESK_CHAT_API_KEY" in chat["problem"]
    assert (embedding["kind"], embedding["ok"], embedding["dimension"]) == ("embedding model", True, 384)


def test_models_are_tried_while_the_store_is_in_use(newsdesk: Newsdesk) -> None:
    run = newsdesk("doctor", "--models")
    assert run.status == 0
    assert "answers quote the articles" in run.out
    assert newsdesk("doctor", "--models", "--repair").status == 2


@pytest.mark.parametrize("command", [("doctor",), ("doctor", "--models"), ("doctor", "--models", "--json")])
def test_where_both_models_answer_is_told_without_the_login(
    newsdesk: Newsdesk, monkeypatch: pytest.MonkeyPatch, command: Sequence[str]
) -> None:
    well = unless(lambda one: one.path == "/v1/embeddings", said(), WELL)
    with running_model_server() as model:
        model.behave(unless(lambda one: one.path.startswith("/v1/"), page("404 page not found", 404), well))
        for name in ("CHAT", "EMBEDDING"):
            address = model.root.replace("http://", "http://user:very-secret@")
            monkeypatch.setenv(f"NEWSDESK_{name}_BASE_URL", address)
        monkeypatch.setenv("NEWSDESK_CHAT_MODEL", "small-1")
        monkeypatch.setenv("NEWSDESK_EMBEDDING", "small")
        run = newsdesk(*command)
        if "--json" in command:
            assert [one["address"] for one in run.json["models"]] == [model.base_url] * 2
        else:
            for name in ("CHAT", "EMBEDDING"):
                assert f"answers at {model.base_url}: add /v1 to NEWSDESK_{name}_BASE_URL" in run.out
        assert "very-secret" not in run.out + run.err
