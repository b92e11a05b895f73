"""The desk with a chat model that costs: shares, several models, translations, replies remembered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answer.answer import Answer, last_of
from bot.answer.question.turn import Turn
from bot.app import App, open_app
from bot.chat.budget import Asker
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from index.errors import ConfigurationError
from tests.bot.answer.test_desk import BOTH, MANY, NINE, QUESTION, QUOTED, lines, write_articles
from tests.fakes.openai_server import Messages, OpenAIServer, Reply

pytestmark = pytest.mark.slow

ALICE, BOB = Asker("1", "guild"), Asker("2", "guild")
GERMAN_ANSWER = "Vor dem Hafen von Varnogorsk warten neun Schiffe."
GERMAN = "Wie viele Schiffe warten vor dem Hafen von Varnogorsk auf die Einfahrt?"


@pytest.fixture
def newsroom(
    settings: Settings, server: OpenAIServer, e5: E5Embeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Newsroom:
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
    return Newsroom(settings, server, write_articles(tmp_path / "in"))


class Newsroom:
    """Apps over two articles, with a chat model on ``server`` and settings of their own."""

    def __init__(self, settings: Settings, server: OpenAIServer, articles: Path) -> None:
        self._settings = settings
        self._server = server
        self._articles = articles

    @contextmanager
    def open(self, **changes: object) -> Iterator[App]:
        chat: dict[str, object] = {
            "chat_model": "small-1",
            "chat_base_url": self._server.base_url,
            "chat_total_seconds": 10,
            "judge_model": "off",  # its calls are counted in test_unsupported.py
            "judge_disagreements": False,
        }
        with open_app(self._settings.model_copy(update=chat | changes)) as app:
            app.library.sync([str(self._articles)], SHARED)
            yield app


async def ask(app: App, question: str = QUESTION, asker: Asker | None = ALICE) -> Answer:
    return await last_of(app.desk.ask(question, [SHARED], asker=asker))


async def test_an_answer_says_what_it_cost_and_it_is_written_down(
    newsroom: Newsroom, server: OpenAIServer
) -> None:
    server.script([BOTH])
    with newsroom.open(prices="small-1=1/2") as app:
        answer = await ask(app)
        (line,) = app.memory.usage.lines(datetime.now(UTC).date())
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (10, 5)
    assert answer.usage.cost == pytest.approx(0.00002)
    assert (line.user, line.server, line.model, line.answers) == ("1", "guild", "small-1", 1)
    assert line.used == answer.usage


async def test_what_comparing_the_articles_costs_is_counted(newsroom: Newsroom, server: OpenAIServer) -> None:
    server.script([BOTH])
    with newsroom.open(judge_disagreements=True) as app:
        answer = await ask(app)
    assert len(server.compared) == 1
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (20, 10)


async def test_the_same_question_again_costs_nothing_and_is_checked_again(
    newsroom: Newsroom, server: OpenAIServer
) -> None:
    server.script([BOTH])
    with newsroom.open() as app:
        first = await ask(app)
        again = await ask(app, asker=BOB)
        app.library.remove(SHARED, next(one.article_id for one in first.citations if NINE in one.quote))
        server.script([lines(("The dockers' union says 23 ships are waiting.", MANY, MANY))])
        changed = await ask(app)
    assert again.sentences == first.sentences
    assert again.usage.prompt_tokens == 0
    assert len(server.requests) == 2
    assert NINE not in str(changed.citations)


async def test_whoever_used_their_share_gets_quotes_and_is_told_until_when(
    newsroom: Newsroom, server: OpenAIServer
) -> None:
    server.script([BOTH])
    turn = Turn("Who counts the ships?", "Who counts the ships in Varnogorsk?", "The harbour office does.")
    with newsroom.open(daily_user_tokens=15, rerank_model="small-1", chat_cache_days=0) as app:
        assert (await ask(app)).engine == "small-1"
        asked = len(server.requests)
        answer = await last_of(app.desk.ask(QUESTION, [SHARED], turns=[turn], asker=ALICE))
        assert len(server.requests) == asked
        assert (await ask(app, asker=BOB)).engine == "small-1"
        assert (await ask(app, "What is the capital of Peru?")).notes == ()
    assert answer.engine == "extractive"
    assert NINE in answer.text
    (note,) = map(str, answer.notes)
    assert note.startswith(
        "You have used up your share of the chat model for today (15 tokens). It starts anew at"
    )
    assert note.endswith(QUOTED)


async def test_a_server_has_a_share_too(newsroom: Newsroom, server: OpenAIServer) -> None:
    server.script([BOTH])
    with newsroom.open(daily_server_cost=0.00001, prices="small-1=1/2") as app:
        assert (await ask(app)).engine == "small-1"
        (note,) = map(str, (await ask(app, asker=BOB)).notes)
        assert (await ask(app, asker=Asker("2"))).engine == "small-1"
    assert note.startswith("This server has used up its share")


def test_a_cap_in_money_needs_prices(newsroom: Newsroom) -> None:
    with (
        pytest.raises(ConfigurationError, match="NEWSDESK_PRICES has no price for small-1"),
        newsroom.open(daily_user_cost=1.0),
    ):
        pass


async def test_what_was_used_counts_when_the_asker_goes_away(newsroom: Newsroom, server: OpenAIServer) -> None:
    def endless(messages: Messages) -> str:
        return BOTH(messages) + "." * 9000  # so that the asker goes first, however slow the machine

    server.script([Reply(endless, token_delay=0.01)])
    with newsroom.open() as app:
        stream = app.desk.ask(QUESTION, [SHARED], asker=ALICE)
        async for snapshot in stream:
            if snapshot.text:
                break
        await stream.aclose()
        assert app.memory.usage.used(datetime.now(UTC).date(), user="1").prompt_tokens > 100


async def test_passages_are_put_in_order_by_a_model_of_their_own(newsroom: Newsroom, server: OpenAIServer) -> None:
    shown: list[str] = []

    def reply(messages: Messages) -> str:
        prompt = str(messages[-1]["content"])
        if "best first" in prompt:
            keys = [part.partition('"')[0] for part in prompt.split('<passage key="')[1:]]
            return ", ".join(reversed(keys))
        shown.append(prompt)
        return BOTH(messages)

    server.script([reply])
    with newsroom.open() as app:
        await ask(app)
    with newsroom.open(rerank_model="judge-1", chat_cache_days=0) as app:
        answer = await ask(app)
    assert [request.body["model"] for request in server.requests] == ["small-1", "judge-1", "small-1"]
    plain, ordered = (prompt.index("Nine ships") < prompt.index("23 ships") for prompt in shown)
    assert plain != ordered
    assert "rerank" in answer.timings
    assert answer.usage.prompt_tokens == 20


async def test_messages_can_be_read_by_another_model(newsroom: Newsroom, server: OpenAIServer) -> None:
    server.reading = Reply(json.dumps({"kind": "follow-up", "questions": [QUESTION]}))
    server.script([BOTH])
    turn = Turn("Who counts the ships?", "Who counts the ships in Varnogorsk?", "The harbour office does.")
    with newsroom.open(rewrite_model="tiny-1") as app:
        answer = await last_of(app.desk.ask("How many are waiting?", [SHARED], turns=[turn], asker=ALICE))
        lines = app.memory.usage.lines(datetime.now(UTC).date())
    assert [request.body["model"] for request in server.read] == ["tiny-1"]
    assert [request.body["model"] for request in server.requests] == ["small-1"]
    assert {line.model for line in lines} >= {"small-1"}
    assert answer.standalone == QUESTION


def translating(messages: Messages) -> str:
    prompt = str(messages[-1]["content"])
    if "Translate each quote" in prompt:
        return "\n".join(f"{n}: Neun Schiffe warten vor dem Hafen von Varnogorsk" for n in range(1, 5))
    return BOTH(messages).splitlines()[0].replace("The harbour office counts nine ships.", GERMAN_ANSWER)


async def test_quotes_are_translated_for_whoever_asks_in_another_language(
    newsroom: Newsroom, server: OpenAIServer
) -> None:
    server.script([translating])
    with newsroom.open(judge_model=None) as app:  # without a judge, an answer in another language is not shown
        answer = await ask(app, GERMAN)
        quote = next(one for one in answer.citations if one.quote == NINE)
        assert quote.translation == "Neun Schiffe warten vor dem Hafen von Varnogorsk"
        assert answer.usage.prompt_tokens == 30  # written, judged, translated
    with newsroom.open(translate_quotes=False, chat_cache_days=0) as app:
        assert all(one.translation is None for one in (await ask(app, GERMAN)).citations)
