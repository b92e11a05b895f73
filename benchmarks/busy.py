"""How long an answer takes while articles are indexed, beside how long it takes when nothing else goes on."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median, quantiles

from benchmarks.answers import ask_all
from benchmarks.corpora import Corpus, settings_for
from benchmarks.figure import Figure
from bot.app import App, open_app
from bot.evaluation.questions import read_queries
from index.sync.sync import SyncProgress

_OTHER = "guild:1"
"""Whose library is indexed into: what is found for the questions stays the same."""
_ARTICLES = 2000


class _EnoughError(Exception):
    """The questions are answered."""


def measure(corpus: Corpus, home: Path) -> list[Figure]:
    """95th percentiles over the questions of ``corpus``: idle, while indexing, and how the two compare.

    Each round asks every question with sentences that were never embedded, as for a bot that was just started.
    The store in ``home`` stays as it is.
    """
    questions = [query.question for query in read_queries(corpus.first_queries)]
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(shutil.copytree(home, Path(temporary) / "home"))
        folder = _write(Path(temporary) / "articles")
        with open_app(settings_for(copy)) as app:
            idle = asyncio.run(ask_all(app, questions))
        with open_app(settings_for(copy)) as app:
            busy, done, seconds = asyncio.run(_ask_while_indexing(app, questions, folder))
    name = f"answer over {corpus.name}, {len(questions)} questions"
    return [
        Figure(f"{name}, idle, median", median(idle) * 1000, "ms"),
        Figure(f"{name}, while indexing, median", median(busy) * 1000, "ms"),
        Figure(f"{name}, idle, 95th percentile", _p95(idle) * 1000, "ms"),
        Figure(f"{name}, while indexing, 95th percentile", _p95(busy) * 1000, "ms"),
        Figure("the latter over the former", _p95(busy) / _p95(idle), "", 2),
        Figure("articles of 3 passages indexed meanwhile", done / seconds, "a second"),
    ]


def _p95(taken: Sequence[float]) -> float:
    return quantiles(taken, n=20)[18]


async def _ask_while_indexing(app: App, questions: Sequence[str], folder: Path) -> tuple[list[float], int, float]:
    """What the answers took; how many articles were indexed meanwhile, and in what time (seconds)."""
    begun, enough = threading.Event(), threading.Event()
    done = 0

    def progress(step: SyncProgress) -> None:
        nonlocal done
        done = step.done
        if done:
            begun.set()
        if enough.is_set():
            raise _EnoughError

    indexing = asyncio.create_task(asyncio.to_thread(app.library.sync, [str(folder)], _OTHER, progress))
    await asyncio.to_thread(begun.wait)
    started, before = time.perf_counter(), done
    taken = await ask_all(app, questions)
    seconds, meanwhile = time.perf_counter() - started, done - before
    if indexing.done():
        raise RuntimeError("Indexing ended before the questions did: there are too few articles to measure with.")
    enough.set()
    with suppress(_EnoughError):
        await indexing
    return taken, meanwhile, seconds


def _write(folder: Path) -> Path:
    folder.mkdir()
    for number in range(_ARTICLES):
        text = "\n\n".join(
            " ".join(f"Ship {number} of line {part} called at port {call + number}." for call in range(12))
            for part in range(3)
        )
        (folder / f"article{number}.txt").write_text(f"---\ntitle: Ship {number}\n---\n{text}\n")
    return folder
