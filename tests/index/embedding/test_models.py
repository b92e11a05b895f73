from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from langchain_core.embeddings import Embeddings

from index.embedding.e5 import DIMENSIONS, E5Embeddings
from index.embedding.models import BUILT_IN, build_embeddings
from index.errors import ConfigurationError, EmbeddingError
from tests.fakes.openai_server import OpenAIServer, Reply, running_openai_server

NAME = "openai:text-embedding-3-small"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with running_openai_server() as server:
        yield server


@pytest.mark.slow
def test_the_built_in_model(models: Path) -> None:
    model = build_embeddings(BUILT_IN, cache=models, threads=1)
    assert isinstance(model, E5Embeddings)
    assert len(model.embed_query("Who opened the bridge?")) == DIMENSIONS


def test_a_served_model(server: OpenAIServer, tmp_path: Path) -> None:
    model = build_embeddings(NAME, cache=tmp_path, base_url=server.base_url, api_key="sk-secret")
    first, second = model.embed_documents(["one text", "another text"])
    assert len(first) == len(second) == server.dimension
    assert model.embed_query("one text") == pytest.approx(first)
    assert first != second
    # Texts are sent, not tokens counted with a downloaded table.
    assert server.requests[0].body["input"] == ["one text", "another text"]


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "NEWSDESK_EMBEDDING_API_KEY"),
        (404, "NEWSDESK_EMBEDDING, and"),
        (400, "NEWSDESK_EMBEDDING_BASE_URL"),
    ],
)
def test_a_refusal_says_what_to_check_and_not_the_key(
    server: OpenAIServer, tmp_path: Path, status: int, advice: str
) -> None:
    server.script([Reply(status=status, error="Incorrect key: sk-secret")] * 4)
    model = build_embeddings(NAME, cache=tmp_path, base_url=server.base_url, api_key="sk-secret")
    for ask in (lambda: model.embed_query("a"), lambda: model.embed_documents(["a"])):
        with pytest.raises(EmbeddingError, match=advice) as caught:
            ask()
        assert "sk-secret" not in str(caught.value)


def test_a_model_without_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ConfigurationError, match="NEWSDESK_EMBEDDING_API_KEY"):
        build_embeddings(NAME, cache=tmp_path)


@pytest.mark.parametrize("name", ["e6-small", "", "nobody:model"])
def test_there_is_no_such_model(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match="embedding model"):
        build_embeddings(name, cache=tmp_path)


class HangingEmbeddings(Embeddings):
    """As a provider's own package, while its server hangs."""

    def __init__(self) -> None:
        self.ends = Event()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.ends.wait()
        return [[1.0] for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def test_a_provider_that_hangs_costs_a_question_no_more_than_its_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = HangingEmbeddings()
    monkeypatch.setattr("langchain.embeddings.init_embeddings", lambda *_, **__: hanging)
    model = build_embeddings("mistralai:embed", cache=tmp_path, seconds=0.2)
    with pytest.raises(EmbeddingError, match="in time"):
        model.embed_query("Who opened the bridge?")
    hanging.ends.set()
    model = build_embeddings("mistralai:embed", cache=tmp_path, seconds=60)
    assert model.embed_query("Who opened the bridge?") == [1.0]


class UnlikeEmbeddings(Embeddings):
    """As a provider's own package whose vectors of questions are others."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[1.0, 0.0] for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return [0.0, float(bool(text))]


def test_a_provider_is_told_what_is_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langchain.embeddings.init_embeddings", lambda *_, **__: UnlikeEmbeddings())
    model = build_embeddings("mistralai:embed", cache=tmp_path)
    assert model.embed_query("Who opened the bridge?") == [0.0, 1.0]
    assert model.embed_documents(["Nobody did."]) == [[1.0, 0.0]]
