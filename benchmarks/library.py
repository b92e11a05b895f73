"""How the library keeps up, ``python -m benchmarks.library``: syncs of little, of much, and a rebuild.

The embedding model is a stand-in that costs nothing and gives each text a vector of its own, in no order: what is
measured is the store. Such vectors are the hardest for the graph of the vector store.
"""

from __future__ import annotations

import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from benchmarks.figure import Figure, table
from index.article import SHARED, Article, digest
from index.library import Library
from index.passages import split_passages
from index.store import changes
from index.store.changes import Change
from index.store.sql.embedding_cache import EmbeddingCache

DIMENSIONS = 384
_OTHER = "guild:1"
_BATCH = 500


class RandomEmbeddings(Embeddings):
    """A vector for each text, by its digest."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        vector = np.random.default_rng(seed).standard_normal(DIMENSIONS)
        return list((vector / np.linalg.norm(vector)).tolist())


def measure(work: Path) -> Iterable[Figure]:
    """The figures, each as soon as it is there; ``work`` is an empty folder."""
    yield from _changes(work / "changes")
    yield from _many(work / "many")
    yield from _rebuild(work / "rebuild")


def _open(home: Path) -> Library:
    return Library(home, "random", RandomEmbeddings(), max_bytes=1_000_000)


def _changes(work: Path) -> Iterable[Figure]:
    """600 articles of 5 passages: none changed, one changed."""
    folder = _write(work / "articles", 600, passages=5)
    with _open(work / "home") as library:
        library.sync([str(folder)], SHARED)
    with _open(work / "home") as library:
        report = library.sync([str(folder)], SHARED)
        yield Figure("600 unchanged articles indexed again", report.seconds, "s", 2)
        yield Figure("texts embedded for them", report.embedded, "", 1)
        changed = folder / "article300.txt"
        changed.write_text(changed.read_text().replace("number 2 of", "number two of", 1))
        report = library.sync([str(folder)], SHARED)
        yield Figure("one of 600 articles changed", report.seconds, "s", 3)
        yield Figure("texts embedded for it, of 5", report.embedded, "", 2)


def _many(work: Path) -> Iterable[Figure]:
    """10,000 articles of one passage, which another scope has already embedded."""
    folder = _write(work / "articles", 10_000, passages=1)
    with _open(work / "home") as library:
        library.sync([str(folder)], _OTHER)
        report = library.sync([str(folder)], SHARED)
    yield Figure("10,000 articles of one passage, embeddings cached", report.seconds, "s", 60)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    yield Figure("memory of the process at its highest", peak / 1e6, "MB", 1000)


def _rebuild(work: Path) -> Iterable[Figure]:
    """100,000 passages in 10,000 articles, whose embeddings are cached."""
    with _open(work / "home") as library:
        engine = library.registry.engine
        cache = EmbeddingCache(engine, "random", RandomEmbeddings())
        source = library.registry.source_pk(SHARED, "benchmark")
        passages = 0
        for start in range(0, 10_000, _BATCH):
            batch = [_change(number) for number in range(start, start + _BATCH)]
            cache.embed([f"{change.article.title}\n{each.text}" for change in batch for each in change.passages])
            staged = changes.stage(engine, SHARED, source, batch)
            changes.publish(engine, staged, batch)
            changes.settle(engine, SHARED, staged.touched)
            passages += len(staged.touched)
        started = time.perf_counter()
        embedded = library.rebuild(lambda step: print(f"{step.done}/{step.total}", end="\r", file=sys.stderr))
        yield Figure(f"rebuild of {passages:,} passages", time.perf_counter() - started, "s", 600)
        yield Figure("texts embedded for it", embedded, "", 1)
        yield Figure("findings afterwards", len(library.examine()), "", 1)


def _change(number: int) -> Change:
    article = Article(f"article{number}", f"Article {number}", _text(number, 10))
    return Change(
        article.id, digest(article.text), digest(article.text), article, split_passages(article, SHARED), None
    )


def _write(folder: Path, count: int, *, passages: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"article{number}.txt").write_text(
            f"---\ntitle: Article {number}\n---\n{_text(number, passages)}\n"
        )
    return folder


def _text(number: int, passages: int) -> str:
    """A text of so many passages of some 150 tokens."""
    return "\n\n".join(
        " ".join(f"Line {line} of part {part} tells number {line} of report {number}." for line in range(11))
        for part in range(passages)
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        figures = []
        for figure in measure(Path(temporary)):
            figures.append(figure)
            print(f"{figure.name}: {figure.measured:.3g} {figure.unit}", file=sys.stderr, flush=True)
        print(table(figures))
