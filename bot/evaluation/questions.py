"""Measures retrieval and answers on questions whose right articles are known."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import quantiles
from typing import Any

from bot.answer.answer import Answer, last_of
from bot.answer.evidence.quotes import normalise
from bot.answer.question.standalone import Turn, standalone, turn_of
from bot.app import App
from bot.evaluation.jsonl import read_jsonl
from bot.evaluation.support import shows, support_of
from index.article import SHARED
from index.sync.sync import SyncProgress
from prompts import load_prompt, prompt_names

_CUTOFFS = (1, 5, 10)
_DEPTH = 10
# Passages fetched so that ten different articles are among them.
_PASSAGES = 50
_Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Query:
    """A question; without ``relevant`` articles the right answer is to abstain.

    ``turns`` are the questions asked before it in the same conversation, and ``standalone`` is what it means then.
    ``sides``: (article id, words) of articles that contradict each other on it.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    relevant: frozenset[str]
    turns: tuple[str, ...] = ()
    standalone: str | None = None
    sides: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``metrics`` are shares (0..1), seconds or tokens; ``intervals`` are the 95% confidence intervals of shares.

    ``prompts``: the versions of the prompts in use, by name.
    """

    queries: int
    metrics: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    missed: Sequence[str]
    prompts: Mapping[str, str] = field(default_factory=dict)


def read_queries(path: Path) -> list[Query]:
    """Questions from a JSONL file. Raises ``ConfigurationError`` naming the first line that can't be used."""
    return read_jsonl(path, _query, "question", "questions", '"question" and "relevant_article_ids"')


def _query(number: int, record: Any) -> Query:
    return Query(
        str(record.get("id", number)),
        str(record["question"]),
        tuple(_strings(record.get("answers", []))),
        frozenset(_strings(record["relevant_article_ids"])),
        tuple(str(turn["question"]) for turn in record.get("turns", [])),
        record.get("standalone"),
        tuple((str(article_id), str(words)) for article_id, words in record.get("sides", [])),
    )


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
        turns = await _converse(app, query)
        asked = standalone(query.question, turns) or query.question
        if query.relevant:
            rank = _rank(app, query, asked)
            if query.standalone:
                alone = _rank(app, query, query.standalone)
                note("mrr_standalone", 1 / alone if alone else 0)
            for cutoff in _CUTOFFS:
                note(f"recall@{cutoff}", 0 < rank <= cutoff)
            note(f"mrr@{_DEPTH}", 1 / rank if rank else 0)
            if not rank:
                missed.append(query.question)
        if answers:
            await _measure_answer(app, query, turns, note)
        progress(SyncProgress(number + 1, len(queries), 0))
    return replace(_report(len(queries), samples, missed), prompts=prompt_versions())


async def _converse(app: App, query: Query) -> list[Turn]:
    """What was asked and answered before ``query``."""
    turns: list[Turn] = []
    for question in query.turns:
        turns.append(turn_of(await last_of(app.desk.ask(question, [SHARED], turns=turns))))
    return turns


def _rank(app: App, query: Query, asked: str) -> int:
    """The best rank (from 1) of a relevant article among the first ten articles found; 0 if there is none.

    An article whose copy of a passage was collapsed into another's ranks right behind it.
    """
    hits = app.library.search(asked, [SHARED], _PASSAGES)
    found = list(dict.fromkeys(ref.id for hit in hits for ref in (hit.article, *hit.twins)))[:_DEPTH]
    return next((rank for rank, article_id in enumerate(found, 1) if article_id in query.relevant), 0)


async def _measure_answer(
    app: App, query: Query, turns: Sequence[Turn], note: Callable[[str, float | bool], None]
) -> None:
    started = time.perf_counter()
    first: float | None = None
    answer = Answer(query.question)
    async for answer in app.desk.ask(query.question, [SHARED], turns=turns):
        if answer.sentences and first is None:
            first = time.perf_counter() - started
            note("first_sentence_seconds", first)
    note("answer_seconds", time.perf_counter() - started)
    note("prompt_tokens", answer.usage.prompt_tokens)
    note("completion_tokens", answer.usage.completion_tokens)
    if not query.relevant:
        note("false_answers", not answer.abstained)
        note("false_answers_unmarked", not (answer.abstained or answer.doubtful))
        return
    note("coverage", not answer.abstained)
    for citation in answer.citations:
        article = app.library.article([SHARED], citation.article_id)
        exact = article is not None and article.text[citation.start : citation.end] == citation.quote
        note("quotes_verbatim", exact)
    for name, value in support_of(answer, app.library):
        note(name, value)
    if query.sides:
        note("contradictions_shown", shows(answer, query.sides))
    if query.answers and not answer.abstained:
        said = " ".join([answer.text, *(citation.quote for citation in answer.citations)])
        held = holds_answer(said, query)
        note("answer_contains", held)
        if held:
            note("right_answers_doubted", answer.doubtful)
        note("cites_relevant", any(citation.article_id in query.relevant for citation in answer.citations))


def holds_answer(text: str, query: Query) -> bool:
    """Whether one of the gold answers to ``query`` stands in ``text``."""
    said = _folded(text)
    return any(_folded(gold) in said for gold in query.answers)


def prompt_versions() -> dict[str, str]:
    """The version of each prompt, by its name."""
    return {name: str(load_prompt(name).version) for name in prompt_names()}


def _folded(text: str) -> str:
    return normalise(text).casefold()


def _report(count: int, samples: Mapping[str, list[float]], missed: Sequence[str]) -> Evaluation:
    metrics: dict[str, float] = {}
    intervals: dict[str, tuple[float, float]] = {}
    for name, values in samples.items():
        if name.endswith("_seconds"):
            cuts = quantiles(values, n=20, method="inclusive") if len(values) > 1 else [values[0]] * 19
            metrics[f"{name}_p50"], metrics[f"{name}_p95"] = cuts[9], cuts[18]
            continue
        if name.endswith("_tokens"):
            metrics[name] = sum(values)
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
