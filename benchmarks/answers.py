"""How long an answer that quotes takes in a running process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

from benchmarks.corpora import Corpus, settings_for
from benchmarks.figure import Figure
from bot.answer.answer import last_of
from bot.app import App, open_app
from bot.evaluation.questions import read_queries
from index.article import SHARED

_WARM_UP = "Is this thing on?"


def measure(corpus: Corpus, home: Path) -> list[Figure]:
    """The median and 95th percentile over the questions of ``corpus``, each asked once, one after the other."""
    questions = [query.question for query in read_queries(corpus.first_queries)]
    with open_app(settings_for(home)) as app:
        taken = asyncio.run(ask_all(app, questions))
    cuts = quantiles(taken, n=20)
    name = f"warm answer over {corpus.name}, {len(questions)} questions"
    return [
        Figure(f"{name}, median", cuts[9] * 1000, "ms", 150),
        Figure(f"{name}, 95th percentile", cuts[18] * 1000, "ms", 300),
    ]


async def ask_all(app: App, questions: Sequence[str]) -> list[float]:
    """How long each of ``questions`` takes to answer, in seconds, one after the other."""
    await last_of(app.desk.ask(_WARM_UP, [SHARED]))
    taken = []
    for question in questions:
        started = time.perf_counter()
        await last_of(app.desk.ask(question, [SHARED]))
        taken.append(time.perf_counter() - started)
    return taken
