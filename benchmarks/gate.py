"""Fits the weights of bot/answer/gate.py and engines/quoting.py on half of the articles, and tries the other half.

A question whose articles are there is an example of one that can be answered; the same question, looked for in
all articles but those, of one that can't. Which half it is in hangs on its article, so that none is in both.
Questions in another language than the articles are fitted apart. Corpora weigh the same, and so do both kinds.
Where the gold answer stands in what was found all the same, as in news of which many tell, nothing is learned.

What is quoted is fitted on pairs of sentences found for one question, of which one holds the gold answer and the
other doesn't (a logistic model of the difference: Bradley and Terry 1952), each question weighing the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.corpora import Corpus, settings_for
from bot.answer import gate
from bot.answer.engines import quoting
from bot.answer.engines.quoting import ExtractiveEngine
from bot.answer.gate import Fit, Signals, signals
from bot.answer.question.question import Part
from bot.app import open_library
from bot.evaluation.questions import Query, holds_answer, read_queries
from index.article import SHARED, digest
from index.library import Library
from index.search import Filters
from index.text.language import detect_language

_MOST_SAME, _MOST_OTHER = 300, 120
"""Questions a file, in the articles' language and in another: those take longer."""

_LOOKED_AT = 4
"""The hits in which an answer may stand though its article was taken out."""

_RIDGE = 1e-3
_STEPS = 30
_SETTLED = 1e-6
_ENOUGH = 40
_COVERAGES = (0.9, 0.92, 0.94, 0.96, 0.98, 0.99, 1.0)
_NAMES = [field.name for field in fields(Signals)]
_SETS = {
    True: (tuple(_NAMES), ("mutual", "coverage")),
    False: (("ahead", "mutual"), ("mutual",)),
}
"""The signals used, with sentences and without, by whether question and articles are in one language."""

_PASS = {True: 0.93, False: 0.75}
"""The share of the questions that can be answered which pass where the evidence is 0."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A question and what was found for it; ``sentences`` are the features of each, and ``holds`` the answer.

    ``told`` is whether the gold answer stands in the best passages.
    """

    queries: str
    same_language: bool
    fitted: bool
    answerable: bool
    told: bool
    signals: Numbers
    sentences: Numbers
    holds: npt.NDArray[np.bool_]


def report(corpora: Sequence[tuple[Corpus, Path]]) -> str:
    """The fitted weights and what they do, in Markdown, for corpora indexed in the homes beside them."""
    examples = [example for corpus, home in corpora for example in examples_of(corpus, home)]
    parts = []
    for same, title in ((True, "the articles' language"), (False, "another language")):
        group = [one for one in examples if one.same_language == same]
        if sum(one.fitted for one in group) < _ENOUGH or all(one.fitted for one in group):
            continue
        for names in _SETS[same]:
            fitted = _fitted(group, names)
            parts += [f"### Questions in {title}, by {', '.join(names)}", _gate_report(group, fitted)]
        now = gate.SAME_LANGUAGE if same else gate.OTHER_LANGUAGE
        parts += [f"### The weights in force, questions in {title}", _gate_report(group, now, gate.QUOTED)]
    parts += ["### What is quoted", _quoting_report(examples)]
    return "\n\n".join(parts)


