"""OpenAI's protocol as servers really speak it, read by ``ChatOpenAI``.

Added are refusals and thinking, which it drops from a stream, and pieces without what OpenAI's own always have. A
reply that is no stream, though one was asked for, is told as such. JSON that stands bare between the events of a
stream, as Gemini's errors do, is one of them.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx2
from langchain_core.language_models import BaseChatModel
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from openai import DefaultAsyncHttpxClient
from pydantic import SecretStr

from bot.chat.causes import NotStreamedError, StreamedError
from index.network import MOST_REDIRECTS, carry

_FIELDS = {
    "refusal": "refusal",
    "reasoning_content": "reasoning_content",  # llama.cpp, vLLM, DeepSeek
    "reasoning": "reasoning_content",  # Ollama, OpenRouter
}
"""What a server calls it, and its name in ``additional_kwargs``."""

_ERRORS = ("message", "detail", "msg")
"""Where a piece without choices has an error, if not in the field that OpenAI's own client reads."""


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
        if not choices and any(isinstance(chunk.get(field), str) for field in _ERRORS):
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

    hooks: dict[str, list[Any]] = {"request": [_forget_others, carry_own], "response": [_expect_stream]}
    return DefaultAsyncHttpxClient(event_hooks=hooks, max_redirects=MOST_REDIRECTS)


async def _forget_others(request: httpx2.Request) -> None:
    # The client takes them from variables of OpenAI's, which are other programs'.
    for name in ("OpenAI-Organization", "OpenAI-Project"):
        request.headers.pop(name, None)


async def _expect_stream(response: httpx2.Response) -> None:
    kind = response.headers.get("content-type", "").partition(";")[0].strip()
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
