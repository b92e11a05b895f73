"""Staying connected to Discord's gateway.

In place of ``discord.Client.connect``, which ends with whatever an event that can't be parsed raises, waits up to
17 minutes between tries, none at all after Discord asked it to reconnect, and logs a traceback for each.
"""

from __future__ import annotations

import asyncio
import logging
import random
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot.discord.live.calls import in_words
from bot.discord.shards import Shards

log = logging.getLogger(__name__)

# What whoever starts the bot is told on the command line, which speaks English.
NO_TOKEN = (
    "There is no Discord token. Set NEWSDESK_DISCORD_TOKEN to the bot’s token; docs/discord.md says, step by "
    "step, where to get one."
)
NO_INTENTS = (
    "Discord closed the connection because the bot asks for intents that it was not given (4014). Open "
    "https://discord.com/developers/applications, choose the application, then Bot, switch on “Message Content "
    "Intent”, and start the bot again."
)
BAD_TOKEN = (
    "Discord refuses the token. Open https://discord.com/developers/applications, choose the application, then "
    "Bot, then Reset Token, and set NEWSDESK_DISCORD_TOKEN to the new token."
)

TOO_FEW_SHARDS = (
    "Discord closed the connection because the bot is in more servers than it may serve so (4011). Set "
    "NEWSDESK_SHARD_COUNT to a larger number, one for every 2,500 servers at least, then start the bot again."
)

FIRST_CONNECT_SECONDS = 45.0
"""How long the first connection is tried for, before whoever started the bot is told."""

READ_SECONDS = 10
"""How long Discord may say nothing within a reply; aiohttp's own limit is five minutes for a whole one."""

_HANDSHAKE_SECONDS = 30
_LONGEST_PAUSE = 6.0
_STABLE_SECONDS = 20

BROKEN = (
    OSError,
    aiohttp.ClientError,
    zlib.error,
    discord.HTTPException,
    discord.GatewayNotFound,
    ReconnectWebSocket,
    discord.ConnectionClosed,
)
"""What a connection, or an attempt at one, ends with."""

_ONLY_THE_OPERATOR_CAN_HELP = (4004, 4010, 4011, 4012, 4013, 4014)


async def log_in(client: discord.Client, login: Callable[[], Awaitable[None]]) -> None:
    """Call ``login``, which asks Discord who the bot is, for up to ``FIRST_CONNECT_SECONDS``.

    Raises ``discord.LoginFailure`` if the token is refused, and what the last try did.
    """
    pause, until = Pause(), _now() + FIRST_CONNECT_SECONDS
    while True:
        try:
            async with asyncio.timeout(_HANDSHAKE_SECONDS):
                await login()
            break
        except discord.LoginFailure:
            raise
        except BROKEN as error:
            await client.http.close()
            client.http.connector = discord.utils.MISSING  # the next try makes its own
            await pause.after(error, until)
    _limit_silence(client)


async def stay_connected(client: discord.Client) -> None:
    """Receive Discord's events until ``client`` is closed.

    Raises ``discord.ConnectionClosed`` if Discord refuses the bot for good, and what broke the connection if none
    comes about in ``FIRST_CONNECT_SECONDS``.
    """

    def keep(ws: DiscordWebSocket) -> None:
        client.ws = ws

    await _stay_connected(client, client.shard_id, asyncio.Lock(), FIRST_CONNECT_SECONDS, keep)


async def stay_connected_all(client: discord.AutoShardedClient, shards: Shards) -> None:
    """The same for each of ``shards``, one connecting five seconds after the other, as Discord wants it."""
    client._connection.shard_count, client._connection.shard_ids = shards.count, list(shards.ids)
    # discord.py has no public place for connections that it didn't make; it closes those that it finds here.
    opened: dict[int, _Shard] = client.__dict__["_AutoShardedClient__shards"]
    turn = asyncio.Lock()

    def keep(ws: DiscordWebSocket) -> None:
        assert ws.shard_id is not None
        opened[ws.shard_id] = _Shard(ws)

    patience = FIRST_CONNECT_SECONDS * len(shards.ids)
    first = shards.ids[0]
    await asyncio.gather(
        *(_stay_connected(client, one, turn, patience, keep, initial=one == first) for one in shards.ids)
    )


