"""``python -m benchmarks.support``: the similarity bounds of bot/answer/evidence/check.py, and what the
checks let by.

Pairs that belong together are the honest paraphrases of tests/data/support and their quotes; pairs that don't are
the same sentences and every other sentence of their articles. The bounds are read off the first part, and tried on
the others.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.answer.engines.engine import Claim, Draft
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.support import in_other_language
from bot.settings import load_settings
from index.article import ArticleRef, Passage
from index.embedding.models import build_embeddings
from index.embedding.similarity import Similarity
from index.search import Hit
from index.text.sentences import split_sentences

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "support"
PARTS = ("first", "second", "third", "fourth", "fifth", "sixth")
BOUNDS = (0.82, 0.84, 0.85, 0.86, 0.87, 0.88, 0.885, 0.89, 0.9, 0.91)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Cosines of sentences to their own quotes, and to the other sentences of the article."""

    own: list[float]
    others: list[float]


def main() -> None:
    """Print the fit and the shares, in Markdown."""
    settings = load_settings()
    similarity = Similarity(build_embeddings(settings.embedding, cache=settings.home / "models"))
    files = ("articles", "fourth_articles", "fifth_articles", "sixth_articles")
    articles = {article["id"]: article for file in files for article in _read(file)}
    for translated in (False, True):
        print(f"### {'Across languages' if translated else 'In one language'}\n")
        print("| bound | " + " | ".join(f"{part}: own | {part}: others" for part in PARTS) + " |")
        print("|---" * (1 + 2 * len(PARTS)) + "|")
        pairs = [_pairs(similarity, articles, part, translated) for part in PARTS]
        for bound in BOUNDS:
            shares = (f"{_share(values, bound):.3f}" for one in pairs for values in (one.own, one.others))
            print(f"| {bound} | " + " | ".join(shares) + " |")
        print("| pairs | " + " | ".join(f"{len(one.own)} | {len(one.others)}" for one in pairs) + " |\n")
    print("### The checks as they are\n\n| part | caught | kept | what slips through |\n|---|---|---|---|")
    for part in PARTS:
        print(_checked(similarity, articles, part))


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _pairs(similarity: Similarity, articles: dict[str, dict[str, Any]], part: str, translated: bool) -> _Pairs:
    own: list[float] = []
    others: list[float] = []
    for row in _read(part):
        if row["kind"] != "honest" or in_other_language(row["sentence"], row["quote"]) != translated:
            continue
        article = articles[row["article"]]
        text = article["text"]
        spans = split_sentences(text, article["language"])
        rest = [text[start:end] for start, end in spans if row["quote"] not in text[start:end]]
        vectors = similarity.vectors([row["sentence"], row["quote"], *rest])
        close: npt.NDArray[np.float32] = vectors[1:] @ vectors[0]
        own.append(float(close[0]))
        others += close[1:].tolist()
    return _Pairs(own, others)


def _share(values: list[float], bound: float) -> float:
    return float(np.mean(np.array(values) >= bound)) if values else 0.0


def _checked(similarity: Similarity, articles: dict[str, dict[str, Any]], part: str) -> str:
    caught: list[bool] = []
    kept: list[bool] = []
    slipped: Counter[str] = Counter()
    hits = {key: _hit(article) for key, article in articles.items()}
    for row in _read(part):
        book = CitationBook("", list(hits.values()), similarity)
        claim = Claim(hits[row["article"]].passage.id, row["quote"])
        shown = book.add(Draft(row["sentence"], (claim,))) is not None
        (kept if row["kind"] == "honest" else caught).append(shown == (row["kind"] == "honest"))
        slipped[row["kind"]] += shown and row["kind"] != "honest"
    kinds = ", ".join(f"{kind} ({count})" for kind, count in slipped.items() if count) or "nothing"
    return f"| {part} | {sum(caught)} of {len(caught)} | {sum(kept)} of {len(kept)} | {kinds} |"


def _hit(article: dict[str, Any]) -> Hit:
    """The whole article as one passage, so that the checks are measured apart from search."""
    ref = ArticleRef(
        article["id"],
        article["title"],
        article.get("url"),
        article["source"],
        None,
        datetime.fromisoformat(article["date"]),
        article["language"],
    )
    text = article["text"]
    return Hit(Passage(article["id"], article["id"], text, 0, len(text)), ref, 1.0, 1.0, 1.0)


if __name__ == "__main__":
    main()
