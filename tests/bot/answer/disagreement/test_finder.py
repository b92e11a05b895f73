"""Sides that a chat model on a loopback server names."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from bot.answer.disagreement.comparing import Contrast
from bot.answer.disagreement.finder import ContrastFinder
from bot.chat.build import build_chat_model
from bot.chat.model import ChatModel
from bot.chat.usage import Tally
from bot.settings import Settings
from index.search import Hit
from prompts import load_prompt
from tests.fakes.hits import hit
from tests.fakes.openai_server import Messages, OpenAIServer, Reply

QUESTION = "Who pushed the sale of the Crown Theatre through?"
LIBERAL = "It was the Liberal group that drove the sale of the Crown Theatre through, the minutes say."
LABOUR = "The Labour leader admitted that it was her party which had pushed the Crown Theatre's sale through."
WHALE = "A whale swam up the estuary of Marek. Nobody drove it away."


def article(name: str, text: str, day: int = 5) -> Hit:
    moment = datetime(2026, 3, day, tzinfo=UTC)
    return hit(name, text, title="", article_id=name, published_at=moment)


HITS = [article("liberal", LIBERAL), article("labour", LABOUR, 6), article("whale", WHALE)]


@pytest.fixture
def finder(settings: Settings, server: OpenAIServer) -> ContrastFinder:
    chosen = settings.model_copy(update={"chat_base_url": server.base_url})
    model = ChatModel(build_chat_model(chosen, "m"), "m", first_word_seconds=5, total_seconds=5)
    return ContrastFinder(model, load_prompt("disagreements"), b"secret", seconds=5)


def key_of(words: str, messages: Messages) -> str:
    found = re.search(rf'<passage key="(\w+)"[^>]*>\n[^<]*{re.escape(words)}', messages[-1]["content"])
    assert found
    return found[1]


def saying(*sides: tuple[str, str], changed: bool = False) -> Reply:
    """A reply that names these sides, each by words of its passage and the quote."""

    def reply(messages: Messages) -> str:
        named = [{"passage": key_of(words, messages), "quote": quote} for words, quote in sides]
        return "Here:\n" + json.dumps({"about": "the sale", "changed": changed, "sides": named}) + "\n"

    return Reply(reply)


async def found(finder: ContrastFinder, server: OpenAIServer, reply: Reply) -> list[Contrast] | None:
    server.disagreeing = reply
    return await finder.find(QUESTION, HITS, Tally())


TWO = (
    ("the Liberal group", "the Liberal group that drove the sale"),
    ("Labour leader", "it was her party which had"),
)


async def test_each_side_is_the_sentence_that_holds_its_words(
    finder: ContrastFinder, server: OpenAIServer
) -> None:
    server.disagreeing = saying(*TWO)
    tally = Tally()
    (one,) = await finder.find(QUESTION, HITS, tally) or []
    assert [[side.text for side in sides] for sides in one.sides] == [[LIBERAL], [LABOUR]]
    assert not one.superseded
    assert tally.tokens == {"m": (10, 5)}


async def test_what_changed_is_told_as_such(finder: ContrastFinder, server: OpenAIServer) -> None:
    (one,) = await found(finder, server, saying(*TWO, changed=True)) or []
    assert one.superseded


@pytest.mark.parametrize(
    "sides",
    [
        (TWO[0], ("Labour leader", "it was the Greens who had pushed it through")),  # made-up words
        (TWO[0], ("Labour leader", "the Liberal group that drove the sale")),  # words of another passage
        (TWO[0], ("A whale", "Nobody drove it away")),  # of nothing that both name
        (TWO[0], TWO[0]),  # one side twice
        (TWO[0],),
    ],
)
async def test_sides_that_the_passages_do_not_bear_out_are_not_shown(
    finder: ContrastFinder, server: OpenAIServer, sides: tuple[tuple[str, str], ...]
) -> None:
    assert await found(finder, server, saying(*sides)) == []


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply("NONE"), []),
        (Reply("<think>They exclude each other: {</think>\nNone."), []),
        (Reply("They seem to disagree."), None),
        (Reply('{"sides": [{"passage": "k4o"'), None),
        (Reply('{"sides": "many"}'), []),
        (Reply('{"sides": [null, {"passage": 3, "quote": ["a"]}]}'), []),
        (Reply(status=500, error="it failed"), None),
        (Reply("NONE", finish_reason="length"), None),
    ],
)
async def test_replies_that_name_no_sides(
    finder: ContrastFinder, server: OpenAIServer, reply: Reply, expected: list[Contrast] | None
) -> None:
    assert await found(finder, server, reply) == expected


async def test_one_passage_is_not_compared(finder: ContrastFinder, server: OpenAIServer) -> None:
    assert await finder.find(QUESTION, HITS[:1], Tally()) == []
    assert server.compared == []
