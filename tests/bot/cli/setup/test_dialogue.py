"""The questions, with models and Discord behind real HTTP on loopback."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import discord
import pytest
from rich.console import Console

from bot.cli.setup.dialogue import Dialogue
from bot.cli.setup.env_file import EnvFile
from index.embedding.e5 import E5Embeddings
from index.errors import ConfigurationError
from tests.behaviours.chat import said
from tests.behaviours.server import document, page, refusal, running_model_server, unless
from tests.bot.conftest import Newsdesk
from tests.fakes.openai_server import OpenAIServer, Reply

pytestmark = pytest.mark.slow

TOKEN = "right.token.here"


@pytest.fixture
def discord_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server on loopback that knows one token."""

    class Rest(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server calls
            right = self.headers["Authorization"] == f"Bot {TOKEN}"
            user = b'{"id": "7", "username": "desk", "discriminator": "0", "avatar": null, "bot": true}'
            application = (
                b'{"id": "42", "name": "desk", "description": "", "icon": null, "verify_key": "", "flags": 0,'
                b' "bot_public": true, "bot_require_code_grant": false, "summary": "", "owner": '
                + user
                + b', "team": null}'
            )
            body = (user if "users" in self.path else application) if right else b'{"message": "401", "code": 0}'
            self.send_response(200 if right else 401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Rest)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{server.server_port}/api/v10")
    yield
    server.shutdown()
    server.server_close()


class Talk:
    """Runs the dialogue with answers from a list; a missing one is Ctrl-C."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.asked: list[tuple[str, bool]] = []
        self._out = io.StringIO()

    def __call__(self, *answers: str) -> bool:
        left = iter(answers)

        def ask(question: str, secret: bool) -> str:
            self.asked.append((question, secret))
            answer = next(left, None)
            if answer is None:
                raise KeyboardInterrupt
            return answer

        return Dialogue(EnvFile(self.path), Console(file=self._out, width=200), ask).run()

    @property
    def said(self) -> str:
        return self._out.getvalue()


@pytest.fixture
def talk(
    tmp_path: Path,
    clean_environment: None,  # noqa: ARG001  # wanted for what it does
    e5: E5Embeddings,
    monkeypatch: pytest.MonkeyPatch,
) -> Talk:
    from index.embedding.models import build_embeddings

    monkeypatch.setattr(
        "bot.app.build_embeddings",
        lambda name, **rest: e5 if name == "e5-small" else build_embeddings(name, **rest),
    )
    return Talk(tmp_path / ".env")


@pytest.mark.usefixtures("discord_server")
def test_everything_is_tried_and_written(talk: Talk, server: OpenAIServer) -> None:
    server.script(["yes"])
    chat = ("small-1", server.base_url, "sk-secret")
    assert talk(*chat, "embed-1", server.base_url, "", TOKEN)
    assert talk.path.read_text() == (
        f"NEWSDESK_CHAT_MODEL=small-1\nNEWSDESK_CHAT_BASE_URL={server.base_url}\nNEWSDESK_CHAT_API_KEY=sk-secret\n"
        f"NEWSDESK_EMBEDDING=embed-1\nNEWSDESK_EMBEDDING_BASE_URL={server.base_url}\n"
        f"NEWSDESK_DISCORD_TOKEN={TOKEN}\n"
    )
    assert "first word after" in talk.said
    assert "dimension: " in talk.said
    assert "This is desk" in talk.said
    assert "client_id=42" in talk.said
    assert "secret" not in talk.said
    assert [question for question, secret in talk.asked if secret and "Key" not in question] == ["Token [none]: "]


def test_enter_keeps_what_stands_there(talk: Talk) -> None:
    before = "OTHER=1\nNEWSDESK_LOG_LEVEL=ERROR\n"
    talk.path.write_text(before)
    assert talk("", "", "")
    assert talk.path.read_text() == before
    assert "answers quote the articles" in talk.said
    assert "dimension: 384" in talk.said
    assert len(talk.asked) == 3


def test_what_fails_is_asked_again_or_kept(talk: Talk, server: OpenAIServer) -> None:
    server.script([Reply(status=401, error="Incorrect API key"), "yes"])
    with pytest.raises(KeyboardInterrupt):
        talk("small-1", server.base_url, "wrong", "y", "", "", "right")
    assert EnvFile(talk.path).values()["NEWSDESK_CHAT_API_KEY"] == "right"
    assert "NEWSDESK_CHAT_API_KEY" in talk.said  # the reason names the setting
    assert "[small-1]" in talk.asked[4][0]
    assert "as it is" in talk.asked[6][0]
    assert "Stopped" in talk.said
    server.script([Reply(status=401, error="Incorrect API key")])
    assert not talk("", "", "wrong", "n", "", "-")
    assert EnvFile(talk.path).values()["NEWSDESK_CHAT_API_KEY"] == "wrong"


@pytest.mark.usefixtures("discord_server")
def test_a_token_that_discord_refuses(talk: Talk) -> None:
    assert not talk("", "", "wrong.token.here", "n")
    assert "Discord refuses the token" in talk.said


def test_what_no_command_could_run_with_is_not_written(talk: Talk) -> None:
    with pytest.raises(KeyboardInterrupt):
        talk("small-1", "no address", "")
    assert not talk.path.exists()
    assert "http://127.0.0.1:11434/v1" in talk.said
    assert "Nothing was written" in talk.said


def test_a_line_that_is_wrong_already_is_named(talk: Talk) -> None:
    talk.path.write_text("NEWSDESK_POLL_MINUTES=often\n")
    with pytest.raises(ConfigurationError, match="NEWSDESK_POLL_MINUTES"):
        talk()


def test_the_environment_wins_and_that_is_told(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_CHAT_MODEL", "openai:other")
    assert talk("", "", "")
    assert "NEWSDESK_CHAT_MODEL in the environment wins" in talk.said


def test_without_a_terminal_it_says_what_to_do(newsdesk: Newsdesk) -> None:
    run = newsdesk("setup")
    assert run.status == 2
    assert ".env.example" in run.err
    assert "NEWSDESK_CHAT_MODEL" in run.err
    assert run.out == ""


def test_an_address_without_v1_is_tried_with_it_and_written_so(talk: Talk) -> None:
    with running_model_server() as model:
        model.behave(
            unless(lambda one: one.path.startswith("/v1/"), document({"detail": "Not Found"}, 404), said())
        )
        assert talk("small-1", model.root, "", "", "")
        assert talk.path.read_text() == f"NEWSDESK_CHAT_MODEL=small-1\nNEWSDESK_CHAT_BASE_URL={model.base_url}\n"
        assert f"answers at {model.base_url}" in talk.said


def test_the_missing_v1_is_found_where_the_model_is_missing_too(talk: Talk) -> None:
    with running_model_server() as model:
        nowhere = page("404 page not found", 404, "text/plain")
        unknown = refusal(404, 'model "qwen2.5" not found, try pulling it first')
        known = unless(lambda one: one.body["model"] == "small-1", unknown, said())
        model.behave(unless(lambda one: one.path.startswith("/v1/"), nowhere, known))
        assert talk("qwen2.5", model.root, "", "", "small-1", "", "", "", "")
        assert "is not known to its server" in talk.said
        assert "Check NEWSDESK_CHAT_MODEL" in talk.said, "whoever sets it up is the operator"
        assert talk.path.read_text() == f"NEWSDESK_CHAT_MODEL=small-1\nNEWSDESK_CHAT_BASE_URL={model.base_url}\n"


def test_a_login_in_an_address_is_written_and_shown_nowhere(talk: Talk) -> None:
    with running_model_server() as model:
        nowhere, login = page("404 page not found", 404, "text/plain"), "http://user:very-secret@"
        refused = refusal(404, 'model "other" not found')
        known = unless(lambda one: one.body["model"] == "small-1", refused, said())
        model.behave(unless(lambda one: one.path.startswith("/v1/"), nowhere, known))
        assert talk("other", model.root.replace("http://", login), "", "", "small-1", "", "", "", "")
        assert f"_BASE_URL={model.base_url.replace('http://', login)}\n" in talk.path.read_text()
        assert f"[{model.base_url}]" in str(talk.asked)
        assert "very-secret" not in talk.said + str(talk.asked)
