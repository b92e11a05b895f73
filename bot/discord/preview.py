"""The bot in a browser on this machine, over the operator's library: no account, no token, nothing remembered.

SimCord plays Discord. The bot is the real one, but for its memory, which is in a temporary folder.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import discord

from bot.app import App, open_app
from bot.discord.client import NewsdeskBot
from bot.discord.connecting.running import set_by_signals
from bot.discord.jobs.leaving import forget_server
from bot.discord.live.stream import Pace
from bot.memory.memory import Memory
from bot.settings import Settings
from index.errors import ConfigurationError

SERVER = 1
"""The id of the server that is played: smaller than any that Discord gave, so that it is nobody else's."""

NEEDS_SIMCORD = (
    "The preview needs a package that is not installed. Install it with: pip install 'newsdesk[preview]'"
)

_SECONDS_AN_ACTION = 3.0
"""How long the browser waits for all that an action brings about; what comes later is shown as it comes."""
_SECONDS_BETWEEN_LOOKS = 0.2


class PreviewBot(NewsdeskBot):
    """The bot, with a memory in ``folder``; it reads no sources by itself, and takes no operator's commands."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        super().__init__(settings.model_copy(update={"poll_minutes": 0}), Pace(moving=False))
        self._folder = folder

    def open_parts(self) -> App:
        """Open the operator's library, and a memory of its own."""
        app = open_app(self.settings, Memory(self._folder))
        forget_server(app, SERVER)  # left there by one that was killed
        return app

    def take_commands(self) -> None:
        """Nothing: what the operator asks for belongs into the operator's memory."""

    async def close(self) -> None:
        """Take out of the library what was added for the server that was played; see ``NewsdeskBot.close``."""
        if hasattr(self, "app") and not self._ended:
            await asyncio.to_thread(forget_server, self.app, SERVER)
        await super().close()


def run_preview(settings: Settings, port: int | None, tell: Callable[[str], object]) -> None:
    """Show the bot at an address on 127.0.0.1, which ``tell`` is called with, until SIGINT or SIGTERM.

    Raises ``ConfigurationError`` if SimCord is missing or the port is taken, and other ``NewsdeskError``s if the
    library can't be opened.
    """
    simcord = _simcord()
    with TemporaryDirectory(prefix="newsdesk-preview-") as folder:
        asyncio.run(_until_stopped(simcord, PreviewBot(settings, Path(folder)), port, tell))


async def _until_stopped(
    simcord: ModuleType, bot: PreviewBot, port: int | None, tell: Callable[[str], object]
) -> None:
    stopped = set_by_signals()
    async with previewed(simcord, bot, port) as preview:
        tell(preview.url)
        ends = (stopped.wait(), preview.wait_closed(), _follow(preview, simcord.SetupError))
        endings = [asyncio.create_task(one) for one in ends]
        done, running = await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
        for one in running:
            one.cancel()
        await asyncio.wait(endings)
        for one in done:
            one.result()


@asynccontextmanager
async def previewed(simcord: ModuleType, bot: NewsdeskBot, port: int | None = None) -> AsyncIterator[Any]:
    """``bot`` in a server that is played, and greeted by it, with somebody who reads and somebody who manages.

    Raises ``ConfigurationError`` if the port can't be had.
    """
    env = simcord.Env(bot, check_errors=False, settle_timeout=_SECONDS_AN_ACTION)
    env.backend.clock.advance((datetime.now(UTC) - env.now()).total_seconds())  # SimCord's begins long ago
    env.backend.bot_user.name = "Newsdesk"
    await env.start()
    try:
        with env.time_context():
            server = env.create_guild("Riverside Readers", id=SERVER)
            channel = server.create_text_channel("news")
            managers = server.create_role("managers", permissions=discord.Permissions(manage_guild=True))
            reader = server.add_member(env.create_user("reader"))
            manager = server.add_member(env.create_user("manager"), roles=[managers])
            try:
                preview = await env.preview(
                    channel, viewers=[reader, manager], layout="channel", port=port
                ).__aenter__()
            except simcord.SetupError as error:
                raise ConfigurationError(f"Port {port} can't be used. Choose another one.") from error
            bot.dispatch("guild_join", bot.get_guild(SERVER))  # the server had no channel when the bot came
            yield preview
    finally:
        await bot.close()
        await env.shutdown()  # closes the preview, too


async def _follow(preview: Any, not_now: type[Exception]) -> None:
    """Show what the bot does by and by; SimCord looks by itself only after somebody has done something."""
    transcript, shown = preview.env.backend.transcript, 0
    while True:
        if (length := len(transcript)) != shown:
            with suppress(not_now, TimeoutError):  # somebody is doing something; the bot works for longer
                await preview.refresh()
                shown = length
        await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)


def _simcord() -> ModuleType:
    try:
        import linkify_it  # noqa: F401  # of the extra
        import simcord
    except ImportError:
        raise ConfigurationError(NEEDS_SIMCORD) from None
    return simcord
