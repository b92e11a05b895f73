"""Follow-ups rewritten by a chat model on a loopback server, whose reply is not trusted."""

from __future__ import annotations

import pytest

from bot.answer.engines.engine import Tally
from bot.answer.question.rewriter import ModelRewriter
from bot.answer.question.standalone import Turn, standalone
from bot.chat.build import build_chat_model
from bot.chat.model import ChatModel
from bot.settings import Settings
from prompts import load_prompt
from tests.fakes.openai_server import OpenAIServer, Reply

TURN = Turn(
    "How many people died in the flood in Kharkiv?",
    "How many people died in the flood in Kharkiv?",
    "Twelve people died, mayor Ivan Petrov said.",
)
ASKED = "How many houses?"
BY_RULE = standalone(ASKED, [TURN])
WRITTEN = "How many houses did the flood in Kharkiv destroy?"


@pytest.fixture
def rewriter(settings: Settings, server: OpenAIServer) -> ModelRewriter:
    chosen = settings.model_copy(update={"chat_model": "m", "chat_base_url": server.base_url})
    chat = build_chat_model(chosen).model_copy(update={"stream_usage": True})
    model = ChatModel(chat, "m", first_word_seconds=5, total_seconds=5)
    return ModelRewriter(model, load_prompt("rewrite"))


async def test_the_model_rewrites_and_is_counted(rewriter: ModelRewriter, server: OpenAIServer) -> None:
    server.script([WRITTEN])
    tally = Tally()
    assert await rewriter.rewrite(ASKED, [TURN], tally) == WRITTEN
    assert "m" in tally.tokens
    assert TURN.standalone in server.requests[0].prompt


async def test_the_same_question_back_means_that_it_stands_on_its_own(
    rewriter: ModelRewriter, server: OpenAIServer
) -> None:
    server.script(["who won the race in Lumen ?"])
    assert await rewriter.rewrite("Who won the race in Lumen?", [TURN], Tally()) is None


async def test_without_turns_the_model_is_not_asked(rewriter: ModelRewriter, server: OpenAIServer) -> None:
    assert await rewriter.rewrite(ASKED, [], Tally()) is None
    assert server.requests == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500),
        Reply(""),
        Reply("Twelve people died."),
        Reply("One line?\nTwo lines?"),
        Reply("How many houses in Moscow?"),
        Reply("How many houses did 99 floods in Kharkiv destroy?"),
        Reply("How many houses, see https://evil.example/?"),
        Reply("How many houses " * 40 + "?"),
    ],
)
async def test_what_can_not_be_trusted_falls_back_to_the_rules(
    rewriter: ModelRewriter, server: OpenAIServer, reply: Reply
) -> None:
    server.script([reply])
    assert BY_RULE is not None
    assert await rewriter.rewrite(ASKED, [TURN], Tally()) == BY_RULE
