"""``python -m benchmarks.sizes FOLDER``: what the gate lets through in libraries of several sizes.

FOLDER holds ``articles.jsonl`` and ``queries.jsonl``. Of the articles so many are drawn (seed 0), half of them
such that somebody asks about them; then every question is asked, without a chat model. Those whose articles were
drawn can be answered; those whose weren't are about other stories, and should rather not be.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typer

from benchmarks.corpora import settings_for
from bot.answer.gate import QUOTED, near_enough
from bot.answer.question.question import Part
from bot.app import open_library
from bot.evaluation.questions import Query, read_queries
from index.article import SHARED
from index.errors import ConfigurationError

_SIZES = (20, 60, 150, 400)


def passed(articles: Sequence[str], queries: Sequence[Query], size: int) -> tuple[float, float]:
    """The share of the questions that pass: those whose articles are among ``size`` of them, and the others."""
    lines = {json.loads(line)["id"]: line for line in articles}
    drawn = random.Random(0)
    asked = sorted({article for query in queries for article in query.relevant if article in lines})
    chosen = set(drawn.sample(asked, min(size // 2, len(asked))))
    chosen |= set(
        drawn.sample(sorted(lines.keys() - set(asked)), min(size - len(chosen), len(lines) - len(asked)))
    )
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "articles.jsonl"
        path.write_text("".join(lines[article] for article in sorted(chosen)), "utf-8")
        with open_library(settings_for(Path(temporary) / "home")) as library:
            library.sync([str(path)], SHARED)
            found = {
                query.id: near_enough(
                    Part(query.question), library.search(query.question, [SHARED]), library, QUOTED
                )
                for query in queries
            }
    inside = [found[query.id] for query in queries if query.relevant & chosen]
    outside = [found[query.id] for query in queries if not query.relevant & chosen]
    return sum(inside) / len(inside), sum(outside) / len(outside)


def main(folder: Path) -> None:
    """Print the shares as a table."""
    if not (folder / "queries.jsonl").exists():
        raise ConfigurationError(f"{folder} holds no articles.jsonl and queries.jsonl.")
    articles = (folder / "articles.jsonl").read_text("utf-8").splitlines(keepends=True)
    queries = read_queries(folder / "queries.jsonl")
    print("| articles | can be answered: pass | about other stories: pass |\n|---|---|---|")
    for size in _SIZES:
        inside, outside = passed(articles, queries, size)
        print(f"| {size} | {inside:.2f} | {outside:.2f} |", flush=True)


if __name__ == "__main__":
    typer.run(main)
