"""The server itself: listens, spoils calls as asked, and lets people act."""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
import time
from collections import Counter
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import discord
import pytest
import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket

from tests.fakes.discord_server.faults import Fault, Faults
from tests.fakes.discord_server.gateway import Gateway
from tests.fakes.discord_server.rest import Refusal, Rest
from tests.fakes.discord_server.world import ALICE, BOT, Interaction, Json, Message, World

_API = "/api/v10"
_JSON = {"Content-Type": "application/json"}  # without a charset, as Discord: the client looks for that
APPLICATION = 600


class DiscordServer:
    """A Discord with ``guilds`` servers of so many ``channels`` each."""

    def __init__(self, guilds: int = 1, channels: int = 1) -> None:
        self.world = World(guilds, channels)
        self.faults = Faults()
        self.gateway = Gateway(self.world, APPLICATION)
        self.rest = Rest(self.world, APPLICATION)
        self.calls: Counter[str] = Counter()
        self._runner: web.AppRunner | None = None
        self._late: set[asyncio.Task[None]] = set()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    @property
    def environment(self) -> dict[str, str]:
        """What a process of its own needs to find this server."""
        return {"FAKE_DISCORD": f"127.0.0.1:{self.port}"}

    def redirect(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the clients of this process connect here."""
        monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{self.port}{_API}")
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(self.gateway.url))

    async def __aenter__(self) -> DiscordServer:
        await self.come_back()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for task in self._late:
            task.cancel()
        await self.go_away()

    async def come_back(self) -> None:
        """Listen, again if it was away."""
        self.gateway.url = f"ws://127.0.0.1:{self.port}/gateway"
        app = web.Application(client_max_size=30_000_000)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()

    async def go_away(self) -> None:
        """Take no connection any more, and cut those there are."""
        await self.gateway.reset()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def say(
        self,
        text: str,
        channel_id: int | None = None,
        author: int = ALICE,
        *,
        mention: bool = True,
        times: int = 1,
    ) -> Message:
        """Somebody writes; ``times``: how often the event is sent."""
        channel = self.world.channels[channel_id or self.channel]
        body = {"content": f"<@{BOT}> {text}" if mention and channel.guild_id else text}
        mentions = [BOT] if mention and channel.guild_id else []
        message = self.world.add_message(channel.id, author, body, mentions=mentions)
        payload = self.world.message_payload(message)
        if channel.guild_id:
            payload |= {"guild_id": str(channel.guild_id), "member": self.world.member_payload(author)}
        await self.gateway.dispatch("MESSAGE_CREATE", payload, times)
        return message

    async def slash(
        self, name: str, channel_id: int | None = None, user: int = ALICE, *, times: int = 1, **options: str
    ) -> Interaction:
        """Somebody uses a command; ``name`` may be of two words."""
        first, *rest = name.split()
        given: list[Json] = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        for sub in reversed(rest):
            given = [{"name": sub, "type": 1, "options": given}]
        data: Json = {"id": "900", "name": first, "type": 1, "options": given}
        return await self._act(2, data, channel_id or self.channel, user, None, times)

    async def click(self, message: Message, custom_id: str, user: int = ALICE, *, times: int = 1) -> Interaction:
        """Somebody presses a button."""
        data = {"custom_id": custom_id, "component_type": 2, "id": 1}
        return await self._act(3, data, message.channel_id, user, message.id, times)

    @property
    def channel(self) -> int:
        """The first channel."""
        return next(one.id for one in self.world.channels.values() if one.guild_id is not None)

    async def _act(
        self, type_: int, data: Json, channel_id: int, user: int, message_id: int | None, times: int
    ) -> Interaction:
        interaction = Interaction(
            self.world.snowflake(), secrets.token_urlsafe(24), channel_id, user, data, type_, time.time()
        )
        interaction.message_id = message_id
        self.world.interactions[interaction.id] = interaction
        payload = self.world.interaction_payload(interaction, APPLICATION)
        await self.gateway.dispatch("INTERACTION_CREATE", payload, times)
        return interaction

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0].removeprefix(_API)
        call = f"{request.method} {path}"
        self.calls[request.method] += 1
        read = await request.read()
        body = json.loads(read) if read else {}
        body = {"list": body} if isinstance(body, list) else body
        query = dict(request.query)
        fault = self.faults.next(call)
        if fault is None:
            return self._carried_out(request.method, path, body, query)
        return await self._spoiled(fault, request, path, body, query)

    def _carried_out(self, method: str, path: str, body: Json, query: dict[str, str]) -> web.Response:
        headers, wait = self.rest.limits(method, path)
        if wait is not None:
            told = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
            return _json(told, status=429, headers={**headers, "Via": "1.1 google"})
        try:
            reply = self.rest.carry_out(method, path, body, query)
        except Refusal as refusal:
            return _json(refusal.body, status=refusal.status, headers=headers)
        return _json(reply, headers=headers) if reply is not None else web.Response(status=204)

    async def _spoiled(
        self, fault: Fault, request: web.Request, path: str, body: Json, query: dict[str, str]
    ) -> web.StreamResponse:
        def done() -> web.Response:
            return self._carried_out(request.method, path, body, query)

        match fault.kind:
            case "429":
                told = {"message": "You are being rate limited.", "retry_after": fault.seconds, "global": False}
                return _json(told, status=429, headers={"Via": "1.1 google"})
            case "429 without via":
                return web.Response(status=429, text="error code: 1015", content_type="text/plain")
            case "429 headers":
                wait = {"Retry-After": str(fault.seconds), "X-RateLimit-Scope": "shared"}
                return _json({"message": "slow down"}, status=429, headers=wait)
            case "401" | "403":
                return _json({"message": fault.kind, "code": 50013}, status=int(fault.kind))
            case "html":
                return web.Response(status=502, text="<html>Bad gateway</html>", content_type="text/html")
            case "garbage":
                done()
                return web.Response(body=b"{nonsense", headers=_JSON)
            case "reset before" | "closed before":
                return await _cut(request, abort=fault.kind.startswith("reset"))
            case "reset after" | "closed after":
                done()
                return await _cut(request, abort=fault.kind.startswith("reset"))
            case "truncated":
                return await _dripped(request, done(), 0.0, whole=False)
            case "slow":
                return await _dripped(request, done(), fault.seconds, whole=True)
            case "late":

                async def afterwards() -> None:
                    await asyncio.sleep(fault.seconds)
                    done()

                task = asyncio.create_task(afterwards())
                self._late.add(task)
                task.add_done_callback(self._late.discard)
                return await _cut(request, abort=True)
            case "hang":
                await asyncio.sleep(fault.seconds)
                return await _cut(request, abort=True)
        return _json({"message": fault.kind, "code": 0}, status=int(fault.kind))


def _json(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.Response(body=json.dumps(data).encode(), status=status, headers={**_JSON, **(headers or {})})


async def _cut(request: web.Request, *, abort: bool) -> web.StreamResponse:
    if request.transport:
        if abort:
            request.transport.abort()
        else:
            request.transport.close()
    return web.Response()


async def _dripped(
    request: web.Request, reply: web.Response, seconds: float, *, whole: bool
) -> web.StreamResponse:
    """A body that comes in pieces over so many ``seconds``, or ends in the middle."""
    data: Any = reply.body or b""
    headers = {**reply.headers, "Content-Length": str(len(data))}
    slow = web.StreamResponse(status=reply.status, headers=headers)
    await slow.prepare(request)
    pieces = 10
    size = max(1, len(data) // pieces)
    for start in range(0, len(data) if whole else size, size):
        await slow.write(data[start : start + size])
        await asyncio.sleep(seconds / pieces)
    if not whole and request.transport:
        request.transport.close()
    return slow
