"""A real web server on 127.0.0.1 that serves what a test lays out, well-behaved or not."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType

from aiohttp import web

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Seen:
    """One request that arrived."""

    path: str
    headers: dict[str, str]


@dataclass
class WebServer:
    """Serves in a thread of its own, from ``with`` to the end of the block; unknown paths answer 404."""

    ssl_context: ssl.SSLContext | None = None
    requests: list[Seen] = field(default_factory=list)
    port: int = 0
    _routes: dict[str, Handler] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"{'https' if self.ssl_context else 'http'}://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """The paths asked for, without those for robots.txt."""
        return [seen.path for seen in self.requests if seen.path != "/robots.txt"]

    def handle(self, path: str, handler: Handler) -> str:
        """Answer ``path`` with ``handler``; gives the full URL."""
        self._routes[path] = handler
        return self.url + path

    def add(
        self,
        path: str,
        body: str | bytes = b"",
        content_type: str = "text/html",
        status: int = 200,
        **headers: str,
    ) -> str:
        """Answer ``path`` with ``body``; underscores in the names of ``headers`` stand for hyphens."""
        data = body.encode() if isinstance(body, str) else body
        fields = {"Content-Type": content_type} | {key.replace("_", "-"): value for key, value in headers.items()}

        async def answer(request: web.BaseRequest) -> web.Response:
            etag = fields.get("ETag")
            if etag and request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers={"ETag": etag})
            modified = fields.get("Last-Modified")
            if modified and request.headers.get("If-Modified-Since") == modified:
                return web.Response(status=304)
            return web.Response(status=status, body=data, headers=fields)

        return self.handle(path, answer)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        return self.add(path, status=status, Location=target)

    def slow(self, path: str, interval: float, chunk: bytes = b"x") -> str:
        """A body that never ends: one ``chunk`` every ``interval`` seconds."""

        async def answer(request: web.BaseRequest) -> web.StreamResponse:
            response = web.StreamResponse(headers={"Content-Type": "text/html"})
            await response.prepare(request)
            while True:
                await response.write(chunk)
                await asyncio.sleep(interval)

        return self.handle(path, answer)

    def bomb(self, path: str, megabytes: int) -> str:
        """A small gzip body that unpacks to so many megabytes of zeros."""
        return self.add(path, gzip.compress(bytes(megabytes * 1_000_000)), Content_Encoding="gzip")

    def __enter__(self) -> WebServer:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> None:
        self._runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self.ssl_context)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.requests.append(Seen(request.path_qs, dict(request.headers)))
        handler = self._routes.get(request.path_qs)
        if handler is None:
            return web.Response(status=404, text="no such page")
        return await handler(request)
