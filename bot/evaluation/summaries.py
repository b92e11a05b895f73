"""Measures summaries against those that people wrote, beside two baselines of the same length.

ROUGE (Lin 2004, https://aclanthology.org/W04-1013) counts the stems that a summary shares with the reference. A
longer summary shares more, so all are brought to one length: whole sentences, taken in order of salience while
they bring the number of words closer to that of lead-3, the first three sentences. A chat model's summary is
measured as it is. TextRank is that of Mihalcea & Tarau 2004 (https://aclanthology.org/W04-3252).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import combinations, zip_longest
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from bot.answer.answer import last_of
from bot.answer.disagreement.statements import statements
from bot.answer.evidence.content import content_words
from bot.app import App
from bot.evaluation.jsonl import read_jsonl
from bot.evaluation.report import Evaluation, Samples
from bot.summary import Summary
from bot.summary.choosing.salience import Floats
from bot.summary.quoting import rank_in_article, rank_on_topic
from bot.summary.summary import outlets_of
from index.article import SHARED, Article
from index.errors import ConfigurationError
from index.search import Hit
from index.sync.sync import SyncProgress
from index.text.sentences import split_sentences

_LEAD = 3
_MEASURES = ("rouge1", "rouge2", "rougeL")
_DAMPING = 0.85
_ROUNDS = 50
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Reference:
    """A summary that people wrote of the articles with these ids; ``topic`` is what it is about, if told."""

    id: str
    article_ids: tuple[str, ...]
    summary: str
    topic: str | None = None


class _Score(Protocol):
    fmeasure: float


class _Scorer(Protocol):
    def score(self, target: str, prediction: str) -> Mapping[str, _Score]: ...


def read_references(path: Path) -> list[Reference]:
    """Summaries from a JSONL file. Raises ``ConfigurationError`` naming the first line that can't be used."""
    return read_jsonl(path, _reference, "summary", "summaries", '"article_ids" and "summary"')


def _reference(number: int, record: Any) -> Reference:
    ids, summary = record["article_ids"], record["summary"]
    if not isinstance(ids, list) or not ids:
        raise TypeError("article_ids is no list of ids")
    if not isinstance(summary, str) or not summary.strip():
        raise TypeError("summary is no text")
    return Reference(str(record.get("id", number)), tuple(map(str, ids)), summary, record.get("topic"))


async def evaluate_summaries(
    app: App, references: Sequence[Reference], progress: Callable[[SyncProgress], None] = lambda _: None
) -> Evaluation:
    """Summarise the articles of each of ``references`` in the shared library, and compare.

    Articles that are not in the library are named in ``missed``.
    """
    scorer = _scorer()
    samples = Samples()
    missed: list[str] = []
    for number, reference in enumerate(references, 1):
        articles = [app.library.article([SHARED], one) for one in reference.article_ids]
        known = [article for article in articles if article]
        if len(known) == len(articles):
            await _measure(app, reference, known, scorer, samples.question(reference.id))
        else:
            missed.append(reference.id)
        progress(SyncProgress(number, len(references), len(missed)))
    if len(missed) == len(references):
        raise ConfigurationError("None of the articles is in the library. Index them first: newsdesk index FILE")
    return replace(samples.report(missed), queries=len(references))


async def _measure(
    app: App, reference: Reference, articles: Sequence[Article], scorer: _Scorer, measures: dict[str, list[float]]
) -> None:
    hits = [
        Hit(passage, article.ref, 0, 0, 0)
        for article in articles
        for passage in app.library.passages([SHARED], article.id)
    ]
    sentences = _in_turns(articles, hits)
    words = sum(len(sentence.split()) for sentence in sentences[:_LEAD])
    topic = reference.topic or articles[0].title
    listed = statements(hits)
    ranked: Iterable[str]
    if len(articles) == 1:
        summary = await last_of(app.summariser.summarise(articles[0].id, [SHARED]))
        ranked = (one.text for one in rank_in_article(app.library, listed))
    else:
        summary = await last_of(app.summariser.summarise_topic(topic, [SHARED]))
        ranked = (point.statement.text for point in rank_on_topic(app.library, topic, listed))
    texts = {
        "": " ".join(_fitting(ranked, words, sentences)) if summary.engine == "extractive" else summary.text,
        "lead3_": " ".join(sentences[:_LEAD]),
        "textrank_": " ".join(_fitting((sentences[n] for n in textrank(sentences)), words, sentences)),
    }
    for system, text in texts.items():
        for name, score in scorer.score(reference.summary, text).items():
            measures.setdefault(f"{system}{name}", []).append(score.fmeasure)
    for name, value in _qualities(app, summary, articles).items():
        measures.setdefault(name, []).append(value)


