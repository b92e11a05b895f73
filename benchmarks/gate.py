"""Fits the gate of bot/answer/gate.py on half of the articles, and tries it on the other half.

A question with the passages found is an example of one that can be answered; the same question, with every
passage of its right articles taken out, of one that cannot. Which half a question belongs to hangs on its
right article, so that no article is in both. The fit is a logistic model (ridge of ``_RIDGE``, by Newton's
method) on the cosine of the closest sentence and the coverage of the best passage, apart for questions in the
language of the article and in another, where the alignment of their words is a third signal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.corpora import Corpus, settings_for
from bot.answer.gate import answerable, closest_sentence
from bot.app import open_library
from bot.evaluation import Query, read_queries
from index.article import SHARED, digest
from index.language import detect_language
from index.library import Library
from index.search import Hit

_FOUND = 30
_SHOWN = 10
_LOOKED_AT = 3
_RIDGE = 1e-3
_STEPS = 30
_ENOUGH = 100
_BOUNDS = (-1.5, -1.0, -0.75, -0.5, -0.25, 0.0, 0.5, 1.0)

_SIGNALS = ("dense", "coverage", "alignment")

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Example:
    queries: str
    question: str
    hits: Sequence[Hit]
    answerable: bool
    same_language: bool
    fitted: bool
    signals: Sequence[tuple[float, ...]]
    passes: bool


def report(corpora: Sequence[tuple[Corpus, Path]]) -> str:
    """The fitted constants and what they do, in Markdown, for corpora indexed in the homes beside them."""
    examples = [example for corpus, home in corpora for example in _examples(corpus, home)]
    if len(examples) < _ENOUGH:
        return f"The gate needs {_ENOUGH} examples to be fitted on, and here are {len(examples)}."
    parts = []
    for same in (True, False):
        # Where the language of a question can't be told, its words are not aligned.
        wanted = 2 if same else 3
        group = [
            one
            for one in examples
            if one.fitted and one.same_language == same and all(len(signals) == wanted for signals in one.signals)
        ]
        if len(group) >= _ENOUGH:
            title = "Questions in the article's language" if same else "Questions in another language"
            parts += [f"### {title}", _fit_report(group)]
    parts += ["### The gate as it is, on the other half", _held_out([one for one in examples if not one.fitted])]
    return "\n\n".join(parts)


def _examples(corpus: Corpus, home: Path) -> Iterator[_Example]:
    with open_library(settings_for(home)) as library:
        for name, path in corpus.queries.items():
            queries = read_queries(path)
            language = _language(queries)
            for query in queries:
                if query.relevant:
                    yield from _pair(library, name, query, language)


def _language(queries: Sequence[Query]) -> str | None:
    """The language that most of ``queries`` are in: a single question is often too short to tell."""
    return Counter(detect_language(query.question) for query in queries).most_common(1)[0][0]


def _pair(library: Library, name: str, query: Query, language: str | None) -> Iterator[_Example]:
    hits = library.search(query.question, [SHARED], _FOUND)
    others = [hit for hit in hits if not query.relevant & {ref.id for ref in (hit.article, *hit.twins)}]
    fitted = int(digest(min(query.relevant)), 16) % 2 == 0
    for found, can_be_answered in ((hits, True), (others, False)):
        if found:
            same = found[0].article.language in (language, None)
            signals = [_signals(query.question, hit, library, same) for hit in found[:_LOOKED_AT]]
            passes = answerable(query.question, found[:_SHOWN], library)
            yield _Example(name, query.question, found[:_SHOWN], can_be_answered, same, fitted, signals, passes)


def _signals(question: str, hit: Hit, library: Library, same_language: bool) -> tuple[float, ...]:
    signals = closest_sentence(question, hit, library), hit.coverage
    return signals if same_language or hit.alignment is None else (*signals, hit.alignment)


def _fit_report(examples: Sequence[_Example]) -> str:
    *weights, bias = fit(
        np.array([example.signals[0] for example in examples]),
        np.array([example.answerable for example in examples], np.float64),
    )
    named = ", ".join(f"{name}={weight:.3g}" for name, weight in zip(_SIGNALS, weights, strict=False))
    lines = [
        f"`{named}, bias={bias:.3g}`, fitted on {len(examples)} examples, where a bound on the best of "
        f"{_LOOKED_AT} passages lets through:",
        "",
        "| bound | answerable | not answerable |",
        "|---|---|---|",
    ]
    evidence = np.array(
        [max(np.dot(signals, weights) + bias for signals in example.signals) for example in examples]
    )
    right = np.array([example.answerable for example in examples])
    for bound in _BOUNDS:
        passed = evidence > bound
        lines.append(f"| {bound} | {passed[right].mean():.3f} | {passed[~right].mean():.3f} |")
    return "\n".join(lines)


def _held_out(examples: Iterable[_Example]) -> str:
    lines = ["| questions | how many | answered | false answers |", "|---|---|---|---|"]
    for name, group in groupby(examples, key=lambda example: example.queries):
        passed: dict[bool, list[bool]] = {True: [], False: []}
        for example in group:
            passed[example.answerable].append(example.passes)
        answered, false = (sum(passed[kind]) / max(1, len(passed[kind])) for kind in (True, False))
        lines.append(f"| {name} | {len(passed[True])} | {answered:.3f} | {false:.3f} |")
    return "\n".join(lines)


def fit(signals: Numbers, answerable: Numbers, shares: Numbers | None = None) -> Numbers:
    """The weights of a logistic model, one for each column of ``signals``, then the bias.

    ``shares`` is how much each example weighs; all alike if None.
    Signals are standardised for the fit, so that the ridge weighs on all of them alike; the weights given back
    are for the signals as they are. Newton's method, also called iteratively reweighted least squares
    (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, section 4.4.1).
    """
    mean, spread = signals.mean(axis=0), signals.std(axis=0)
    design = np.column_stack([(signals - mean) / spread, np.ones(len(signals))])
    part = np.full(len(signals), 1 / len(signals)) if shares is None else shares / shares.sum()
    ridge = _RIDGE * np.eye(design.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (part * (likely - answerable)) + ridge @ weights
        curvature = (design.T * (part * likely * (1 - likely))) @ design + ridge
        weights -= np.linalg.solve(curvature, slope)
    scaled = weights[:-1] / spread
    return np.append(scaled, weights[-1] - scaled @ mean)
