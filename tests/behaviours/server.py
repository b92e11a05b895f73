"""A stand-in for servers of models on loopback: it answers any path, as the behaviour of the moment says."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Arrived:
    """A request as it arrived; ``number`` counts from 1 since the behaviour was set."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    number: int
    request: web.Request

    @property
    def prompt(self) -> str:
        """All messages as one text."""
        return "\n".join(str(message["content"]) for message in self.body.get("messages", ()))

    @property
    def roles(self) -> list[str]:
        return [message["role"] for message in self.body.get("messages", ())]

    @property
    def texts(self) -> list[str]:
        """The texts to embed."""
        texts = self.body["input"]
        return [texts] if isinstance(texts, str) else texts


Handler = Callable[[Arrived], Awaitable[web.StreamResponse]]


class ModelServer:
    """``behave`` says what comes; ``requests`` says what came."""

    def __init__(self, scheme: str) -> None:
        self._scheme = scheme
        self.port = 0
        self.requests: list[Arrived] = []
        self._handler: Handler | None = None
        self._begun = 0

    @property
    def root(self) -> str:
        """The address without a path."""
        return f"{self._scheme}://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.root}/v1"

    def behave(self, handler: Handler) -> None:
        self._handler = handler
        self._begun = len(self.requests)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read() or b"{}")
        number = len(self.requests) - self._begun + 1
        arrived = Arrived(request.path, dict(request.headers), body, number, request)
        self.requests.append(arrived)
        assert self._handler
        return await self._handler(arrived)


@contextmanager
def running_model_server(context: ssl.SSLContext | None = None) -> Iterator[ModelServer]:
    """A server on a free port of 127.0.0.1, in a thread of its own; it ends with the block."""
    server = ModelServer("https" if context else "http")
    app = web.Application(client_max_size=50_000_000)
    app.router.add_route("*", "/{path:.*}", server.answer)
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True, access_log=None)

    async def start() -> int:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        return int(runner.addresses[0][1])

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        server.port = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
        yield server
    finally:
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def refusal(
    status: int, message: str | None = None, headers: Mapping[str, str] | None = None, **fields: Any
) -> Handler:
    """A status with OpenAI's error body; without a ``message``, without a body."""

    async def handle(_: Arrived) -> web.StreamResponse:
        if message is None:
            return web.Response(status=status, headers=headers)
        error = {"message": message, "type": "error", "param": None, "code": None, **fields}
        return web.json_response({"error": error}, status=status, headers=headers)

    return handle


async def in_a_circle(arrived: Arrived) -> web.StreamResponse:
    """Sends back to where it was asked."""
    return web.Response(status=308, headers={"Location": str(arrived.request.url)})


def elsewhere(root: str) -> Handler:
    """Sends on to the same path of another server."""

    async def handle(arrived: Arrived) -> web.StreamResponse:
        return web.Response(status=307, headers={"Location": root + arrived.path})

    return handle


def document(body: object, status: int = 200) -> Handler:
    """A JSON document."""

    async def handle(_: Arrived) -> web.StreamResponse:
        return web.json_response(body, status=status)

    return handle


def page(text: str, status: int = 200, kind: str = "text/html") -> Handler:
    """A page, as a web server or a proxy shows it."""

    async def handle(_: Arrived) -> web.StreamResponse:
        return web.Response(text=text, status=status, content_type=kind)

    return handle


def unless(allowed: Callable[[Arrived], bool], otherwise: Handler, well: Handler) -> Handler:
    """``well`` for the requests that are ``allowed``."""

    async def handle(arrived: Arrived) -> web.StreamResponse:
        return await (well if allowed(arrived) else otherwise)(arrived)

    return handle


def in_turn(*handlers: Handler) -> Handler:
    """One after the other; the last goes on."""

    async def handle(arrived: Arrived) -> web.StreamResponse:
        return await handlers[min(arrived.number, len(handlers)) - 1](arrived)

    return handle


async def hang(_: Arrived) -> web.StreamResponse:
    """Nothing, for longer than anybody waits."""
    await asyncio.sleep(3600)
    raise AssertionError


def chunk(delta: object, finish: object = None, **fields: Any) -> dict[str, Any]:
    """A piece of a streamed reply."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [choice],
        **fields,
    }


Piece = dict[str, Any] | str | float | None
"""An event; its bytes as they are; seconds to wait; or None: the connection is dropped here."""


def streamed(pieces: Callable[[Arrived], Sequence[Piece]], done: bool = True) -> Handler:
    """The pieces as server-sent events."""

    async def handle(arrived: Arrived) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(arrived.request)
        for piece in pieces(arrived):
            if piece is None:
                assert arrived.request.transport is not None
                arrived.request.transport.abort()
                return response
            if isinstance(piece, float):
                await asyncio.sleep(piece)
            elif isinstance(piece, str):
                await response.write(piece.encode())
            else:
                await response.write(f"data: {json.dumps(piece)}\n\n".encode())
        if done:
            await response.write(b"data: [DONE]\n\n")
        return response

    return handle
