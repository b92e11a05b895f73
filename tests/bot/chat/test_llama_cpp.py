"""The protocol as llama.cpp's own server speaks it (where ``pip install xllamacpp gguf`` was done)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from bot.chat.build import build_chat_model
from bot.chat.failures import ChatError
from bot.chat.model import ChatModel
from bot.chat.usage import Tally
from bot.chat.window import TooLongError
from bot.settings import Settings
from index.embedding.models import build_embeddings
from index.embedding.served import ServedEmbeddings
from index.errors import EmbeddingError
from tests.behaviours.llama_cpp import DIMENSION, WINDOW, running_llama_cpp, write_model

pytest.importorskip("xllamacpp")
pytest.importorskip("gguf")
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("clean_environment")]

LONG = "a long text of many words " * 100


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("llama") / "random.gguf"
    write_model(path)
    return path


@pytest.fixture(scope="module")
def chatting(model: Path) -> Iterator[str]:
    with running_llama_cpp(model) as base_url:
        yield base_url


@pytest.fixture(scope="module")
def embedding(model: Path) -> Iterator[str]:
    with running_llama_cpp(model, embeds=True) as base_url:
        yield base_url


def chat(base_url: str) -> ChatModel:
    settings = Settings(_env_file=None, chat_model="m", chat_base_url=base_url)  # type: ignore[call-arg]
    return ChatModel(build_chat_model(settings), "m", first_word_seconds=60, total_seconds=60)


def served(base_url: str) -> ServedEmbeddings:
    built = build_embeddings("m", cache=Path("unused"), base_url=base_url, seconds=20)
    assert isinstance(built, ServedEmbeddings)
    return built


async def test_what_it_writes_is_read_and_counted(chatting: str) -> None:
    asked, tally = chat(chatting), Tally()
    with pytest.raises(ChatError, match="became too long"):  # nonsense has no end
        await asked.complete([SystemMessage("hi"), HumanMessage("hello")], tally)
    assert asked.form.left_out() == []
    read, written = tally.tokens["m"]
    assert read > len("hihello")
    assert read + written >= WINDOW - 1


async def test_a_prompt_that_is_too_long_is_told_and_the_window_learned(chatting: str) -> None:
    asked = chat(chatting)
    with pytest.raises(TooLongError, match=r"too long.*\(400 from http.*tokens.*”\)"):
        await asked.complete([HumanMessage(LONG)], Tally())
    assert asked.characters is not None
    assert asked.characters < len(LONG) // 2


def test_texts_are_embedded_also_those_that_are_too_long(embedding: str) -> None:
    vectors = served(embedding).embed_each(["one", "two", LONG])
    assert [len(vector) for vector in vectors if vector is not None] == [DIMENSION] * 3
    assert len(served(embedding).embed_query("one")) == DIMENSION


def test_a_server_that_was_not_started_for_embeddings_is_told(chatting: str) -> None:
    with pytest.raises(EmbeddingError, match=r"started for embeddings.*501 from .*--embeddings"):
        served(chatting).embed_each(["one"])
