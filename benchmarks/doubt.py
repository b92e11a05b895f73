"""How often quotes are marked as doubtful (bot/answer/gate.py): those that answer, and those of near misses.

A near miss asks for what an article names and doesn't tell. The other questions count if what is quoted holds the
gold answer. Halves are those of benchmarks/gate.py, which fits what decides; here only the bound is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.corpora import Corpus, near_misses, settings_for
from bot.answer.engines.quoting import ExtractiveEngine
from bot.answer.gate import Asked, Quote, answerable, doubtful, evidence, same_language
from bot.app import open_library
from bot.evaluation.questions import Query, holds_answer, read_queries
from index.article import SHARED, digest
from index.library import Library

_BOUNDS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class _Example:
    """``evidence`` is that of the surest quote; None if the question is not answered."""

    corpus: str
    near_miss: bool
    same_language: bool
    fitted: bool
    evidence: float | None
    doubtful: bool


def report(corpora: Sequence[tuple[Corpus, Path]]) -> str:
    """What each bound would do on the half that was fitted on, and what happens on the other, in Markdown."""
    examples = [example for corpus, home in corpora for example in _examples(corpus, home)]
    lines = ["| bound | right answers in doubt | near misses in doubt, of those answered |", "|---|---|---|"]
    fitted = [one for one in examples if one.fitted and one.same_language]
    for bound in _BOUNDS:
        shares = [
            _share([one.evidence <= bound for one in fitted if one.near_miss == kind and one.evidence is not None])
            for kind in (False, True)
        ]
        lines.append(f"| {bound} | {shares[0]} | {shares[1]} |")
    lines += ["", "| corpus | right answers | in doubt | near misses | answered | of these in doubt | AUC |"]
    lines += ["|---|---|---|---|---|---|---|"]
    rest = [one for one in examples if not one.fitted and one.same_language]
    for name in dict.fromkeys(one.corpus for one in rest):
        lines.append(_row(name, [one for one in rest if one.corpus == name]))
    lines.append(_row("all", rest))
    lines.append(
        _row("in another language", [one for one in examples if not one.fitted and not one.same_language])
    )
    return "\n".join(lines)


def _examples(corpus: Corpus, home: Path) -> Iterator[_Example]:
    with open_library(settings_for(home)) as library:
        engine = ExtractiveEngine(library)
        for path in corpus.queries.values():
            for query in read_queries(path):
                if query.relevant and (query.answers or query.sides):
                    yield from _example(corpus.name, library, engine, query, min(query.relevant))
        for question, about in near_misses(library):
            yield from _example(corpus.name, library, engine, Query("", question, (), frozenset()), about)


def _example(
    corpus: str, library: Library, engine: ExtractiveEngine, query: Query, about: str
) -> Iterator[_Example]:
    question = query.question
    hits = library.search(question, [SHARED])
    chosen = engine.choose(question, hits) if answerable(question, hits, library) else []
    gold = Query("", question, query.answers or tuple(words for _, words in query.sides), frozenset())
    if query.relevant and not holds_answer(" ".join(one.text for one in chosen), gold):
        return
    quotes = [Quote(one.hit, one.text, one.cosine) for one in chosen]
    asked = Asked.of(question)
    surest = max((evidence(asked, [quote], library) for quote in quotes), default=None)
    yield _Example(
        corpus,
        not query.relevant,
        not hits or same_language(asked.language, hits[0]),
        int(digest(about), 16) % 2 == 0,
        surest,
        doubtful(question, quotes, library),
    )


def _row(name: str, examples: Sequence[_Example]) -> str:
    right, near = ([one for one in examples if one.near_miss == kind] for kind in (False, True))
    answered = [one for one in near if one.evidence is not None]
    area = _area(
        [one.evidence for one in right if one.evidence], [one.evidence for one in answered if one.evidence]
    )
    return (
        f"| {name} | {len(right)} | {_share([one.doubtful for one in right])} | {len(near)} "
        f"| {_share([one.evidence is not None for one in near])} | {_share([one.doubtful for one in answered])} "
        f"| {area} |"
    )


def _share(told: Sequence[bool]) -> str:
    return f"{np.mean(told):.3f}" if told else "–"


def _area(higher: Sequence[float], lower: Sequence[float]) -> str:
    """The area under the ROC curve: how often one of ``higher`` is above one of ``lower``."""
    if not higher or not lower:
        return "–"
    above: npt.NDArray[np.float64] = np.subtract.outer(np.array(higher), np.array(lower))
    return f"{(above > 0).mean() + (above == 0).mean() / 2:.3f}"
