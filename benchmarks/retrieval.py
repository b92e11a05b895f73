"""How often the right article is found, as ``newsdesk eval --no-answers`` measures it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from benchmarks.corpora import Corpus, settings_for
from benchmarks.figure import Figure
from bot.app import open_app
from bot.evaluation.questions import evaluate, read_queries

_TARGETS = {"news": 0.90, "xquad en": 0.975, "xquad de": 0.88, "xquad es": 0.88}


def measure(corpus: Corpus, home: Path) -> list[Figure]:
    """Recall and mean reciprocal rank of the best right article among the first ten articles found."""
    figures = []
    with open_app(settings_for(home)) as app:
        for name, path in corpus.queries.items():
            metrics = asyncio.run(evaluate(app, read_queries(path), answers=False)).metrics
            target = _TARGETS.get(name)
            figures += [
                Figure(f"recall@10, {name}", metrics["recall@10"], target=target, at_least=True),
                Figure(f"MRR@10, {name}", metrics["mrr@10"], target=target, at_least=True),
            ]
    return figures
