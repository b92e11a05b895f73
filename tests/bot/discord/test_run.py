"""Starting and stopping: what is said when it can't, and how it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import discord
import pytest
from pydantic import SecretStr

from bot.discord.client import PERMISSIONS, build_bot, invite_url
from bot.discord.connecting import connection
from bot.discord.connecting.running import DiscordError, run_bot
from bot.settings import Settings

GUIDE = Path(__file__).parents[3] / "docs" / "discord.md"


def settings(home: Path, token: str | None) -> Settings:
    secret = SecretStr(token) if token is not None else None
    return Settings(_env_file=None, home=home, discord_token=secret)  # type: ignore[call-arg]  # see Settings


@pytest.fixture
def discord_that_refuses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server on loopback that answers as Discord does to a wrong token."""

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server calls
            body = b'{"message": "401: Unauthorized", "code": 0}'
            self.send_response(401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{server.server_port}/api/v10")
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_the_bot_in_order(tmp_path: Path, name: str) -> None:
    """A process of its own, stopped while it waits for a Discord that takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        program = (
            "import discord; from pydantic import SecretStr; from bot.discord.connecting.running import run_bot;"
            "from bot.settings import Settings;"
            f"discord.http.Route.BASE = 'http://127.0.0.1:{silent.getsockname()[1]}/api/v10';"
            f"run_bot(Settings(_env_file=None, home={str(tmp_path)!r}, discord_token=SecretStr('a.b.c')))"
        )
        process = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True)
        silent.settimeout(300)  # only a process that never gets there takes so long
        connection, _ = silent.accept()
        process.send_signal(getattr(signal, name))
        _, errors = process.communicate()
        connection.close()
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert "never retrieved" not in errors


@pytest.mark.parametrize("token", [None, "", "  "])
def test_without_a_token_the_reason_says_where_to_get_one(tmp_path: Path, token: str | None) -> None:
    with pytest.raises(DiscordError) as raised:
        run_bot(settings(tmp_path, token))
    assert str(raised.value) == connection.NO_TOKEN
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("discord_that_refuses")
def test_a_wrong_token_says_how_to_get_another(tmp_path: Path) -> None:
    with pytest.raises(DiscordError) as raised:
        run_bot(settings(tmp_path, "wrong.token.here"))
    assert str(raised.value) == connection.BAD_TOKEN


def test_discord_out_of_reach_is_tried_again_then_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "FIRST_CONNECT_SECONDS", 1.5)
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1/api/v10")
    with pytest.raises(DiscordError, match="cannot be reached"):
        run_bot(settings(tmp_path, "any.token.here"))


def test_building_the_bot_touches_nothing(tmp_path: Path) -> None:
    bot = build_bot(settings(tmp_path / "home", None))
    assert not (tmp_path / "home").exists()
    assert not bot.intents.message_content
    assert not bot.intents.members
    assert not bot.intents.presences
    assert bot.allowed_mentions is not None
    assert dict(bot.allowed_mentions.to_dict()) == {"parse": []}


def test_the_guide_gives_the_permissions_that_the_bot_asks_for() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert re.findall(r"permissions=(\d+)", guide) == [str(PERMISSIONS.value)]
    assert "scope=bot+applications.commands" in guide
    assert f"permissions={PERMISSIONS.value}" in invite_url(1)
    for command in ("/ask", "/summary", "/reindex", "/help"):
        assert f"`{command}" in guide
