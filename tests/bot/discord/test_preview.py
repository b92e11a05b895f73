"""The bot in a browser on this machine: over the operator's library, with a memory of its own."""

from __future__ import annotations

import asyncio
import builtins
import os
import re
import signal
import socket
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import simcord
from playwright.async_api import async_playwright

import bot.app
from bot.app import open_app, open_library
from bot.discord.preview import NEEDS_SIMCORD, SERVER, PreviewBot, previewed, run_preview
from bot.discord.words import welcome as words
from bot.memory.memory import Memory
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from index.errors import ConfigurationError
from tests.bot.discord.newsroom import write_articles
from tests.bot.discord.seen import components_of, text_of
from tests.chromium import CHROMIUM, FLAGS

pytestmark = pytest.mark.slow

QUESTION = "What did the harbour bridge repairs cost?"


@pytest.fixture
def settings(tmp_path: Path, e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings over a library with three articles, and the built-in model."""
    monkeypatch.setattr(bot.app, "build_embeddings", lambda *_, **__: e5)
    made = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings adds it
        home=tmp_path / "home",
        articles=write_articles(tmp_path / "articles"),
    )
    with open_app(made) as app:
        app.library.sync([str(made.articles)], SHARED)
    return made


async def test_it_is_served_on_this_machine_alone_and_greets(settings: Settings, tmp_path: Path) -> None:
    async with previewed(simcord, PreviewBot(settings, tmp_path)) as preview:
        address, _, secret = preview.url.partition("#")
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert secret
        async with aiohttp.ClientSession() as session, session.get(address) as page:
            assert page.status == 200
        while not preview.channel.last_message:
            await asyncio.sleep(0.05)
        assert words.articles(3, True) in text_of(components_of(preview.channel.last_message))
        assert abs(preview.env.now() - datetime.now(UTC)) < timedelta(hours=1)  # its clock is the machine's


async def test_the_operators_memory_and_library_keep_nothing_of_it(settings: Settings, tmp_path: Path) -> None:
    place, yesterday = f"guild:{SERVER}", datetime.now(UTC).date() - timedelta(days=1)
    async with previewed(simcord, PreviewBot(settings, tmp_path)) as preview:
        reader, manager = preview.viewers
        app = preview.env.bot.app
        preview.env.settle_timeout = 120
        await reader.slash(preview.channel, "ask", question=QUESTION)
        assert app.memory.answers.by_day(place, yesterday)
        await manager.slash(preview.channel, "library add file", file=("zoo.md", b"# Zoo\n\nBruno is four."))
        assert app.library.count([str(SERVER)]) == 1
    with closing(Memory(settings.home)) as memory:
        assert not memory.answers.by_day(place, yesterday)
        assert memory.servers.are([], datetime.now(UTC)) == frozenset()
    assert not (settings.home / "attachments" / str(SERVER)).exists()
    with open_library(settings) as library:
        assert library.count([str(SERVER)]) == 0
        assert library.count([SHARED]) == 3
        assert library.sources.listed([SHARED]) == []  # nobody watches the folder


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian's package is chromium)")
async def test_a_question_is_asked_and_answered_in_the_browser(settings: Settings, tmp_path: Path) -> None:
    async with previewed(simcord, PreviewBot(settings, tmp_path)) as preview, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page()
        await page.goto(preview.url)
        await page.locator("#channel-composer-input").click()
        await page.keyboard.type("/ask")
        await page.keyboard.press("Enter")
        await page.get_by_text("What do you want to know?").wait_for()
        await page.keyboard.type(QUESTION)
        await page.keyboard.press("Enter")
        await page.get_by_text("14 million crowns").first.wait_for(timeout=300_000)
        await browser.close()


def test_it_tells_its_address_and_ends_with_ctrl_c(settings: Settings) -> None:
    told: list[str] = []

    def stop(address: str) -> None:
        told.append(address)
        os.kill(os.getpid(), signal.SIGINT)

    run_preview(settings, None, stop)
    assert [address.partition("#")[0][:17] for address in told] == ["http://127.0.0.1:"]
    with open_library(settings) as library:  # it is free again
        assert library.count([SHARED]) == 3


def test_a_port_that_is_taken_is_told(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigurationError, match=f"Port {taken.getsockname()[1]} can't be used"):
            run_preview(settings, taken.getsockname()[1], print)


def test_without_simcord_the_command_that_installs_it_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *how: Any) -> Any:
        if name == "simcord":
            raise ImportError(name)
        return real(name, *how)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigurationError, match=re.escape("'newsdesk[preview]'")) as told:
        run_preview(settings, None, print)
    assert str(told.value) == NEEDS_SIMCORD
