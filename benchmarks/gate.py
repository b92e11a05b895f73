"""Fits the gate of bot/answer/gate.py on half of the articles, and tries it on the other half.

A question with the passages found is an example of one that can be answered; the same question, with every
passage of its right articles taken out, of one that cannot; and so is a near miss, which asks for what an article
names and doesn't tell. Which half a question belongs to hangs on its article, so that no article is in both.

The fit is a logistic model (ridge of ``_RIDGE``, by Newton's method) on the signals of the passage that counts,
which the fit itself decides: it is made a few times over. In it the examples of each kind weigh the same, corpus
by corpus. Questions in another language than the articles are fitted apart, on the closest sentence of the best
passage; there the alignment of their words is a signal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.corpora import Corpus, near_misses, settings_for
from bot.answer.gate import Asked, answerable, quotes_of, signals
from bot.app import open_library
from bot.evaluation.questions import Query, read_queries
from index.article import SHARED, digest
from index.library import Library
from index.search import Hit
from index.text.language import detect_language, question_language

_FOUND = 30
_SHOWN = 10
_LOOKED_AT = 3
_RIDGE = 1e-3
_STEPS = 30
_ENOUGH = 100
_BOUNDS = (-2.5, -2.0, -1.75, -1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0, 0.5, 1.0)

_SAME_SIGNALS = ("dense", "coverage", "nameless", "value")
_OTHER_SIGNALS = ("dense", "coverage", "alignment")
_ROUNDS = 4
_NEAR_MISS = "near misses"
_NEAR_MISSES_WEIGH = 0.2
"""More, and questions whose articles are taken out get through far more often at the same coverage."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Example:
    """``signals``: a row for each of the passages looked at."""

    corpus: str
    queries: str
    question: str
    answerable: bool
    same_language: bool
    fitted: bool
    signals: Numbers
    passes: bool

    @property
    def kind(self) -> tuple[str, bool, bool]:
        """Examples of one kind weigh the same in all."""
        return self.corpus, self.answerable, self.queries == _NEAR_MISS


def report(corpora: Sequence[tuple[Corpus, Path]]) -> str:
    """The fitted constants and what they do, in Markdown, for corpora indexed in the homes beside them."""
    examples = [example for corpus, home in corpora for example in _examples(corpus, home)]
    if len(examples) < _ENOUGH:
        return f"The gate needs {_ENOUGH} examples to be fitted on, and here are {len(examples)}."
    parts = []
    for same, names in ((True, _SAME_SIGNALS), (False, _OTHER_SIGNALS)):
        # Where the language of a question can't be told, its words are not aligned.
        group = [
            one
            for one in examples
            if one.fitted and one.same_language == same and one.signals.shape[1] == len(names)
        ]
        if len(group) >= _ENOUGH:
            title = "Questions in the article's language" if same else "Questions in another language"
            parts += [f"### {title}", _fit_report(group, names, _ROUNDS if same else 0)]
    parts += ["### The gate as it is, on the other half", _held_out([one for one in examples if not one.fitted])]
    return "\n\n".join(parts)


def _examples(corpus: Corpus, home: Path) -> Iterator[_Example]:
    with open_library(settings_for(home)) as library:
        for name, path in corpus.queries.items():
            queries = read_queries(path)
            language = _language(queries)
            for query in queries:
                if query.relevant:
                    yield from _pair(library, corpus.name, name, query, language)
        for question, about in near_misses(library):
            hits = library.search(question, [SHARED], _SHOWN)
            if hits and question_language(question) in (None, hits[0].article.language):
                yield _example(library, corpus.name, _NEAR_MISS, question, about, hits, True, False)


def _language(queries: Sequence[Query]) -> str | None:
    """The language that most of ``queries`` are in: a single question is often too short to tell."""
    return Counter(detect_language(query.question) for query in queries).most_common(1)[0][0]


def _pair(library: Library, corpus: str, name: str, query: Query, language: str | None) -> Iterator[_Example]:
    hits = library.search(query.question, [SHARED], _FOUND)
    others = [hit for hit in hits if not query.relevant & {ref.id for ref in (hit.article, *hit.twins)}]
    for found, can_be_answered in ((hits, True), (others, False)):
        if found:
            same = found[0].article.language in (language, None)
            about = min(query.relevant)
            yield _example(library, corpus, name, query.question, about, found[:_SHOWN], same, can_be_answered)


def _example(
    library: Library,
    corpus: str,
    queries: str,
    question: str,
    about: str,
    hits: Sequence[Hit],
    same_language: bool,
    can_be_answered: bool,
) -> _Example:
    asked = Asked.of(question)
    rows: list[tuple[float, ...]] = []
    for hit in hits[:_LOOKED_AT]:
        quotes = quotes_of(question, hit, library)
        if same_language:
            rows.append(signals(asked, quotes, library))
        else:
            closest = max(quote.cosine for quote in quotes)
            rows.append((closest, hit.coverage, *([] if hit.alignment is None else [hit.alignment])))
    return _Example(
        corpus,
        queries,
        question,
        can_be_answered,
        same_language,
        int(digest(about), 16) % 2 == 0,
        np.array([row for row in rows if len(row) == len(rows[0])]),
        answerable(question, hits, library),
    )


def _fit_report(examples: Sequence[_Example], names: Sequence[str], rounds: int) -> str:
    kinds = Counter(one.kind for one in examples)
    shares = np.array(
        [(_NEAR_MISSES_WEIGH if one.queries == _NEAR_MISS else 1) / kinds[one.kind] for one in examples]
    )
    right = np.array([one.answerable for one in examples])
    weights = fit(np.array([one.signals[0] for one in examples]), right.astype(np.float64), shares)
    for _ in range(rounds):
        surest = [one.signals[(one.signals @ weights[:-1]).argmax()] for one in examples]
        weights = fit(np.array(surest), right.astype(np.float64), shares)
    named = ", ".join(f"{name}={weight:.3g}" for name, weight in zip(names, weights, strict=False))
    near = np.array([one.queries == _NEAR_MISS for one in examples])
    lines = [
        f"`{named}, bias={weights[-1]:.3g}`, fitted on {len(examples)} examples, where a bound on the best of "
        f"{_LOOKED_AT} passages lets through:",
        "",
        "| bound | answerable | taken out | near misses |",
        "|---|---|---|---|",
    ]
    evidence = np.array([(one.signals @ weights[:-1]).max() + weights[-1] for one in examples])
    for bound in _BOUNDS:
        passed = evidence > bound
        shown = " | ".join(_share(passed[group]) for group in (right, ~right & ~near, near))
        lines.append(f"| {bound} | {shown} |")
    return "\n".join(lines)


def _share(passed: npt.NDArray[np.bool_]) -> str:
    return f"{passed.mean():.3f}" if len(passed) else "–"


def _held_out(examples: Iterable[_Example]) -> str:
    lines = ["| questions | how many | answered | false answers |", "|---|---|---|---|"]
    for name, group in groupby(examples, key=lambda example: f"{example.corpus}: {example.queries}"):
        passed: dict[bool, list[bool]] = {True: [], False: []}
        for example in group:
            passed[example.answerable].append(example.passes)
        answered, false = (_share(np.array(passed[kind])) for kind in (True, False))
        lines.append(f"| {name} | {max(map(len, passed.values()))} | {answered} | {false} |")
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
