"""``python -m benchmarks.objections EVAL``: which sentences tell the other side, or a limit of the news.

Editors who knew nothing of the code named them in articles of three corpora in the folder EVAL; kept are ids of
articles and digests of sentences (``sets/objections.jsonl``). The weights of
``bot/summary/choosing/objections.npy`` are fitted to most of the articles, and asked of the others.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from benchmarks.editing import library_of
from benchmarks.editors_choice import CORPORA, named
from benchmarks.gate import Numbers, fit
from bot.answer.disagreement.statements import statements
from bot.summary.choosing import objections
from index.article import SHARED
from index.library import Library
from index.search import Hit

LABELS = Path(__file__).parent / "sets" / "objections.jsonl"
WEIGHTS = Path(objections.__file__).with_name("objections.npy")
_RIDGE = 0.4
"""Half or twice as much is as good: an area under the curve of .79 to .80 on those asked; with a quarter .78."""


def main(
    folder: Annotated[Path, typer.Argument(metavar="EVAL", exists=True, file_okay=False)],
    write: Annotated[bool, typer.Option(help="Write the weights.")] = False,
) -> None:
    """Print how well the articles are told that weren't fitted."""
    labels = {one["id"]: one for one in map(json.loads, LABELS.read_text("utf-8").splitlines())}
    lines = [line for path in CORPORA.values() for line in (folder / path).read_text("utf-8").splitlines()]
    records = [record for record in map(json.loads, lines) if str(record["id"]) in labels]
    with library_of(records) as app:
        library = app.library
        known = {key: _known(library, label) for key, label in labels.items()}
        probe = library.vectors([objections.PROBE])[0]
    fitted = [known[key] for key, label in labels.items() if not label["asked"]]
    examples, marked = (np.concatenate([one[part] for one in fitted]) for part in (0, 1))
    weights = fit(examples, marked, np.ones(len(marked)), _RIDGE)[:-1]
    asked = [known[key] for key, label in labels.items() if label["asked"] and known[key][1].any()]
    firsts = sum(bool(told[int((vectors @ weights).argmax())]) for vectors, told in asked)
    share = np.concatenate([told for _, told in asked]).mean()
    print(f"{len(fitted)} articles fitted; one is first in {firsts} of {len(asked)} others, {share:.2f} are")
    if write:
        np.save(WEIGHTS, np.stack([weights, probe]).astype(np.float32))


def _known(library: Library, label: dict[str, Any]) -> tuple[Numbers, Numbers]:
    """The vectors of an article's statements, less their mean, and which are marked."""
    article = library.article([SHARED], label["id"])
    assert article is not None, label["id"]
    own = statements([Hit(one, article.ref, 0, 0, 0) for one in library.passages([SHARED], article.id)])
    vectors = library.vectors([one.text for one in own]).astype(np.float64)
    marked = {*label["other"], *label["limit"]}
    return vectors - vectors.mean(axis=0), np.array([float(named(one.text) in marked) for one in own])


if __name__ == "__main__":
    typer.run(main)
