"""Each behaviour of a chat model's server, as somebody sees it who asks."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bot.answer.answer import Answer
from bot.app import open_app
from bot.chat.probe import probe_chat
from bot.operator.work import operator
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from index.library import Library
from tests.behaviours.chat import CHAT, MANY, NINE, Behaviour
from tests.behaviours.chat_again import AGAIN
from tests.behaviours.server import ModelServer, elsewhere, page, running_model_server
from tests.bot.answer.test_desk import QUESTION, write_articles
from tests.conftest import MAX_BYTES

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("clean_environment")]

_LONG = "Pilot {0} says that the fog over Varnogorsk has kept boat {1} in the harbour, and tells of it. "


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with running_model_server() as running:
        yield running


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, e5: E5Embeddings) -> Iterator[Library]:
    """Two short articles that answer, and long ones that fill the prompt."""
    folder = tmp_path_factory.mktemp("chat")
    articles = write_articles(folder / "in")
    for number in range(9):
        (articles / f"long{number}.txt").write_text(f"Day {number} of the ships.\n\n" + _long(number))
    with Library(folder / "home", "e5-small", e5, max_bytes=MAX_BYTES) as library:
        library.sync([str(articles)], SHARED)
        yield library


def _long(number: int) -> str:
    return "".join(_LONG.format(number * 20 + line, line * 7 + number) for line in range(17))


def settings_for(behaviour: Behaviour, server: ModelServer, home: Path) -> Settings:
    values: dict[str, Any] = {"chat_model": "small", "chat_base_url": "{base}", **behaviour.changes}
    base = {"base": server.base_url, "root": server.root, "rest": server.base_url.removeprefix("http")}
    values = {name: value.format(**base) if isinstance(value, str) else value for name, value in values.items()}
    if "chat_api_key" in values:
        values["chat_api_key"] = SecretStr(values["chat_api_key"])
    # Short limits only where nothing ever comes: elsewhere a slow machine would run into them.
    hangs = "hangs" in behaviour.name
    values |= {
        "home": home,
        "judge_model": "off",  # it speaks as it was told, and is no judge: the words that it quotes are shown
        "chat_first_word_seconds": 1.5 if hangs else 60,
        "chat_total_seconds": 2.5 if hangs else 90,
    }
    return Settings(**{"_env_file": None, **values})


def refused_settings(behaviour: Behaviour, server: ModelServer, home: Path) -> str | None:
    """The setting that is refused at once, if one is."""
    try:
        settings_for(behaviour, server, home)
    except ValidationError as error:
        return f"NEWSDESK_{error.errors()[0]['loc'][0]}".upper()
    return None


def asked(settings: Settings) -> tuple[Answer, int]:
    """The answer, and how many replies were remembered."""

    async def ask() -> Answer:
        async for answer in open_app(settings).desk.ask(QUESTION, [SHARED], asker=operator()):
            latest = answer
        return latest

    answer = asyncio.run(ask())
    with closing(sqlite3.connect(settings.home / "memory.sqlite")) as memory:
        return answer, memory.execute("SELECT count(*) FROM replies").fetchone()[0]


@pytest.mark.parametrize("behaviour", [*CHAT, *AGAIN], ids=lambda behaviour: behaviour.name)
def test_what_the_asker_sees(
    behaviour: Behaviour,
    server: ModelServer,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.app.open_library", lambda _: nullcontext(library))
    server.behave(behaviour.handler)
    before = len(server.requests)
    if refused := refused_settings(behaviour, server, tmp_path):
        assert behaviour.says == refused
        return
    answer, remembered = asked(settings_for(behaviour, server, tmp_path))
    # The message is read, the answer written and the articles compared in calls of their own.
    most = max(Counter(one.prompt[:100] for one in server.requests[before:]).values(), default=0)
    notes = " ".join(map(str, answer.notes))
    texts = [sentence.text for sentence in answer.sentences]
    if behaviour.says is None:
        assert notes == ""
        assert answer.engine != "extractive"
        assert texts
        assert all(NINE in text or MANY in text for text in texts)
    else:
        assert re.search(behaviour.says, notes)
        if behaviour.shows:
            assert any(NINE in text for text in texts)
        else:
            assert answer.engine == "extractive"
    assert most <= behaviour.calls
    assert "very-secret" not in notes + caplog.text
    if behaviour.says:
        assert not remembered


@pytest.mark.parametrize("behaviour", [*CHAT, *AGAIN], ids=lambda behaviour: behaviour.name)
async def test_the_doctor_says_the_same(behaviour: Behaviour, server: ModelServer, tmp_path: Path) -> None:
    server.behave(behaviour.handler)
    if refused_settings(behaviour, server, tmp_path):
        return
    found = await probe_chat(settings_for(behaviour, server, tmp_path), "small")
    if behaviour.says is None:
        assert found.problem is None
    elif found.problem:  # what only a long prompt, or a long reply, meets is not met here
        assert re.search(behaviour.says, found.problem)


async def test_where_it_answers_is_asked_for_once_and_no_other_server_gets_the_key(
    server: ModelServer, tmp_path: Path
) -> None:
    (missing,) = (one for one in CHAT if one.name == "vLLM: no /v1, 404")
    server.behave(missing.handler)
    before = len(server.requests)
    settings = settings_for(missing, server, tmp_path).model_copy(
        update={"chat_api_key": SecretStr("very-secret")}
    )
    assert (await probe_chat(settings, "small")).address == server.base_url
    paths = [one.path for one in server.requests[before:]]
    assert paths == ["/chat/completions", "/v1/chat/completions"]

    with running_model_server() as other:
        other.behave(page("404 page not found", 404))
        server.behave(elsewhere(other.root))
        found = await probe_chat(settings, "small")
        assert found.address is None
        assert "NEWSDESK_CHAT_BASE_URL" in str(found.problem)
        assert other.requests
        assert not any("very-secret" in str(one.headers) for one in other.requests)