def examples_of(corpus: Corpus, home: Path) -> Iterator[Example]:
    """Two of each question: with its articles, and without."""
    with open_library(settings_for(home)) as library:
        for name, path in corpus.queries.items():
            queries = [query for query in read_queries(path) if query.relevant]
            asked_in = Counter(detect_language(query.question) for query in queries).most_common(1)[0][0]
            written_in = Counter(_languages(library, queries)).most_common(1)[0][0]
            same = None in (asked_in, written_in) or asked_in == written_in
            most = _MOST_SAME if same else _MOST_OTHER
            for query in queries[:: -(-len(queries) // most)]:
                for filters in (Filters(), Filters(without=query.relevant)):
                    example = _example(library, name, query, filters, same)
                    if example:
                        yield example


def _languages(library: Library, queries: Sequence[Query]) -> Iterator[str | None]:
    for query in queries[:20]:
        article = library.article([SHARED], min(query.relevant))
        yield article.language if article else None


def _example(library: Library, name: str, query: Query, filters: Filters, same: bool) -> Example | None:
    hits = library.search(query.question, [SHARED], filters=filters)
    if not hits:
        return None
    candidates = ExtractiveEngine(library).candidates(Part(query.question), hits)
    return Example(
        name,
        same,
        int(digest(min(query.relevant)), 16) % 2 == 0,
        not filters.without,
        any(holds_answer(hit.passage.text, query) for hit in hits[:_LOOKED_AT]),
        np.array(astuple(signals(query.question, hits, library))),
        np.array([astuple(one.features) for one in candidates]).reshape(len(candidates), -1),
        np.array([holds_answer(one.text, query) for one in candidates], bool),
    )


def _fitted(examples: Sequence[Example], names: Sequence[str]) -> Fit:
    half = [one for one in examples if one.fitted and (one.answerable or not one.told)]
    counts = Counter((one.queries, one.answerable) for one in half)
    columns = [_NAMES.index(name) for name in names]
    weights = fit(
        np.array([one.signals[columns] for one in half]),
        np.array([one.answerable for one in half], float),
        np.array([1 / counts[one.queries, one.answerable] for one in half]),
    )
    told = dict(zip(names, weights[:-1].tolist(), strict=True))
    fitted = Fit(Signals(**{name: told.get(name, 0.0) for name in _NAMES}), 0.0)
    right = [fitted.evidence(Signals(*one.signals.tolist())) for one in half if one.answerable]
    return replace(fitted, bias=-float(np.quantile(right, 1 - _PASS[half[0].same_language])))


def _gate_report(examples: Sequence[Example], fitted: Fit, bound: float | None = None) -> str:
    """How many of each file's questions pass on the other half, at bounds that pass a share of all answerable."""
    rest = [one for one in examples if not one.fitted]
    told = {id(one): fitted.evidence(Signals(*one.signals.tolist())) for one in rest}
    right = np.array([told[id(one)] for one in rest if one.answerable])
    bounds = [bound] if bound is not None else [float(np.quantile(right, 1 - share)) for share in _COVERAGES]
    weights = ", ".join(f"{name}={value:.3g}" for name, value in zip(_NAMES, astuple(fitted.weights), strict=True))
    files = list(dict.fromkeys(one.queries for one in rest))
    lines = [
        f"`Fit(Signals({weights}), bias={fitted.bias:.3g})`, area under the curve "
        + ", ".join(f"{name} {_area([one for one in rest if one.queries == name], told)}" for name in files),
        "",
        "| bound | " + " | ".join(f"{name}: answered, without its articles" for name in files) + " |",
        "|---" * (len(files) + 1) + "|",
    ]
    for least in bounds:
        shares = [
            ", ".join(
                f"{np.mean([told[id(one)] >= least for one in asked if one.answerable == kind]):.3f}"
                for kind in (True, False)
            )
            for asked in ([one for one in rest if one.queries == name] for name in files)
        ]
        lines.append(f"| {least:.2f} | {' | '.join(shares)} |")
    return "\n".join(lines)


def _area(examples: Sequence[Example], told: dict[int, float]) -> str:
    """The area under the ROC curve: how often a question that can be answered is above one that can't."""
    right, wrong = (
        np.array([told[id(one)] for one in examples if one.answerable == kind]) for kind in (True, False)
    )
    above = np.subtract.outer(right, wrong)
    return f"{((above > 0).mean() + (above == 0).mean() / 2):.3f}"


def _quoting_report(examples: Sequence[Example]) -> str:
    found = [one for one in examples if one.answerable and one.same_language and len(one.sentences)]
    differences, shares = [], []
    for one in found:
        if one.fitted and one.holds.any() and not one.holds.all():
            pairs = one.sentences[one.holds][:, None] - one.sentences[~one.holds][None]
            pairs = pairs.reshape(-1, pairs.shape[-1])
            differences.append(pairs)
            shares.append(np.full(len(pairs), 1 / len(pairs)))
    if len(differences) < _ENOUGH:
        return "Too few questions to fit what is quoted."
    weights = preference(np.concatenate(differences), np.concatenate(shares))
    names = ", ".join(
        f"{field.name}={value:.3g}" for field, value in zip(fields(quoting.Weights), weights, strict=True)
    )
    lines = [f"`Weights({names})`", "", "| margin | questions | holds the answer | sentences | of them hold it |"]
    lines.append("|---|---|---|---|---|")
    rest = [one for one in found if not one.fitted]
    for margin in (0.0, 1.0, 1.5, 1.75, 2.0, 2.5, np.inf):
        for name in dict.fromkeys(one.queries for one in rest):
            asked = [one for one in rest if one.queries == name]
            lines.append(_quoted(asked, weights, margin, name))
    return "\n".join(lines)


def _quoted(examples: Sequence[Example], weights: Numbers, margin: float, name: str) -> str:
    held, shown = [], []
    for one in examples:
        scores = one.sentences @ weights
        best = np.argsort(-scores)[: quoting.SENTENCES]
        quoted = best[scores[best] >= scores[best[0]] - margin]
        held.append(one.holds[quoted].any())
        shown += one.holds[quoted].tolist()
    mean = len(shown) / len(examples)
    return f"| {margin} | {name} | {np.mean(held):.3f} | {mean:.2f} | {np.mean(shown):.2f} |"


def fit(examples: Numbers, answerable: Numbers, shares: Numbers, ridge: float = _RIDGE) -> Numbers:
    """The weights of a logistic model, one for each column of ``examples``, then the bias.

    ``shares`` is how much each example weighs. Columns are standardised for the fit, so that the ridge weighs on
    all of them alike; the weights given back are for the examples as they are.
    """
    mean, spread = examples.mean(axis=0), examples.std(axis=0)
    weights = _newton(
        np.column_stack([(examples - mean) / spread, np.ones(len(examples))]),
        answerable,
        shares / shares.sum(),
        ridge,
    )
    scaled = weights[:-1] / spread
    return np.append(scaled, weights[-1] - scaled @ mean)


def preference(differences: Numbers, shares: Numbers) -> Numbers:
    """The weights by which what is preferred scores higher; ``differences``: its features less the other's."""
    spread = differences.std(axis=0)
    weights = _newton(differences / spread, np.ones(len(differences)), shares / shares.sum(), _RIDGE)
    return np.asarray(weights / spread)


def _newton(design: Numbers, told: Numbers, shares: Numbers, ridge: float) -> Numbers:
    """A logistic model by Newton's method, with a ridge (Hastie et al. 2009, section 4.4.1)."""
    penalty = ridge * np.eye(design.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (shares * (likely - told)) + penalty @ weights
        curvature = (design.T * (shares * likely * (1 - likely))) @ design + penalty
        step = np.linalg.solve(curvature, slope)
        weights -= step
        if np.abs(step).max() < _SETTLED:
            break
    return weights
