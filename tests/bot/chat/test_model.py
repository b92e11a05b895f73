"""A chat model on a loopback server: what is tried again, when it is left alone, what it costs."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Iterator
from contextlib import aclosing, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from langchain_core.messages import BaseMessage

from bot.chat.breaker import Breaker
from bot.chat.build import build_chat_model
from bot.chat.failures import ChatError
from bot.chat.model import ChatModel, ReplyCache
from bot.chat.usage import Tally
from bot.memory.memory import Memory
from bot.settings import Settings
from prompts import load_prompt
from tests.fakes.openai_server import OpenAIServer, Reply

REPLY = "The road is open."
WEEK = timedelta(days=7)


def messages(question: str = "Is the road open?") -> list[BaseMessage]:
    return load_prompt("rerank").messages(question=question, passages="")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    memory = Memory(tmp_path / "home")
    yield memory
    memory.close()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def chat(
    server: OpenAIServer, breaker: Breaker | None = None, cache: ReplyCache | None = None, name: str = "m"
) -> ChatModel:
    settings = Settings(_env_file=None, chat_model=name, chat_base_url=server.base_url)  # type: ignore[call-arg]
    built = build_chat_model(settings)
    return ChatModel(built, name, first_word_seconds=8, total_seconds=10, breaker=breaker, cache=cache)


_ASIDE = re.compile(r" \(\d+ from http.*?”\)")
"""What the operator reads beside it: another test has that."""


async def reason(model: ChatModel) -> str:
    """Why the model didn't answer, as everybody is told."""
    with pytest.raises(ChatError) as caught:
        await model.complete(messages(), Tally())
    return _ASIDE.sub("", str(caught.value))


async def test_what_the_server_reports_is_counted(server: OpenAIServer) -> None:
    server.script([REPLY])
    tally = Tally()
    assert await chat(server).complete(messages(), tally) == REPLY
    assert tally.tokens == {"m": (10, 5)}


async def test_a_server_that_refuses_to_report_is_asked_without_from_then_on(server: OpenAIServer) -> None:
    server.script([Reply(REPLY, refuses="stream_options", error="Unknown parameter")])
    model, tally = chat(server), Tally()
    assert await model.complete(messages(), tally) == REPLY
    read, written = tally.tokens["m"]
    assert read > 100  # estimated from the prompt
    assert written == len(REPLY) // 4
    await model.complete(messages(), Tally())
    assert ["stream_options" in request.body for request in server.requests] == [True, False, False]


async def test_a_request_refused_for_its_words_is_not_repeated(server: OpenAIServer) -> None:
    server.script([Reply(status=400, error="too long", code="context_length_exceeded")])
    assert "too long" in await reason(chat(server))
    assert len(server.requests) == 1


