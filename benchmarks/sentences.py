"""How often the sentences that would be quoted first hold the answer, abstentions aside."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpora import Corpus, settings_for
from benchmarks.figure import Figure
from bot.answer.engines.quoting import ExtractiveEngine
from bot.answer.question.question import Part
from bot.app import open_library
from bot.evaluation.questions import holds_answer, read_queries
from index.article import SHARED

_TARGETS = {"xquad en": 0.91, "news": 0.8}
"""For the best two sentences."""


def measure(corpus: Corpus, home: Path) -> list[Figure]:
    """The share of the questions with a gold answer for which the best one, two or three sentences hold it."""
    figures = []
    with open_library(settings_for(home)) as library:
        engine = ExtractiveEngine(library)
        for name, path in corpus.queries.items():
            queries = [query for query in read_queries(path) if query.answers]
            ranked = [
                engine.rank(Part(query.question), library.search(query.question, [SHARED])) for query in queries
            ]
            for most in (1, 2, 3):
                held = sum(
                    any(holds_answer(candidate.text, query) for candidate in candidates[:most])
                    for query, candidates in zip(queries, ranked, strict=True)
                )
                if queries:
                    target = _TARGETS.get(name) if most == 2 else None
                    share = held / len(queries)
                    figures.append(
                        Figure(f"best {most} hold the answer, {name}", share, target=target, at_least=True)
                    )
    return figures
