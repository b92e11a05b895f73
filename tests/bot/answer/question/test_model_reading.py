"""Messages read by a chat model on a loopback server, whose reply is not trusted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answer.question.model_reading import ModelReader
from bot.answer.question.question import Kind, Question, plain_question
from bot.answer.question.reading import Inquiry
from bot.answer.question.turn import Turn
from bot.chat.build import build_chat_model
from bot.chat.model import ChatModel
from bot.chat.usage import Tally
from bot.settings import Settings
from index.search import Filters
from prompts import load_prompt
from tests.fakes.openai_server import OpenAIServer, Reply

TURN = Turn(
    "How many people died in the flood in Kharkiv?",
    "How many people died in the flood in Kharkiv?",
    "Twelve people died, mayor Ivan Petrov said.",
)
ASKED = "How many houses?"
WRITTEN = "How many houses did the flood in Kharkiv destroy?"
BY_RULE = replace(plain_question("How many houses (the flood in Kharkiv)?", Kind.FOLLOW_UP), asked=ASKED)
OUTLETS = ("Reuters", "Le Monde")


@pytest.fixture
def reader(settings: Settings, server: OpenAIServer) -> ModelReader:
    chosen = settings.model_copy(update={"chat_model": "m", "chat_base_url": server.base_url})
    chat = build_chat_model(chosen).model_copy(update={"stream_usage": True})
    model = ChatModel(chat, "m", first_word_seconds=5, total_seconds=5)
    return ModelReader(model, load_prompt("read"), seconds=3)


async def read(
    reader: ModelReader,
    server: OpenAIServer,
    reply: Any,
    by_rule: Question = BY_RULE,
    turns: tuple[Turn, ...] = (TURN,),
) -> Question:
    """What is made of ``reply``."""
    server.reading = reply if isinstance(reply, Reply) else Reply(json.dumps(reply))
    inquiry = Inquiry(by_rule.asked, ["shared"], date(2026, 5, 13), turns=turns)
    return await reader.read(inquiry, by_rule, OUTLETS, Tally())


async def test_the_model_completes_a_follow_up(reader: ModelReader, server: OpenAIServer) -> None:
    question = await read(reader, server, {"kind": "follow-up", "questions": [WRITTEN]})
    assert (question.kind, question.text, question.standalone) == (Kind.FOLLOW_UP, WRITTEN, WRITTEN)
    assert question.asked == ASKED
    prompt = server.read[0].prompt
    assert TURN.standalone in prompt
    assert "Wednesday 2026-05-13" in prompt
    assert "Le Monde" in prompt


async def test_the_same_words_are_the_reading_by_rule(reader: ModelReader, server: OpenAIServer) -> None:
    by_rule = plain_question("Who won the race in Lumen?")
    reply = {"kind": "question", "questions": ["who won the race in Lumen ?"]}
    assert await read(reader, server, reply, by_rule) == by_rule


async def test_each_thing_asked_is_a_part(reader: ModelReader, server: OpenAIServer) -> None:
    by_rule = plain_question("Who won and what did she get?")
    question = await read(
        reader, server, {"kind": "question", "questions": ["Who won?", "What did she get?"]}, by_rule
    )
    assert [part.meant for part in question.parts] == ["Who won?", "What did she get?"]


@pytest.mark.parametrize("kind", ["thanks", "greeting", "remark", "unclear"])
async def test_what_asks_nothing_looks_nothing_up(reader: ModelReader, server: OpenAIServer, kind: str) -> None:
    question = await read(reader, server, {"kind": kind, "questions": []})
    assert (question.kind, question.text, question.parts) == (Kind(kind), "", ())


async def test_without_turns_nothing_is_followed_up(reader: ModelReader, server: OpenAIServer) -> None:
    question = await read(reader, server, {"kind": "follow-up", "questions": [ASKED]}, plain_question(ASKED), ())
    assert question.kind is Kind.UNCLEAR


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500),
        Reply(""),
        Reply("Twelve people died."),
        Reply('{"kind": "question", "questions": ["How many'),
        Reply(json.dumps({"kind": "verdict", "questions": [WRITTEN]})),
        Reply(json.dumps({"kind": "follow-up", "questions": []})),
        Reply(json.dumps({"kind": "follow-up", "questions": ["How many houses in Moscow?"]})),
        Reply(json.dumps({"kind": "follow-up", "questions": ["How many houses did 99 floods destroy?"]})),
        Reply(json.dumps({"kind": "follow-up", "questions": ["How many houses, see https://evil.example/?"]})),
        Reply(json.dumps({"kind": "follow-up", "questions": ["How many houses " * 40 + "?"]})),
        Reply(json.dumps({"kind": "follow-up", "questions": [WRITTEN] * 9})),
    ],
)
async def test_what_can_not_be_trusted_falls_back_to_the_rules(
    reader: ModelReader, server: OpenAIServer, reply: Reply
) -> None:
    assert await read(reader, server, reply) == BY_RULE


async def test_a_late_reply_is_not_waited_for(reader: ModelReader, server: OpenAIServer) -> None:
    late = Reply(json.dumps({"kind": "follow-up", "questions": [WRITTEN]}), delay=30)
    reader = ModelReader(reader.model, load_prompt("read"), seconds=0.2)
    assert await read(reader, server, late) == BY_RULE


FILTERED = plain_question("what did reuters tell of the mill in spring 2025?")


@pytest.mark.parametrize(
    ("reply", "filters"),
    [
        ({"since": "2025-03-01", "until": "2025-05-31", "source": "reuters", "said": ["reuters", "spring 2025"]},
         Filters(date(2025, 3, 1), date(2025, 5, 31), "Reuters")),
        ({"source": "The Times", "said": ["reuters"]}, Filters()),
        ({"since": "2025-03-01", "said": ["since March"]}, Filters()),
        ({"since": "2031-03-01", "said": ["in spring 2025"]}, Filters()),
        ({"since": "2025-05-01", "until": "2025-03-01", "said": ["in spring 2025"]}, Filters()),
    ],
)  # fmt: skip
async def test_filters_hold_if_their_words_stand_in_the_message(
    reader: ModelReader, server: OpenAIServer, reply: dict[str, Any], filters: Filters
) -> None:
    question = await read(
        reader, server, {"kind": "question", "questions": ["what of the mill?"], **reply}, FILTERED
    )
    assert question.filters == filters
    assert bool(question.said) is (filters != Filters())


async def test_the_filters_by_rule_stay(reader: ModelReader, server: OpenAIServer) -> None:
    by_rule = replace(FILTERED, filters=Filters(source="Reuters"), said=("reuters",))
    reply = {
        "kind": "question",
        "questions": ["what of the mill?"],
        "since": "2025-01-01",
        "said": ["in spring 2025"],
    }
    assert (await read(reader, server, reply, by_rule)).filters == Filters(source="Reuters")
