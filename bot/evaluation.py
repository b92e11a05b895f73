"""Measures retrieval and answers on questions whose right articles are known."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bot.answer.answer import last_of
from bot.answer.quotes import normalise
from bot.app import App
from index.article import SHARED
from index.errors import ConfigurationError
from index.sync import SyncProgress

_CUTOFFS = (1, 5, 10)
_DEPTH = 10
# Passages fetched so that ten different articles are among them.
_PASSAGES = 50
_Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Query:
    """A question; without ``relevant`` articles the right answer is to abstain."""

    id: str
    question: str
    answers: tuple[str, ...]
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``metrics`` are shares (0..1) or seconds; ``intervals`` are their 95% confidence intervals."""

    queries: int
    metrics: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    missed: Sequence[str]


def read_queries(path: Path) -> list[Query]:
    """Questions from a JSONL file. Raises ``ConfigurationError`` naming the first line that can't be used."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The questions in {path} cannot be read: {error}") from error
    queries = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            queries.append(
                Query(
                    str(record.get("id", number)),
                    str(record["question"]),
                    tuple(_strings(record.get("answers", []))),
                    frozenset(_strings(record["relevant_article_ids"])),
                )
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigurationError(
                f"Line {number} of {path} is no question: {error!r}. Each line is a JSON object with "
                '"question" and "relevant_article_ids".'
            ) from error
    if not queries:
        raise ConfigurationError(f"There are no questions in {path}.")
    return queries


def _strings(values: object) -> list[str]:
    if not isinstance(values, list):
        raise TypeError(f"{values!r} is no list")
    return [str(value) for value in values]


async def evaluate(
    app: App,
    queries: Sequence[Query],
    *,
    answers: bool,
    progress: Callable[[SyncProgress], None] = lambda _: None,
) -> Evaluation:
    """Ask each of ``queries`` of the shared library and compare with what is right."""
    samples: dict[str, list[float]] = {}
    missed: list[str] = []

    def note(name: str, value: float | bool) -> None:
        samples.setdefault(name, []).append(float(value))

    for number, query in enumerate(queries):
        if query.relevant:
            rank = _rank(app, query)
            for cutoff in _CUTOFFS:
                note(f"recall@{cutoff}", 0 < rank <= cutoff)
            note(f"mrr@{_DEPTH}", 1 / rank if rank else 0)
            if not rank:
                missed.append(query.question)
        if answers:
            await _measure_answer(app, query, note)
        progress(SyncProgress(number + 1, len(queries), 0))
    return _report(len(queries), samples, missed)


def _rank(app: App, query: Query) -> int:
    """The best rank (from 1) of a relevant article among the first ten articles found; 0 if there is none.

    An article whose copy of a passage was collapsed into another's ranks right behind it.
    """
    hits = app.library.search(query.question, [SHARED], _PASSAGES)
    found = list(dict.fromkeys(ref.id for hit in hits for ref in (hit.article, *hit.twins)))[:_DEPTH]
    return next((rank for rank, article_id in enumerate(found, 1) if article_id in query.relevant), 0)


async def _measure_answer(app: App, query: Query, note: Callable[[str, float | bool], None]) -> None:
    started = time.perf_counter()
    answer = await last_of(app.desk.ask(query.question, [SHARED]))
    note("answer_seconds", time.perf_counter() - started)
    if not query.relevant:
        note("false_answers", not answer.abstained)
        return
    note("coverage", not answer.abstained)
    for citation in answer.citations:
        article = app.library.article([SHARED], citation.article_id)
        exact = article is not None and article.text[citation.start : citation.end] == citation.quote
        note("quotes_verbatim", exact)
    if query.answers and not answer.abstained:
        said = _folded(" ".join([answer.text, *(citation.quote for citation in answer.citations)]))
        note("answer_contains", any(_folded(gold) in said for gold in query.answers))
        note("cites_relevant", any(citation.article_id in query.relevant for citation in answer.citations))


def _folded(text: str) -> str:
    return normalise(text).casefold()


def _report(count: int, samples: Mapping[str, list[float]], missed: Sequence[str]) -> Evaluation:
    metrics: dict[str, float] = {}
    intervals: dict[str, tuple[float, float]] = {}
    for name, values in samples.items():
        if name == "answer_seconds":
            cuts = quantiles(values, n=20, method="inclusive") if len(values) > 1 else [values[0]] * 19
            metrics["answer_seconds_p50"], metrics["answer_seconds_p95"] = cuts[9], cuts[18]
            continue
        mean = sum(values) / len(values)
        metrics[name] = mean
        intervals[name] = _wilson(mean, len(values))
    return Evaluation(count, metrics, intervals, missed)


def _wilson(share: float, count: int) -> tuple[float, float]:
    """The 95% score interval of a share (Wilson 1927); for reciprocal ranks it is a little too wide."""
    square = _Z95**2
    centre = (share + square / (2 * count)) / (1 + square / count)
    spread = _Z95 * math.sqrt(share * (1 - share) / count + square / (4 * count**2)) / (1 + square / count)
    return max(0.0, centre - spread), min(1.0, centre + spread)
