"""An embedding model's server that several threads ask at once, or that stumbles when it is first asked."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest
from aiohttp import web

from index.embedding.endpoint import OpenAIEndpoint, RefusedError
from tests.behaviours.embeddings import WELL
from tests.behaviours.server import Arrived, ModelServer, page, refusal, running_model_server, unless

NOWHERE = page("404 page not found", 404)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running_model_server() as running:
        yield running


@pytest.fixture
def endpoint(server: ModelServer) -> OpenAIEndpoint:
    return OpenAIEndpoint(server.root, "small", None, {})


def ask(endpoint: OpenAIEndpoint) -> int:
    """How many vectors came, or the status of the refusal."""
    try:
        return len(endpoint.vectors(["The harbour."], 10))
    except RefusedError as error:
        return error.status


async def seen(event: threading.Event) -> None:
    while not event.is_set():
        await asyncio.sleep(0.01)


def test_a_right_address_outlives_threads_that_found_nothing_there(
    server: ModelServer, endpoint: OpenAIEndpoint
) -> None:
    paths: list[str] = []
    second_tries, first_left = (threading.Event() for _ in range(2))
    first_tries = threading.Event()

    async def interleaved(arrived: Arrived) -> web.StreamResponse:
        paths.append(arrived.path)
        if arrived.path == "/embeddings":
            if paths.count(arrived.path) == 2:
                await seen(first_tries)
        elif paths.count(arrived.path) == 1:
            first_tries.set()
            await seen(second_tries)
        else:
            second_tries.set()
            await seen(first_left)
        return await NOWHERE(arrived)

    def first() -> None:
        assert ask(endpoint) == 404
        first_left.set()

    server.behave(interleaved)
    threads = [threading.Thread(target=one) for one in (first, lambda: ask(endpoint))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    server.behave(unless(lambda arrived: arrived.path == "/embeddings", NOWHERE, WELL))
    assert ask(endpoint) == 1
    assert endpoint.answers_at is None


def test_two_threads_learn_what_a_server_refuses_without_passing_over_a_form(
    server: ModelServer, endpoint: OpenAIEndpoint
) -> None:
    refused = refusal(400, "input_type is required: query or passage")
    both = threading.Barrier(2)

    async def told(arrived: Arrived) -> web.StreamResponse:
        if arrived.body.get("input_type") is None:
            await asyncio.to_thread(both.wait, 10)
        return await unless(lambda one: one.body.get("input_type") == "passage", refused, WELL)(arrived)

    server.behave(told)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(ask(endpoint))) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert found == [1, 1]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_is_busy_or_failing_below_v1_is_no_address(
    server: ModelServer, endpoint: OpenAIEndpoint, status: int
) -> None:
    server.behave(unless(lambda one: one.path != "/embeddings", NOWHERE, refusal(status, "Try again later.")))
    assert ask(endpoint) == status
    assert endpoint.answers_at is None
    server.behave(unless(lambda one: one.path == "/embeddings", NOWHERE, WELL))
    assert ask(endpoint) == 1


def test_an_address_that_has_answered_is_kept(server: ModelServer, endpoint: OpenAIEndpoint) -> None:
    server.behave(WELL)
    assert ask(endpoint) == 1
    server.behave(unless(lambda one: one.path != "/embeddings", NOWHERE, WELL))
    assert ask(endpoint) == 404
    assert endpoint.answers_at is None
