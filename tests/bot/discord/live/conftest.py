"""The real bot, connected to the Discord of these tests over the network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

import bot.app
from bot.app import open_app
from bot.discord.client import NewsdeskBot, build_bot
from bot.discord.live.stream import Pace
from bot.settings import Settings
from index.article import SHARED
from tests.bot.discord.newsroom import UNFINISHED, write_articles
from tests.fakes.discord_server import DiscordServer, Interaction
from tests.fakes.discord_server.world import Message

QUESTION = "When did the harbour bridge reopen to lorries?"
RIGHT = "reopened to lorries on Friday"

_LONG = 120.0
"""Seconds after which something will never happen."""


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordServer]:
    """Discord, for the clients of this process."""
    async with DiscordServer(channels=4) as running:
        running.redirect(monkeypatch)
        yield running


@pytest.fixture
def settings(tmp_path: Path, embeddings: Embeddings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings over an indexed home."""
    monkeypatch.setattr(bot.app, "build_embeddings", lambda *_, **__: embeddings)
    made = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings adds it
        home=tmp_path / "home",
        discord_token=SecretStr("a.b.c"),
        poll_minutes=0,
    )
    with open_app(made) as app:
        assert app.library.sync([str(write_articles(tmp_path / "articles"))], SHARED).added == 3
    return made


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[NewsdeskBot]:
    """The bot, from its being ready to its having ended."""
    client = build_bot(settings, Pace(0.05, moving=False))
    running = asyncio.create_task(client.start("a.b.c"))
    try:
        await until(lambda: client.is_ready() or running.done())
        if running.done():
            await running
        yield client
    finally:
        await client.close()
        await asyncio.wait([running])


async def until(condition: Callable[[], object]) -> None:
    """Wait for ``condition``; fails only when it never comes."""
    for _ in range(int(_LONG / 0.02)):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


def final(message: Message) -> bool:
    """Whether nothing more is promised there."""
    return bool(message.text) and not message.thinking and not any(one in message.text for one in UNFINISHED)


def finals(server: DiscordServer, asked: Message | Interaction) -> list[str]:
    """The final texts that answer a message or a command."""
    return [one.text for one in server.world.answers_to(asked) if final(one)]


async def answered(server: DiscordServer, asked: Message | Interaction) -> str:
    """The one final text, once it is there; fails if there are several."""
    await until(lambda: finals(server, asked))
    await asyncio.sleep(0.3)
    [text] = finals(server, asked)
    return text
