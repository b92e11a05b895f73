"""Fits what tells near misses from answers (bot/answer/doubt.py) on half of the articles, and tries the rest.

A near miss asks for what the articles name and don't tell; two sets of them are in benchmarks/sets. The other
questions count if the quotes hold the gold answer. In the fit each corpus weighs the same, and so do its answers
and near misses. Fitted is the quote that is surest, which the fit itself decides: it is made a few times over.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.corpora import SETS, Corpus, settings_for
from benchmarks.gate import Numbers, fit
from bot.answer.doubt import certainty, signals
from bot.answer.extractive import ExtractiveEngine
from bot.answer.gate import answerable
from bot.app import open_library
from bot.evaluation import Query, holds_answer, read_queries
from index.article import SHARED, digest
from index.language import question_language
from index.library import Library

_NEAR_MISSES = ("near_misses.queries.jsonl", "near_misses_eval.queries.jsonl")
_SIGNALS = ("cosine", "told", "focus", "value")
_ROUNDS = 4
_DOUBTED = (0.05, 0.10, 0.15, 0.20)


@dataclass(frozen=True, slots=True)
class _Example:
    """A question, the ``signals`` of its quotes, and how sure the surest is; no signals if it isn't answered."""

    corpus: str
    question: str
    near_miss: bool
    fitted: bool
    signals: Numbers
    certainty: float


def report(corpora: Sequence[tuple[Corpus, Path]]) -> str:
    """The fitted constants and what they do, in Markdown, for corpora indexed in the homes beside them."""
    examples = [example for corpus, home in corpora for example in _examples(corpus, home)]
    fitted = [one for one in examples if one.fitted and len(one.signals)]
    weights = _fit(fitted)
    named = ", ".join(f"{name}={weight:.3g}" for name, weight in zip(_SIGNALS, weights, strict=False))
    lines = [f"`{named}, bias={weights[-1]:.3g}`, fitted on {len(fitted)} questions.", ""]
    lines += ["| bound | right answers in doubt | near misses answered | of these in doubt |", "|---|---|---|---|"]
    right = [_surest(one, weights) for one in fitted if not one.near_miss]
    for share in _DOUBTED:
        bound = float(np.quantile(right, share))
        lines.append(f"| {bound:.3f} | {_row([one for one in examples if not one.fitted], weights, bound)} |")
    lines += ["", *_held_out([one for one in examples if not one.fitted], weights)]
    return "\n".join(lines)


def _examples(corpus: Corpus, home: Path) -> Iterator[_Example]:
    with open_library(settings_for(home)) as library:
        engine = ExtractiveEngine(library)
        for path in corpus.queries.values():
            for query in read_queries(path):
                gold = query.answers or tuple(words for _, words in query.sides)
                if query.relevant and gold:
                    yield from _example(corpus.name, library, engine, query.question, min(query.relevant), gold)
        for name in _NEAR_MISSES:
            for line in (SETS / name).read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                yield from _example(corpus.name, library, engine, record["question"], record["about"], ())


def _example(
    corpus: str, library: Library, engine: ExtractiveEngine, question: str, about: str, gold: Sequence[str]
) -> Iterator[_Example]:
    article = library.article([SHARED], about)
    if article is None or question_language(question) not in (None, article.language):
        return
    hits = library.search(question, [SHARED])
    chosen = engine.choose(question, hits) if answerable(question, hits, library) else []
    said = " ".join(one.text for one in chosen)
    if gold and not holds_answer(said, Query("", question, tuple(gold), frozenset())):
        return
    found = [astuple(signals(question, one.hit, one.text, one.cosine, library)) for one in chosen]
    surest = max((certainty(question, one.hit, one.text, one.cosine, library) for one in chosen), default=0.0)
    fitted = int(digest(about), 16) % 2 == 0
    yield _Example(corpus, question, not gold, fitted, np.array(found), surest)


def _fit(examples: Sequence[_Example]) -> Numbers:
    kinds = Counter((one.corpus, one.near_miss) for one in examples)
    shares = np.array([1 / kinds[one.corpus, one.near_miss] for one in examples])
    right = np.array([not one.near_miss for one in examples], np.float64)
    chosen = np.array([one.signals[0] for one in examples])
    weights = fit(chosen, right, shares)
    for _ in range(_ROUNDS):
        chosen = np.array([one.signals[(one.signals @ weights[:-1]).argmax()] for one in examples])
        weights = fit(chosen, right, shares)
    return weights


def _surest(example: _Example, weights: Numbers) -> float:
    return float((example.signals @ weights[:-1]).max() + weights[-1]) if len(example.signals) else -np.inf


def _row(examples: Sequence[_Example], weights: Numbers, bound: float) -> str:
    right = [_surest(one, weights) <= bound for one in examples if not one.near_miss]
    near = [one for one in examples if one.near_miss]
    answered = [one for one in near if len(one.signals)]
    doubted = [_surest(one, weights) <= bound for one in answered]
    return f"{np.mean(right):.3f} | {len(answered) / len(near):.3f} | {np.mean(doubted):.3f}"


def _held_out(examples: Sequence[_Example], weights: Numbers) -> Iterator[str]:
    yield "| corpus | right answers | in doubt | near misses | answered | of these in doubt | AUC | of this fit |"
    yield "|---|---|---|---|---|---|---|---|"
    for name in [*dict.fromkeys(one.corpus for one in examples), "all"]:
        group = [one for one in examples if name in (one.corpus, "all")]
        right = [one for one in group if not one.near_miss]
        near = [one for one in group if one.near_miss]
        answered = [one for one in near if len(one.signals)]
        if not right or not answered:
            continue
        doubted = [np.mean([one.certainty <= 0 for one in ones]) for ones in (right, answered)]
        areas = [
            _area([measure(one) for one in right], [measure(one) for one in answered])
            for measure in (lambda one: one.certainty, lambda one: _surest(one, weights))
        ]
        yield (
            f"| {name} | {len(right)} | {doubted[0]:.3f} | {len(near)} | {len(answered) / len(near):.3f} "
            f"| {doubted[1]:.3f} | {areas[0]:.3f} | {areas[1]:.3f} |"
        )


def _area(higher: Sequence[float], lower: Sequence[float]) -> float:
    """The area under the ROC curve: how often one of ``higher`` is above one of ``lower``."""
    above: npt.NDArray[np.float64] = np.subtract.outer(np.array(higher), np.array(lower))
    return float((above > 0).mean() + (above == 0).mean() / 2)
