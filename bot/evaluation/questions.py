"""Measures retrieval and answers on questions whose right articles are known."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.answer.answer import Answer, last_of
from bot.answer.evidence.quotes import normalise
from bot.answer.question.reading import Inquiry
from bot.answer.question.turn import Turn, turn_of
from bot.app import App
from bot.evaluation.jsonl import read_jsonl
from bot.evaluation.report import Evaluation, Samples
from bot.evaluation.support import shows, support_of
from index.article import SHARED
from index.search import Filters
from index.sync.sync import SyncProgress
from prompts import load_prompt, prompt_names

_CUTOFFS = (1, 5, 10)
_DEPTH = 10
# Passages fetched so that ten different articles are among them.
_PASSAGES = 50

Measures = dict[str, list[float]]
"""Values by the name of the measure."""


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
    without_relevant: bool = False,
    progress: Callable[[SyncProgress], None] = lambda _: None,
) -> Evaluation:
    """Ask each of ``queries`` of the shared library and compare with what is right.

    ``without_relevant`` looks for each in all articles but its relevant ones, so that none can be answered.
    """
    samples = Samples()
    missed: list[str] = []
    for number, query in enumerate(queries, 1):
        measures = samples.question(query.id)
        if without_relevant:
            withheld = Filters(without=query.relevant)
            await _measure_answer(app, replace(query, relevant=frozenset()), (), withheld, measures)
        else:
            turns = await _converse(app, query)
            if query.relevant and not _measure_search(app, query, turns, measures):
                missed.append(query.question)
            if answers:
                await _measure_answer(app, query, turns, Filters(), measures)
        progress(SyncProgress(number, len(queries), 0))
    return samples.report(missed, prompt_versions())


def _note(measures: Measures, name: str, value: float | bool) -> None:
    measures.setdefault(name, []).append(float(value))


def _measure_search(app: App, query: Query, turns: Sequence[Turn], measures: Measures) -> bool:
    """Note how far up a relevant article is found; whether one is found at all."""
    read = app.desk.read(Inquiry(query.question, [SHARED], datetime.now(UTC).date(), turns=turns))
    rank = _rank(app, query, read.text or query.question)
    if query.standalone:
        alone = _rank(app, query, query.standalone)
        _note(measures, "mrr_standalone", 1 / alone if alone else 0)
    for cutoff in _CUTOFFS:
        _note(measures, f"recall@{cutoff}", 0 < rank <= cutoff)
    _note(measures, f"mrr@{_DEPTH}", 1 / rank if rank else 0)
    return rank > 0


async def _converse(app: App, query: Query) -> list[Turn]:
    """What was asked and answered before ``query``."""
    turns: list[Turn] = []
    for question in query.turns:
        if turn := turn_of(await last_of(app.desk.ask(question, [SHARED], turns=turns))):
            turns.append(turn)
    return turns


def _rank(app: App, query: Query, asked: str) -> int:
    """The best rank (from 1) of a relevant article among the first ten articles found; 0 if there is none.

    An article whose copy of a passage was collapsed into another's ranks right behind it.
    """
    hits = app.library.search(asked, [SHARED], _PASSAGES)
    found = list(dict.fromkeys(ref.id for hit in hits for ref in (hit.article, *hit.twins)))[:_DEPTH]
    return next((rank for rank, article_id in enumerate(found, 1) if article_id in query.relevant), 0)


async def _measure_answer(
    app: App, query: Query, turns: Sequence[Turn], filters: Filters, measures: Measures
) -> None:
    note = partial(_note, measures)
    started = time.perf_counter()
    first: float | None = None
    answer = Answer(query.question)
    async for answer in app.desk.ask(query.question, [SHARED], filters, turns):
        if answer.sentences and first is None:
            first = time.perf_counter() - started
            note("first_sentence_seconds", first)
    note("answer_seconds", time.perf_counter() - started)
    note("prompt_tokens", answer.usage.prompt_tokens)
    note("completion_tokens", answer.usage.completion_tokens)
    if not query.relevant:
        note("false_answers", not answer.abstained)
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
    if answer.sentences:
        note("sentences_shown", len(answer.sentences))
    if query.answers and not answer.abstained:
        quotes = {citation.n: citation.quote for citation in answer.citations}
        for sentence in answer.sentences:
            said = " ".join([sentence.text, *(quotes[n] for n in sentence.citations)])
            note("sentences_hold_answer", holds_answer(said, query))
        held = holds_answer(" ".join([answer.text, *quotes.values()]), query)
        note("answer_contains", held)
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