async def test_the_servers_words_are_logged_where_somebody_lacks_the_reply(
    server: OpenAIServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.script([Reply(status=400, error="This plan has no such engine, sk-abc123")])
    await reason(chat(server))
    with pytest.raises(ChatError):
        await chat(server).complete(messages(), Tally(), once=True)
    (warning,) = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert "This plan has no such engine, ***" in warning


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_failure_that_passes_is_not_noticed(server: OpenAIServer, status: int) -> None:
    server.script([Reply(status=status), REPLY])
    assert await chat(server).complete(messages(), Tally()) == REPLY


async def test_a_short_pause_that_the_server_asks_for_is_made(server: OpenAIServer) -> None:
    server.script([Reply(status=429, headers={"Retry-After": "1"}), REPLY])
    begun = time.monotonic()
    assert await chat(server).complete(messages(), Tally()) == REPLY
    assert time.monotonic() - begun >= 1


async def test_all_calls_that_waited_for_a_short_pause_are_answered(server: OpenAIServer) -> None:
    server.script([Reply(status=429, headers={"Retry-After": "1"}), Reply(REPLY, delay=0.5)])
    model = chat(server)
    with pytest.raises(ChatError):
        await model.complete(messages(), Tally(), once=True)
    calls = [model.complete(messages(f"Is road {number} open?"), Tally()) for number in range(4)]
    assert await asyncio.gather(*calls) == [REPLY] * 4


async def test_a_long_pause_is_told_and_kept(server: OpenAIServer) -> None:
    clock = Clock()
    server.script([Reply(status=429, headers={"Retry-After": "40"}), REPLY])
    model = chat(server, Breaker(clock=clock))
    assert await reason(model) == (
        "The chat model m has too many requests to answer. Please ask again in a minute. "
        "It will be asked again in 40 seconds."
    )
    clock.now += 10
    assert await reason(model) == (
        "The chat model m has too many requests to answer. Please ask again in a minute. "
        "It will be asked again in 30 seconds."
    )
    assert len(server.requests) == 1
    clock.now += 30
    assert await model.complete(messages(), Tally()) == REPLY


async def test_a_model_that_keeps_failing_is_left_alone_then_tried_once(server: OpenAIServer) -> None:
    clock = Clock()
    server.script([Reply(status=500)])
    model = chat(server, Breaker(failures=2, rest_seconds=60, clock=clock))
    assert "asked again in" not in await reason(model)
    assert (await reason(model)).endswith("It will be asked again in 60 seconds.")
    asked = len(server.requests)
    assert (await reason(model)).endswith("It will be asked again in 60 seconds.")
    assert len(server.requests) == asked
    clock.now += 60
    server.script([REPLY])
    assert await model.complete(messages(), Tally()) == REPLY
    assert await model.complete(messages(), Tally()) == REPLY


async def test_a_model_that_refuses_requests_is_not_left_alone(server: OpenAIServer) -> None:
    server.script([Reply(status=401)])
    model = chat(server, Breaker(failures=1, clock=Clock()))
    for _ in range(3):
        assert "refused the key" in await reason(model)


async def test_nothing_is_repeated_after_the_first_word(server: OpenAIServer) -> None:
    server.script([Reply(REPLY, cut_after=2), REPLY])
    tally = Tally()
    with pytest.raises(ChatError, match="broke off"):
        await chat(server).complete(messages(), tally)
    assert len(server.requests) == 1
    assert tally.tokens["m"][0] > 100


async def test_whoever_leaves_has_used_what_was_written_and_lets_others_try(server: OpenAIServer) -> None:
    clock = Clock()
    server.script([Reply(status=500)])
    model = chat(server, Breaker(failures=1, rest_seconds=60, clock=clock))
    await reason(model)
    clock.now += 60
    server.script([Reply(REPLY * 20, token_delay=0.01)])
    tally = Tally()
    async with aclosing(model.stream(messages(), tally)) as pieces:
        await anext(pieces)
    assert tally.tokens["m"][0] > 100
    assert await model.complete(messages(), Tally())


async def test_the_same_question_costs_nothing(server: OpenAIServer, memory: Memory) -> None:
    server.script([REPLY])
    cache = ReplyCache(memory.replies, WEEK)
    model = chat(server, cache=cache)
    await model.complete(messages("Is the road open?"), Tally())
    tally = Tally()
    assert await model.complete(messages("is the  road open?"), tally) == REPLY
    assert tally.tokens == {}
    assert len(server.requests) == 1


async def test_another_question_or_model_asks_anew(server: OpenAIServer, memory: Memory) -> None:
    server.script([REPLY])
    cache = ReplyCache(memory.replies, WEEK)
    await chat(server, cache=cache).complete(messages("Is the road open?"), Tally())
    await chat(server, cache=cache).complete(messages("Is the bridge open?"), Tally())
    await chat(server, cache=cache, name="other").complete(messages("Is the road open?"), Tally())
    assert len(server.requests) == 3


@pytest.mark.parametrize("reply", [Reply(REPLY, cut_after=3), Reply(REPLY, finish_reason="length"), Reply("")])
async def test_what_is_not_whole_is_not_remembered(server: OpenAIServer, memory: Memory, reply: Reply) -> None:
    server.script([reply, REPLY])
    model = chat(server, cache=ReplyCache(memory.replies, WEEK))
    with suppress(ChatError):
        assert await model.complete(messages(), Tally()) == ""
    assert await model.complete(messages(), Tally()) == REPLY


async def test_replies_are_forgotten_in_time(server: OpenAIServer, memory: Memory) -> None:
    server.script([REPLY])
    model = chat(server, cache=ReplyCache(memory.replies, timedelta(0)))
    await model.complete(messages(), Tally())
    await model.complete(messages(), Tally())
    assert len(server.requests) == 2
