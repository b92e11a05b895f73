"""An OpenAI-compatible server on loopback: real HTTP and server-sent events, replies from a script."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web

Messages = list[dict[str, Any]]

_READING = "<message>"
"""What only a request to read a message has in it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does with one request.

    ``text`` is the model's reply, or a function that writes it from the messages. A ``status`` of 400 or more
    answers with OpenAI's error body. ``delay`` seconds pass before anything is sent, ``token_delay`` between
    tokens; after ``cut_after`` tokens the connection is dropped, after ``garbled_after`` an unreadable event is
    sent. ``finish_reason`` None ends the stream without saying why. A request with the
    option ``refuses`` gets status 400. ``before`` are deltas that are streamed ahead of the text (a refusal,
    thinking, a call of a tool), ``before_delay`` seconds apart. ``filters_first``: the stream begins with
    an event without choices, as Azure's does.
    """

    text: str | Callable[[Messages], str] = ""
    status: int = 200
    error: str = "it failed"
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    token_delay: float = 0
    cut_after: int | None = None
    garbled_after: int | None = None
    finish_reason: str | None = "stop"
    refuses: str | None = None
    before: Sequence[dict[str, Any]] = ()
    before_delay: float = 0
    filters_first: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        """All messages as one text."""
        return "\n".join(str(message["content"]) for message in self.body["messages"])


class OpenAIServer:
    """``script`` says what comes; ``requests`` says what came; clients use ``base_url``.

    ``sent``: the tokens streamed, each with the moment (``time.monotonic``) just before it was sent.
    Requests to compare articles are kept apart, in ``compared``, and get ``disagreeing``.
    Requests to a judge are kept apart, in ``judged``, and in ``judged_again`` those that put sentences otherwise:
    every sentence is supported but those ``refuted``, with their reasons; ``judging`` says what else such a
    request gets, such as a delay, ``judging_again`` what the latter get.
    Requests to read a message are kept apart, in ``read``; they get ``reading`` and cost nothing.
    """

    def __init__(self) -> None:
        self.base_url = ""
        self.requests: list[Request] = []
        self.sent: list[tuple[float, str]] = []
        self.compared: list[Request] = []
        self.disagreeing = Reply("NONE")
        self.judged: list[Request] = []
        self.judged_again: list[Request] = []
        self.refuted: dict[str, str] = {}
        self.judging = Reply()
        self.judging_again: Reply | None = None
        self.read: list[Request] = []
        self.reading = Reply("no JSON, so that the rules read the message")
        self.token = 3
        """Characters of a token: so few that words, keys and tags are cut anywhere."""
        self.dimension = 8
        self.embed: Callable[[str], list[float]] | None = None
        """What embeddings are; otherwise vectors that depend on the text alone, and mean nothing."""
        self._replies: list[Reply] = []

    def script(self, replies: Sequence[Reply | str | Callable[[Messages], str]]) -> None:
        """The replies to come, one a request; the last one is repeated for all that follow."""
        self._replies = [reply if isinstance(reply, Reply) else Reply(reply) for reply in replies]

    def app(self) -> web.Application:
        """The server's routes."""
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_post("/v1/embeddings", self._embeddings)
        return app

    async def _next(self, received: Request) -> Reply:
        if _READING in received.prompt:
            self.read.append(received)
            await asyncio.sleep(self.reading.delay)
            return self.reading
        if "<compared>" in received.prompt:
            self.compared.append(received)
            return self.disagreeing
        self.requests.append(received)
        if not self._replies:
            return Reply(status=400, error="the test has no script for this request")
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        await asyncio.sleep(reply.delay)
        return reply

    async def _judge(self, received: Request) -> Reply:
        again = "Other readers judged them before you" in received.prompt
        (self.judged_again if again else self.judged).append(received)
        asked = re.findall(r'<sentence n="(\d+)"[^>]*>(.*?)</sentence>', received.prompt)
        verdicts = (
            {"sentence": int(n), "reason": self.refuted.get(text, ""), "supported": text not in self.refuted}
            for n, text in asked
        )
        judging = self.judging_again or self.judging if again else self.judging
        await asyncio.sleep(judging.delay)
        return replace(judging, text=judging.text or "\n".join(map(json.dumps, verdicts)))

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        received = Request(request.path, dict(request.headers), await request.json())
        reply = await (self._judge(received) if "<sentences>" in received.prompt else self._next(received))
        if reply.refuses in received.body:
            return _error(replace(reply, status=400))
        if reply.status >= 400:
            return _error(reply)
        text = reply.text if isinstance(reply.text, str) else reply.text(received.body["messages"])
        if not received.body.get("stream"):
            message = {"role": "assistant", "content": text}
            return web.json_response(
                _completion("chat.completion", message=message, finish_reason=reply.finish_reason)
                | {"usage": _usage(received)}
            )
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **reply.headers})
        await response.prepare(request)
        if reply.filters_first:
            event = _completion("chat.completion.chunk") | {"choices": [], "prompt_filter_results": []}
            await _send(response, event)
        await _send(response, _completion("chat.completion.chunk", delta={"role": "assistant", "content": ""}))
        for delta in reply.before:
            await _send(response, _completion("chat.completion.chunk", delta={"content": None, **delta}))
            await asyncio.sleep(reply.before_delay)
        for count, token in enumerate(_tokens(text, self.token)):
            if count == reply.cut_after:
                assert request.transport is not None
                request.transport.abort()
                return response
            if count == reply.garbled_after:
                await response.write(b"data: {not json\n\n")
            self.sent.append((time.monotonic(), token))
            await _send(response, _completion("chat.completion.chunk", delta={"content": token}))
            await asyncio.sleep(reply.token_delay)
        if reply.finish_reason:
            end = _completion("chat.completion.chunk", delta={}, finish_reason=reply.finish_reason)
            await _send(response, end)
            if received.body.get("stream_options", {}).get("include_usage"):
                await _send(response, end | {"choices": [], "usage": _usage(received)})
            await response.write(b"data: [DONE]\n\n")
        return response

    async def _embeddings(self, request: web.Request) -> web.StreamResponse:
        received = Request(request.path, dict(request.headers), await request.json())
        self.requests.append(received)
        if self._replies and self._replies[0].status >= 400:
            return _error(self._replies.pop(0))
        texts = received.body["input"]
        texts = [texts] if isinstance(texts, str) else texts
        dimension = received.body.get("dimensions") or self.dimension
        data = [
            {"object": "embedding", "index": index, "embedding": self._vector(str(text), dimension)}
            for index, text in enumerate(texts)
        ]
        model = received.body["model"]
        return web.json_response({"object": "list", "data": data, "model": model, "usage": _USAGE})

    def _vector(self, text: str, dimension: int) -> list[float]:
        return self.embed(text) if self.embed else _vector(text, dimension)


