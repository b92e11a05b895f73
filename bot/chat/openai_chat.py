"""OpenAI's protocol as servers really speak it, read by ``ChatOpenAI``.

Added are refusals and thinking, which it drops from a stream, and pieces without what OpenAI's own always have. A
reply that is no stream, though one was asked for, is told as such. JSON that stands bare between the events of a
stream, as Gemini's errors do, is one of them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any

import httpx2
from langchain_core.language_models import BaseChatModel
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from openai import DefaultAsyncHttpxClient
from pydantic import SecretStr

from bot.chat.causes import NotStreamedError, StreamedError
from index.address import VERSION, Address, nothing_there
from index.network import MOST_REDIRECTS, carry
from index.refusals import FIELDS, shown_address

_log = logging.getLogger(__name__)

_FIELDS = {
    "refusal": "refusal",
    "reasoning_content": "reasoning_content",  # llama.cpp, vLLM, DeepSeek
    "reasoning": "reasoning_content",  # Ollama, OpenRouter
}
"""What a server calls it, and its name in ``additional_kwargs``."""


class OpenAIChat(ChatOpenAI):
    """``ChatOpenAI`` whose chunks hold refusals and thinking in ``additional_kwargs``.

    The method is the one that LangChain's own packages for compatible servers extend. ``sent_along``: values of
    further headers that the client sends.
    """

    sent_along: tuple[SecretStr, ...] = ()

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        choices = chunk.get("choices")
        if not choices and any(isinstance(chunk.get(field), str) for field in FIELDS):
            raise StreamedError({name: value for name, value in chunk.items() if value is not None})
        delta: dict[str, Any] = {}
        if choices:
            delta = choices[0].get("delta") or choices[0].get("message") or {}
            chunk = {**chunk, "choices": [{**choices[0], "delta": delta}]}
        converted = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        if converted:
            converted.message.additional_kwargs |= {
                name: delta[field] for field, name in _FIELDS.items() if isinstance(delta.get(field), str)
            }
        return converted


def secrets_of(model: BaseChatModel) -> list[str]:
    """What must never be shown of how ``model`` is asked."""
    held = [value for value in vars(model).values() if isinstance(value, SecretStr)]
    return [value.get_secret_value() for value in (*held, *getattr(model, "sent_along", ()))]


def http_client(base_url: str, headers: Mapping[str, str]) -> httpx2.AsyncClient:
    """A client that heeds the system's certificates and proxies, and expects streams where they are asked for.

    It sends ``headers`` to the server at ``base_url``, and nowhere else. Raises ``ValueError`` or ``ImportError``
    for a proxy that can't be used.
    """

    async def carry_own(request: httpx2.Request) -> None:
        carry(request, headers, base_url)

    hooks: dict[str, list[Any]] = {"request": [_forget_others, carry_own]}
    return _Client(base_url, event_hooks=hooks, max_redirects=MOST_REDIRECTS)


def answers_at(model: BaseChatModel) -> str | None:
    """The address at which the server of ``model`` answers, if that is not the one that was set."""
    client = getattr(model, "http_async_client", None)
    return client.address.answers_at if isinstance(client, _Client) else None


class _Client(DefaultAsyncHttpxClient):
    """Asks below ``/v1`` from then on where that is missing from ``base_url``, and nothing answers without it."""

    def __init__(self, base_url: str, **options: Any) -> None:
        super().__init__(**options)
        self.address = Address(base_url)
        self._path = httpx2.URL(base_url).path.rstrip("/")

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """What the server sends to ``request``; raises ``StreamedError`` and ``NotStreamedError``."""
        asked = self.address.current
        if asked == self.address.answers_at:
            request = self._below_version(request)
        response = await super().send(request, **options)
        return await _expected(await self._where_something_is(response, request, asked, options))

    async def _where_something_is(
        self, response: httpx2.Response, request: httpx2.Request, asked: str, options: Mapping[str, Any]
    ) -> httpx2.Response:
        """``response`` of the address ``asked``, or what came from the other one if nothing is there."""
        kept: httpx2.Response | None = None
        second: httpx2.Response | None = None
        try:
            if not await _is_nothing(response):
                self.address.answered(asked, response.status_code)
                kept = response
            elif other := self.address.instead_of(asked):
                with suppress(httpx2.HTTPError):
                    second = await super().send(self._below_version(request), **options)
                    if not await _is_nothing(second):
                        if self.address.answered(other, second.status_code):
                            where = shown_address(other)
                            _log.info("The chat model's server answers at %s, unlike what is set", where)
                        kept = second
            kept = kept or response
            return kept
        finally:
            for one in (response, second):
                if one is not None and one is not kept:
                    await one.aclose()

    def _below_version(self, request: httpx2.Request) -> httpx2.Request:
        """``request`` to the same server, at the path with the version."""
        path = request.url.path.removeprefix(self._path)
        url = request.url.copy_with(path=f"{self._path}{VERSION}{path}")
        return httpx2.Request(
            request.method, url, headers=request.headers, content=request.content, extensions=request.extensions
        )


async def _is_nothing(response: httpx2.Response) -> bool:
    kind = _kind(response)
    told = (await response.aread()).decode("utf-8", "replace") if kind == "application/json" else ""
    return nothing_there(response.status_code, kind, told)


async def _expected(response: httpx2.Response) -> httpx2.Response:
    try:
        await _expect_stream(response)
    except BaseException:
        await response.aclose()
        raise
    return response


def _kind(response: httpx2.Response) -> str:
    kind: str = response.headers.get("content-type", "")
    return kind.partition(";")[0].strip()


async def _forget_others(request: httpx2.Request) -> None:
    # The client takes them from variables of OpenAI's, which are other programs'.
    for name in ("OpenAI-Organization", "OpenAI-Project"):
        request.headers.pop(name, None)


async def _expect_stream(response: httpx2.Response) -> None:
    kind = _kind(response)
    if kind == "text/event-stream" and "content-encoding" not in response.headers:
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Events(response.stream)
    if response.status_code != 200 or kind not in ("application/json", "text/html"):
        return
    if kind == "application/json" and (body := _of_error(await response.aread())):
        raise StreamedError(body, response.request)
    if kind == "text/html" or b'"stream":true' in response.request.content.replace(b" ", b""):
        text = (await response.aread()).decode("utf-8", "replace") if kind == "text/html" else ""
        raise NotStreamedError(text, response.request, page=kind == "text/html")


def _of_error(text: bytes) -> dict[str, Any] | None:
    """A document that is no reply, and has no error in the field that is OpenAI's for it."""
    try:
        body = json.loads(text)
    except ValueError:
        return None
    if not isinstance(body, dict) or body.get("choices") or body.get("error"):
        return None
    return {name: value for name, value in body.items() if value is not None}


class _Events(httpx2.AsyncByteStream):
    """A stream of events in which bare JSON, which the client passes over, is an event too."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream
        self._bare = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        begun = b""
        async for part in self._stream:
            *lines, begun = (begun + part).split(b"\n")
            yield b"".join(map(self._as_line, lines))
        yield self._as_line(begun)

    async def aclose(self) -> None:
        await self._stream.aclose()

    def _as_line(self, line: bytes) -> bytes:
        if not self._bare and not line.startswith(b"{"):
            return line + b"\n"
        ends = line.rstrip() == b"}" if self._bare else line.rstrip().endswith(b"}")
        self._bare = not ends
        return b"data: " + line.rstrip() + (b"\n\n" if ends else b"\n")
