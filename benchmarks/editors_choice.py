"""``python -m benchmarks.editors_choice EVAL``: what editors choose for a summary, and how well that is met.

Editors who knew nothing of the code chose up to five sentences in each of 120 articles of three corpora in the
folder EVAL, the most important first, named some that would do as well, and all that must not be in any summary.
Kept are ids of articles and digests of sentences (``sets/editors_choice.jsonl``). Weights are fitted on nine
tenths of the articles and asked of the tenth, in turn; the salience that summaries add to them is not.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from benchmarks.editing import library_of
from benchmarks.gate import Numbers, fit
from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.summary.choosing.salience import Floats, diverse
from bot.summary.choosing.worth import FEATURES, features, raised
from bot.summary.quoting import choose_in_article
from index.article import SHARED, digest
from index.library import Library
from index.search import Hit

LABELS = Path(__file__).parent / "sets" / "editors_choice.jsonl"
CORPORA = {
    "news": "news/articles.jsonl",
    "bbc": "summaries/bbc.articles.jsonl",
    "cnndm": "summaries/cnndm.articles.jsonl",
}
_FOLDS = 10
_POINTS = 5
_ALSO = 0.5
"""What a sentence that would do as well counts, where a chosen one counts 1."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An article's statements with their features, and what editors said of them, by number."""

    own: list[ArticleSentence]
    features: Floats
    vectors: Floats
    worth: Floats
    first: int
    chosen: frozenset[int]
    also: frozenset[int]
    never: frozenset[int]
    quoted: frozenset[int]

    @property
    def liked(self) -> Numbers:
        """How much each statement was liked, 0..1."""
        return np.array([(n in self.chosen) + _ALSO * (n in self.also) for n in range(len(self.own))])


def main(folder: Annotated[Path, typer.Argument(metavar="EVAL", exists=True, file_okay=False)]) -> None:
    """Print how well editors' choice is met, and the weights."""
    choices = _read(folder)
    print("| points | chosen | would do, too | must not be in | told of those chosen | the most important one |")
    print("|---|---|---|---|---|---|")
    for name, points in _ways(choices).items():
        print(_line(name, choices, points))
    for name, weight in zip(FEATURES, _fitted(choices), strict=True):
        print(f"- {name}: {weight:.3f}")


def _ways(choices: Sequence[Choice]) -> dict[str, list[frozenset[int]]]:
    """What each way to choose takes of each article."""
    folds = [random.Random(number).randrange(_FOLDS) for number in range(len(choices))]
    others = {
        fold: [one for one, own in zip(choices, folds, strict=True) if own != fold] for fold in sorted(set(folds))
    }
    fitted = {fold: _fitted(own) for fold, own in others.items()}
    return {
        "quoted": [one.quoted for one in choices],
        "the first five": [frozenset(range(_POINTS)) for _ in choices],
        "by today's weights": [_best(one, one.worth) for one in choices],
        "fitted on others": [
            _best(one, one.features @ fitted[fold]) for one, fold in zip(choices, folds, strict=True)
        ],
    }


def _read(folder: Path) -> list[Choice]:
    labels = {one["id"]: one for one in map(json.loads, LABELS.read_text("utf-8").splitlines())}
    records: dict[str, dict[str, Any]] = {}
    for path in CORPORA.values():
        for line in (folder / path).read_text("utf-8").splitlines():
            record = json.loads(line)
            if str(record["id"]) in labels:
                records[str(record["id"])] = record
    with library_of(list(records.values())) as app:
        return [_choice(app.library, labels[key]) for key in records]


def _choice(library: Library, label: Mapping[str, Any]) -> Choice:
    article = library.article([SHARED], label["id"])
    assert article is not None, label["id"]
    hits = [Hit(passage, article.ref, 0, 0, 0) for passage in library.passages([SHARED], article.id)]
    own = statements(hits)
    told = [named(one.text) for one in own]
    marked = {kind: frozenset(n for n, name in enumerate(told) if name in label[kind]) for kind in _KINDS}
    quoted = [point.draft.text for point in choose_in_article(library, own, _POINTS)]
    known = features(library, own)
    return Choice(
        own,
        known,
        library.vectors([one.text for one in own]),
        raised(known),
        told.index(label["chosen"][0]),
        **marked,
        quoted=frozenset(n for n, one in enumerate(own) if any(one.text in text for text in quoted)),
    )


_KINDS = ("chosen", "also", "never")


def named(sentence: str) -> str:
    """What a sentence is known by in the labels."""
    return digest(sentence)[:12]


def _fitted(choices: Sequence[Choice]) -> Numbers:
    examples = np.concatenate([one.features for one in choices]).astype(np.float64)
    shares = np.concatenate([np.full(len(one.own), 1.0) for one in choices])
    return fit(examples, np.concatenate([one.liked for one in choices]), shares)[:-1]


def _best(choice: Choice, worths: Numbers | Floats) -> frozenset[int]:
    ranked = diverse(np.asarray(worths, np.float32), choice.vectors)
    return frozenset(number for number, _ in zip(ranked, range(_POINTS), strict=False))


def _line(name: str, choices: Sequence[Choice], points: Sequence[frozenset[int]]) -> str:
    shares = [
        (
            len(told & one.chosen) / len(told),
            len(told & (one.chosen | one.also)) / len(told),
            len(told & one.never) / len(told),
            len(told & one.chosen) / len(one.chosen),
            one.first in told,
        )
        for one, told in zip(choices, points, strict=True)
    ]
    return f"| {name} | " + " | ".join(f"{share:.3f}" for share in np.mean(shares, axis=0)) + " |"


if __name__ == "__main__":
    typer.run(main)