@dataclass(frozen=True, slots=True)
class _Shard:
    """A connection, as discord.py looks at it."""

    ws: DiscordWebSocket

    async def close(self) -> None:
        await self.ws.close(code=1000)


async def _stay_connected(
    client: discord.Client,
    shard_id: int | None,
    turn: asyncio.Lock,
    patience: float,
    keep: Callable[[DiscordWebSocket], None],
    *,
    initial: bool = True,
) -> None:
    """One connection, made in ``turn``, and each time given to ``keep``. ``initial``: none was made before it."""
    pause, until = Pause(), _now() + patience
    how: dict[str, Any] = {"initial": initial, "shard_id": shard_id}
    ws: DiscordWebSocket | None = None
    while not client.is_closed():
        try:
            async with turn:
                ws = await asyncio.wait_for(DiscordWebSocket.from_client(client, **how), _HANDSHAKE_SECONDS)
            keep(ws)
            how["initial"], until = False, float("inf")
            pause.connected()
            await _listen(ws)
        except BROKEN as error:
            client.dispatch("disconnect")
            if client.is_closed():
                return
            if isinstance(error, discord.ConnectionClosed) and error.code in _ONLY_THE_OPERATOR_CAN_HELP:
                raise
            how |= _resuming(ws, error)
            await pause.after(error, until)


async def _listen(ws: DiscordWebSocket) -> None:
    """Handle events until the connection breaks; one that can't be parsed is left out."""
    while True:
        try:
            await ws.poll_event()
        except BROKEN:
            raise
        except Exception as error:
            log.warning("An event from Discord can't be read and is left out: %s", in_words(error))


def _resuming(ws: DiscordWebSocket | None, error: BaseException) -> dict[str, Any]:
    """How to connect the next time: going on with the session, unless Discord has ended it."""
    ended = isinstance(error, ReconnectWebSocket) and not error.resume
    if ws is None or ws.session_id is None or ended:
        return {"resume": False, "session": None, "sequence": None, "gateway": None}
    return {"resume": True, "session": ws.session_id, "sequence": ws.sequence, "gateway": ws.gateway}


class Pause:
    """How long to wait before connecting again; one line in the log for each time that the connection is lost."""

    def __init__(self) -> None:
        self._seconds = 0.5
        self._told = False
        self._since = 0.0

    def connected(self) -> None:
        """A connection came about."""
        if self._told:
            log.info("Connected to Discord again.")
        self._told, self._since = False, _now()

    async def after(self, error: BaseException, until: float) -> None:
        """Wait, longer the more often it is needed; raises ``error`` if that would be beyond ``until``."""
        if self._since and _now() - self._since > _STABLE_SECONDS:
            self._seconds = 0.5
        wait = self._seconds * random.uniform(0.7, 1.0)
        if _now() + wait > until:
            raise error
        asked_to = isinstance(error, ReconnectWebSocket)  # an everyday thing
        level = logging.INFO if self._told or asked_to else logging.WARNING
        log.log(level, "No connection to Discord; trying again until there is one: %s", in_words(error))
        self._told = self._told or not asked_to
        self._seconds, self._since = min(2 * self._seconds, _LONGEST_PAUSE), 0.0
        await asyncio.sleep(wait)


def _limit_silence(client: discord.Client) -> None:
    """Have calls fail when Discord falls silent in the middle of one. discord.py has no setting for that."""
    session = getattr(client.http, "_HTTPClient__session", None)
    if isinstance(session, aiohttp.ClientSession):
        session._timeout = aiohttp.ClientTimeout(total=None, sock_connect=READ_SECONDS, sock_read=READ_SECONDS)


def _now() -> float:
    return asyncio.get_running_loop().time()


def closed(code: int | None) -> str:
    return (
        f"Discord closed the connection and takes no other (code {code}; "
        "https://docs.discord.com/developers/topics/opcodes-and-status-codes says what it means). Install the "
        "newest version of Newsdesk, then start the bot again."
    )


def stopped_by_a_fault(reason: str) -> str:
    return (
        f"The bot stopped because of a fault of its own ({reason}). Start it again; with NEWSDESK_LOG_LEVEL=DEBUG "
        "the log says more."
    )


def unreachable(reason: str) -> str:
    return f"Discord cannot be reached ({reason}). Check this machine’s connection, then start the bot again."
