"""Runs the bot until it is told to stop, and says why it stopped by itself."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress

import discord

from bot.discord.client import build_bot
from bot.discord.connecting import connection
from bot.discord.connecting.connection import BROKEN
from bot.discord.connecting.quiet import quiet_discord
from bot.discord.live.calls import in_words
from bot.settings import Settings
from index.errors import NewsdeskError

log = logging.getLogger(__name__)

_TOKEN_REFUSED = 4004
_INTENTS_REFUSED = (4013, 4014)
_SHARDS_WANTED = 4011


class DiscordError(NewsdeskError):
    """The bot cannot run on Discord; the message says what to do."""


def run_bot(settings: Settings) -> None:
    """Run the bot until SIGINT or SIGTERM.

    Raises ``DiscordError`` if the token is missing or refused or Discord can't be reached at the start, and
    other ``NewsdeskError``s if the store can't be opened.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise DiscordError(connection.NO_TOKEN)
    quiet_discord()
    asyncio.run(_run(settings, token))


def set_by_signals() -> asyncio.Event:
    """What SIGINT or SIGTERM sets, from now on."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: there Ctrl-C raises KeyboardInterrupt
            loop.add_signal_handler(name, stopped.set)
    return stopped


async def _run(settings: Settings, token: str) -> None:
    stopped = set_by_signals()
    async with build_bot(settings) as bot:
        running = asyncio.create_task(bot.start(token))
        waiting = asyncio.create_task(stopped.wait())
        await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if running.done():
            raise _reason(running)
        await bot.close()
        running.cancel()
        await asyncio.wait((running,))


def _reason(running: asyncio.Task[None]) -> NewsdeskError:
    """Why the bot stopped by itself, in words that say what to do."""
    error = running.exception()
    if isinstance(error, NewsdeskError):
        return error
    told = DiscordError(why(error))
    told.__cause__ = error
    return told


def why(error: BaseException | None) -> str:
    """What went wrong with Discord, in words that say what to do."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if isinstance(error, discord.LoginFailure) or code == _TOKEN_REFUSED:
        return connection.BAD_TOKEN
    if code in _INTENTS_REFUSED:
        return connection.NO_INTENTS
    if code == _SHARDS_WANTED:
        return connection.TOO_FEW_SHARDS
    if code is not None:
        return connection.closed(code)
    if isinstance(error, BROKEN):
        return connection.unreachable(in_words(error))
    log.debug("The bot stopped by itself", exc_info=error)
    return connection.stopped_by_a_fault(in_words(error) if error else "closed")
