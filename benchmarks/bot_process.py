"""The real bot in a process of its own, connected to the Discord of the tests (``tests.fakes.discord_server``)."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.discord_server import DiscordServer


@dataclass
class BotProcess:
    """The bot over the library in ``home``, with some settings."""

    server: DiscordServer
    home: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    log: Path = field(init=False)
    process: asyncio.subprocess.Process | None = None

    def __post_init__(self) -> None:
        self.log = self.home / "bot.log"

    async def start(self) -> None:
        """Start it, and wait until it is connected."""
        environment = os.environ | self.server.environment | _at(self.home)
        environment |= {"NEWSDESK_DISCORD_TOKEN": "a.b.c", "NEWSDESK_LOG_LEVEL": "INFO", **self.settings}
        before = self.server.gateway.identified
        with self.log.open("ab") as log:
            command = (sys.executable, "-m", "tests.fakes.discord_server.run")
            self.process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=log)
        while self.server.gateway.identified == before:
            assert self.process.returncode is None, self.log.read_text()[-2000:]
            await asyncio.sleep(0.05)

    async def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it, and wait until it has; its exit status."""
        assert self.process
        self.process.send_signal(how)
        return await self.process.wait()

    async def until(self, condition: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until ``condition`` holds, or so many seconds are over."""
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            await asyncio.sleep(0.02)


async def index_into(home: Path, articles: Path) -> None:
    """Index ``articles`` into the library in ``home``."""
    command = (sys.executable, "-m", "bot.cli", "index", str(articles))
    await (await asyncio.create_subprocess_exec(*command, env=os.environ | _at(home))).wait()


def _at(home: Path) -> dict[str, str]:
    return {"NEWSDESK_HOME": str(home / "home")}
