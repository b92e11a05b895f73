"""Each behaviour of an embedding model's server: what becomes of the passages, and what is said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from index.article import SHARED
from index.embedding.models import build_embeddings
from index.embedding.prefixes import prefixes_of
from index.embedding.probe import probe_embeddings
from index.embedding.served import ServedEmbeddings
from index.errors import EmbeddingError
from index.library import Library
from index.told import Told, words_of
from tests.behaviours.embeddings import BAD, EMBEDDINGS, WELL, Behaviour, vector_of, without_bad
from tests.behaviours.server import ModelServer, hang, refusal, running_model_server, unless
from tests.conftest import MAX_BYTES

TEXTS = [f"Passage {number} about the harbour." for number in range(70)]
TEXTS[40] = f"{BAD} " * 12
TEXTS[50] = "A passage that is much longer than all of the others. " * 9


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with running_model_server() as running:
        yield running


@pytest.fixture(autouse=True)
def _keys_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other programs have in the environment, and what nobody may be sent."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-program")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:2/v1")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-another-program")


def built(server: ModelServer, name: str = "openai:small", **options: object) -> ServedEmbeddings:
    values = {"base_url": server.base_url, "seconds": 1.0, **options}
    values["base_url"] = str(values["base_url"]).format(root=server.root)
    model = build_embeddings(name, cache=Path("unused"), **values)  # type: ignore[arg-type]
    assert isinstance(model, ServedEmbeddings)
    return model


@pytest.mark.parametrize("behaviour", EMBEDDINGS, ids=lambda behaviour: behaviour.name)
def test_what_becomes_of_the_passages(
    behaviour: Behaviour, server: ModelServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.embedding.served._FIRST_PAUSE", 0.01)
    server.behave(behaviour.handler)
    before = len(server.requests)
    model = built(server, **behaviour.options)
    if behaviour.says:
        with pytest.raises(EmbeddingError, match=behaviour.says) as caught:
            model.embed_each(TEXTS)
        assert isinstance(words_of(caught.value), Told), "to be said in any language"
        assert "very-secret" not in str(caught.value) + caplog.text
        assert len(server.requests) - before <= behaviour.calls
        return
    vectors = model.embed_each(TEXTS)
    assert [TEXTS[at] for at, one in enumerate(vectors) if one is None] == [TEXTS[40]] * behaviour.loses
    exact = [at for at in range(len(TEXTS)) if at not in (40, 50)]
    assert all(vectors[at] == pytest.approx(vector_of(TEXTS[at])) for at in exact)
    calls = len(server.requests) - before
    assert calls <= behaviour.calls
    if not behaviour.loses:
        model.embed_each(TEXTS)
        assert len(server.requests) - before - calls <= calls, "what was learned is remembered"
    assert "another-program" not in str([request.headers for request in server.requests])


def test_where_it_answers_is_known_and_asked_for_once(server: ModelServer) -> None:
    (missing,) = (one for one in EMBEDDINGS if one.name == "vLLM: no /v1")
    server.behave(missing.handler)
    before = len(server.requests)
    model = built(server, base_url=server.root, api_key="very-secret")
    model.embed_query("Who?")
    model.embed_query("When?")
    assert [one.path for one in server.requests[before:]] == ["/embeddings", "/v1/embeddings", "/v1/embeddings"]
    assert probe_embeddings(model).address == f"{server.root}/v1"


def test_a_question_waits_no_longer_than_it_is_set_to(server: ModelServer) -> None:
    server.behave(hang)
    before = len(server.requests)
    begun = time.monotonic()
    with pytest.raises(EmbeddingError, match="in time"):
        built(server, seconds=0.3).embed_query("Who?")
    assert time.monotonic() - begun >= 0.3
    assert len(server.requests) - before == 1


def test_a_question_that_is_too_long_is_embedded_in_part(server: ModelServer) -> None:
    server.behave(unless(lambda one: all(len(text) < 60 for text in one.texts), refusal(400, "too long"), WELL))
    question = "Who waits? " * 10
    assert built(server).embed_query(question) == pytest.approx(vector_of(question[:55].strip()))


def test_a_question_that_cannot_be_embedded_is_told(server: ModelServer) -> None:
    server.behave(without_bad(refusal(400, "invalid characters")))
    with pytest.raises(EmbeddingError, match="Try other words"):
        built(server).embed_query(f"{BAD} " * 12)


def test_one_bad_text_costs_one_passage_by_name(server: ModelServer, home: Path, tmp_path: Path) -> None:
    (bad,) = (one for one in EMBEDDINGS if one.name == "NaN in the vectors")
    server.behave(bad.handler)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(20):
        (folder / f"a{number}.txt").write_text(f"The harbour of day {number}.\n\nShips came in on day {number}.")
    (folder / "bad.txt").write_text(f"{BAD} " * 12)

    def opened(model: Embeddings) -> Library:
        return Library(home, "openai:small", model, max_bytes=MAX_BYTES)

    with opened(built(server)) as library:
        report = library.sync([str(folder)], SHARED)
        assert report.added == 20
        assert [failure.location for failure in report.failures] == ["bad.txt"]
        assert "cannot embed" in str(report.failures[0].reason)
        assert library.count([SHARED]) == 20
        assert library.examine() == []
        server.behave(WELL)
        assert library.sync([str(folder)], SHARED).added == 1  # nothing else is needed once the server is well


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("openai:intfloat/multilingual-e5-large", "query: ", "passage: "),
        ("nomic-embed-text:v1.5", "search_query: ", "search_document: "),
        ("BAAI/bge-small-en-v1.5", "Represent this sentence for searching relevant passages: ", ""),
        ("bge-m3:latest", "", ""),
        ("thenlper/gte-large", "", ""),
        ("embeddinggemma:300m", "task: search result | query: ", "title: none | text: "),
        ("openai:text-embedding-3-small", "", ""),
    ],
)
def test_prefixes_of_the_usual_families(name: str, query: str, passage: str) -> None:
    prefixes = prefixes_of(name)
    assert (prefixes.query, prefixes.passage) == (query, passage)


def test_qwen3_is_told_its_task() -> None:
    assert prefixes_of("Qwen/Qwen3-Embedding-0.6B").query.endswith("\nQuery: ")
    assert prefixes_of("intfloat/multilingual-e5-large-instruct").query.startswith("Instruct: ")


def test_prefixes_are_sent_or_replaced(server: ModelServer) -> None:
    server.behave(WELL)
    model = built(server, "nomic-embed-text", passage_prefix="")
    model.embed_documents(["a"])
    model.embed_query("b")
    assert [request.texts for request in server.requests[-2:]] == [["a"], ["search_query: b"]]
