"""The client of a chat model's server: which address it asks, what it leaves open."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import httpx2
import pytest
from aiohttp import web

from bot.chat.openai_chat import http_client
from tests.behaviours.server import Arrived, ModelServer, document, page, refusal, running_model_server, unless

NOWHERE = page("404 page not found", 404)
WELL = document({"choices": [{"message": {"content": "yes"}}]})


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running_model_server() as running:
        yield running


@pytest.fixture
async def client(server: ModelServer) -> AsyncIterator[httpx2.AsyncClient]:
    async with http_client(server.root, {}) as client:
        yield client


async def ask(client: httpx2.AsyncClient, server: ModelServer) -> int:
    response = await client.post(f"{server.root}/chat/completions", json={"model": "small"})
    return response.status_code


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_is_busy_or_failing_below_v1_is_no_address(
    server: ModelServer, client: httpx2.AsyncClient, status: int
) -> None:
    server.behave(
        unless(lambda one: one.path != "/chat/completions", NOWHERE, refusal(status, "Try again later."))
    )
    assert await ask(client, server) == status
    server.behave(unless(lambda one: one.path == "/chat/completions", NOWHERE, WELL))
    assert await ask(client, server) == 200
    assert [one.path for one in server.requests[2:]] == ["/chat/completions"]


async def test_an_address_that_has_answered_is_kept(server: ModelServer, client: httpx2.AsyncClient) -> None:
    server.behave(WELL)
    assert await ask(client, server) == 200
    server.behave(unless(lambda one: one.path != "/chat/completions", NOWHERE, WELL))
    assert await ask(client, server) == 404
    server.behave(WELL)
    assert await ask(client, server) == 200
    assert {one.path for one in server.requests} == {"/chat/completions"}


async def test_whoever_is_cancelled_leaves_no_response_open(
    server: ModelServer, client: httpx2.AsyncClient
) -> None:
    tried_again, closed = threading.Event(), threading.Event()

    async def endless(arrived: Arrived) -> web.StreamResponse:
        if arrived.path != "/chat/completions":
            tried_again.set()
            await asyncio.sleep(60)
        response = web.StreamResponse(status=404, headers={"Content-Type": "text/html"})
        await response.prepare(arrived.request)
        try:
            while True:
                await response.write(b"<p>Nothing is here.</p>")
                await asyncio.sleep(0.01)
        finally:
            closed.set()

    server.behave(endless)
    request = client.build_request("POST", f"{server.root}/chat/completions", json={"model": "small"})
    asked = asyncio.create_task(client.send(request, stream=True))
    assert await asyncio.to_thread(tried_again.wait, 20)
    asked.cancel()
    with suppress(asyncio.CancelledError):
        await asked
    assert await asyncio.to_thread(closed.wait, 20), "its connection is not kept in the pool"


async def test_the_log_names_the_address_without_a_login(
    server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    server.behave(unless(lambda one: one.path.startswith("/v1/"), NOWHERE, WELL))
    base_url = server.root.replace("http://", "http://user:very-secret@")
    async with http_client(base_url, {}) as client:
        await client.post(f"{base_url}/chat/completions", json={"model": "small"})
    (told,) = [one.getMessage() for one in caplog.records if one.name == "bot.chat.openai_chat"]
    assert f"answers at {server.base_url}" in told
    assert "very-secret" not in told
