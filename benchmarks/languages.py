"""What a question in another language costs: ``python -m benchmarks.languages HOME OWN.jsonl OTHER.jsonl [N]``.

HOME is a store of articles in the language of the questions in OWN. The processor time of searches is compared
over the first N questions (60) of both files, in turns, after one search each to warm up.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import mean

from benchmarks.corpora import settings_for
from bot.app import open_library
from bot.evaluation.questions import read_queries
from index.article import SHARED
from index.library import Library


def main(home: str, own: str, other: str, count: str = "60") -> None:
    """Print both means and their ratio."""
    with open_library(settings_for(Path(home))) as library:
        files = [[query.question for query in read_queries(Path(path))][: int(count) + 1] for path in (own, other)]
        pairs = list(zip(*files, strict=True))
        taken = [[_cost(library, question) for question in pair] for pair in pairs][1:]
    one, two = (mean(costs) for costs in zip(*taken, strict=True))
    print(
        f"own language {one * 1000:.1f} ms, another {two * 1000:.1f} ms of processor time: {two / one:.2f} times"
    )


def _cost(library: Library, question: str) -> float:
    before = time.process_time()
    library.search(question, [SHARED])
    return time.process_time() - before


if __name__ == "__main__":
    main(*sys.argv[1:])