def _qualities(app: App, summary: Summary, articles: Sequence[Article]) -> dict[str, float]:
    """Whether the points are supported, how much they repeat each other, and how many of the outlets they cite."""
    cited = {citation.n: citation for citation in summary.citations}
    texts = {one.article_id: app.library.article([SHARED], one.article_id) for one in summary.citations}

    def exact(n: int) -> bool:
        article = texts[cited[n].article_id]
        return article is not None and article.text[cited[n].start : cited[n].end] == cited[n].quote

    supported = [bool(point.citations) and all(map(exact, point.citations)) for point in summary.points]
    found = {"points_supported": sum(supported) / len(supported)} if supported else {}
    stems = [set(content_words(point.text)) for point in summary.points]
    if pairs := list(combinations(stems, 2)):
        found["redundancy"] = max(len(one & other) / (len(one | other) or 1) for one, other in pairs)
    if outlets := set(outlets_of([article.ref for article in articles])):
        named = {citation.source for citation in summary.citations} | set(summary.outlets)
        found["outlet_coverage"] = len(outlets & named) / len(outlets)
    return found


def _in_turns(articles: Sequence[Article], hits: Sequence[Hit]) -> list[str]:
    """The sentences of one article as they stand; of several, the first of each, then the second of each."""
    listed = [
        [
            hit.passage.text[start:end]
            for hit in hits
            if hit.article.id == article.id
            for start, end in split_sentences(hit.passage.text, article.language)
        ]
        for article in articles
    ]
    return [sentence for turn in zip_longest(*listed) for sentence in turn if sentence]


def _fitting(ranked: Iterable[str], words: int, order: Sequence[str]) -> list[str]:
    """The first of ``ranked`` whose words come closest to ``words``, at least one, in the order of ``order``."""
    chosen: list[str] = []
    count = 0
    for sentence in ranked:
        longer = count + len(sentence.split())
        if chosen and abs(longer - words) > abs(count - words):
            break
        chosen.append(sentence)
        count = longer
    places = {sentence: place for place, sentence in reversed(list(enumerate(order)))}
    return sorted(chosen, key=lambda sentence: places.get(sentence, 0))


def textrank(sentences: Sequence[str]) -> list[int]:
    """The indices of ``sentences``, the most central first, by the words that they share with others."""
    words = [set(_WORD.findall(sentence.lower())) for sentence in sentences]
    weights: Floats = np.zeros((len(sentences), len(sentences)), np.float32)
    for one, other in combinations(range(len(sentences)), 2):
        length = math.log(len(words[one]) or 1) + math.log(len(words[other]) or 1)
        if length > 0:
            weights[one, other] = weights[other, one] = len(words[one] & words[other]) / length
    sums = weights.sum(axis=1, keepdims=True)
    shares = np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
    ranks = np.ones(len(sentences), np.float32)
    for _ in range(_ROUNDS):
        ranks = (1 - _DAMPING) + _DAMPING * (shares.T @ ranks)
    return [int(index) for index in np.argsort(-ranks, kind="stable")]


def _scorer() -> _Scorer:
    rouge = import_module("rouge_score.rouge_scorer")  # slow to import (nltk), and without types
    scorer: _Scorer = rouge.RougeScorer(list(_MEASURES), use_stemmer=True)
    return scorer