@contextmanager
def running_openai_server() -> Iterator[OpenAIServer]:
    """A server on a free port of 127.0.0.1, in a thread of its own; it ends with the block."""
    server = OpenAIServer()
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(server.app(), shutdown_timeout=0.1, handler_cancellation=True)

    async def start() -> int:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        port = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
        server.base_url = f"http://127.0.0.1:{port}/v1"
        yield server
    finally:
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


_USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}


def _completion(kind: str, **choice: Any) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": kind,
        "created": 1,
        "model": "fake",
        "choices": [{"index": 0, "finish_reason": None, **choice}],
    }


def _usage(received: Request) -> dict[str, int]:
    return dict.fromkeys(_USAGE, 0) if _READING in received.prompt else _USAGE


def _error(reply: Reply) -> web.Response:
    error = {"message": reply.error, "type": "error", "param": None, "code": reply.code}
    return web.json_response({"error": error}, status=reply.status, headers=reply.headers)


async def _send(response: web.StreamResponse, event: dict[str, Any]) -> None:
    await response.write(f"data: {json.dumps(event)}\n\n".encode())


def _tokens(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text), length)]


def _vector(text: str, dimension: int) -> list[float]:
    """A unit vector that depends on the text alone."""
    noise = hashlib.shake_256(text.encode()).digest(dimension)
    values = [byte - 127.5 for byte in noise]
    length = sum(value * value for value in values) ** 0.5
    return [value / length for value in values]
