"""The gateway: sessions, heartbeats, events, resuming."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord_server.world import BOT, Json, World

_DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME, _RECONNECT, _INVALID, _HELLO, _ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass
class Session:
    """``shard``: its number, and how many there are, if it was opened with them."""

    id: str
    shard: tuple[int, int] | None = None
    events: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None

    def hears_of(self, guild_id: int | None) -> bool:
        """Whether it is told of what happens in a server, or in direct messages."""
        if self.shard is None:
            return True
        number, count = self.shard
        return ((guild_id or 0) >> 22) % count == number


class Gateway:
    """``refuses_with``: a close code that every identification gets. ``silent``: heartbeats get no answer."""

    def __init__(self, world: World, application: int) -> None:
        self._world, self._application = world, application
        self.sessions: dict[str, Session] = {}
        self.url = ""
        self.heartbeat_seconds = 30.0
        self.refuses_with: int | None = None
        self.refused_connections = 0
        self.silent = False
        self.identified = 0
        self.resumed = 0

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if self.refused_connections > 0:
            self.refused_connections -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse(heartbeat=None)
        await socket.prepare(request)
        await _send(socket, _HELLO, {"heartbeat_interval": int(self.heartbeat_seconds * 1000)})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            told = json.loads(message.data)
            if told["op"] == _HEARTBEAT and not self.silent:
                await _send(socket, _ACK, None)
            elif told["op"] == _IDENTIFY:
                await self._identify(socket, told["d"].get("shard"))
            elif told["op"] == _RESUME:
                await self._resume(socket, told["d"])
        for session in self.sessions.values():
            if session.socket is socket:
                session.socket = None
        return socket

    @property
    def connected(self) -> bool:
        return any(session.socket and not session.socket.closed for session in self.sessions.values())

    async def dispatch(self, event: str, data: Any, times: int = 1) -> None:
        """Tell every session whose shard it is, those that can be resumed included."""
        guild_id = int(data["guild_id"]) if data.get("guild_id") else None
        for session in self.sessions.values():
            for _ in range(times if session.hears_of(guild_id) else 0):
                await self._tell(session, event, data)

    async def send_raw(self, text: str) -> None:
        """Something that isn't an event."""
        for session in self.sessions.values():
            if session.socket:
                await session.socket.send_str(text)

    async def disconnect(self, code: int = 4000) -> None:
        """Close every connection; with a code that allows it, the client resumes."""
        for session in list(self.sessions.values()):
            if session.socket:
                await session.socket.close(code=code)

    async def reset(self) -> None:
        """Cut every connection without a word."""
        for session in list(self.sessions.values()):
            if session.socket and (transport := session.socket._req and session.socket._req.transport):
                transport.abort()

    async def ask_to_reconnect(self) -> None:
        for session in list(self.sessions.values()):
            if session.socket:
                await _send(session.socket, _RECONNECT, None)

    async def invalidate(self) -> None:
        """End every session for good; what happens before the client identifies again it never hears of."""
        ended = [session.socket for session in self.sessions.values() if session.socket]
        self.sessions.clear()
        for socket in ended:
            await _send(socket, _INVALID, False)

    def forget_sessions(self) -> None:
        """The next resume is answered with an invalid session."""
        self.sessions.clear()

    async def _identify(self, socket: web.WebSocketResponse, shard: list[int] | None) -> None:
        if self.refuses_with is not None:
            await socket.close(code=self.refuses_with)
            return
        self.identified += 1
        session = Session(secrets.token_hex(8), (shard[0], shard[1]) if shard else None, socket=socket)
        self.sessions[session.id] = session
        world = self._world
        guilds = [one for one in world.guilds if session.hears_of(one)]
        ready = {
            "v": 10,
            "user": world.user_payload(BOT),
            "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": str(self._application), "flags": 0},
            **({"shard": shard} if shard else {}),
        }
        await self._tell(session, "READY", ready)
        for guild_id in guilds:
            await self._tell(session, "GUILD_CREATE", world.guild_payload(guild_id))

    async def _resume(self, socket: web.WebSocketResponse, told: Json) -> None:
        session = self.sessions.get(told["session_id"] or "")
        if session is None:
            await _send(socket, _INVALID, False)
            return
        self.resumed += 1
        session.socket = socket
        for event in session.events[told["seq"] or 0 :]:
            await socket.send_json(event)
        await self._tell(session, "RESUMED", {})

    async def _tell(self, session: Session, event: str, data: Any) -> None:
        payload = {"op": _DISPATCH, "t": event, "s": len(session.events) + 1, "d": data}
        session.events.append(payload)
        if session.socket and not session.socket.closed:
            try:
                await session.socket.send_json(payload)
            except (ConnectionError, asyncio.CancelledError):
                session.socket = None


async def _send(socket: web.WebSocketResponse, op: int, data: Any) -> None:
    if not socket.closed:
        await socket.send_json({"op": op, "d": data, "s": None, "t": None})
