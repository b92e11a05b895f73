"""How long the command takes in a fresh process: the help, and a whole answer."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.corpora import Corpus, environment_for
from benchmarks.figure import Figure
from bot.evaluation.questions import read_queries

_NEWSDESK = str(Path(sys.executable).parent / "newsdesk")
_TIMES = 7


def measure(corpus: Corpus, home: Path) -> list[Figure]:
    """Medians over fresh processes; the files are in the system's cache after the first."""
    question = read_queries(corpus.first_queries)[0].question
    return [
        Figure("newsdesk --help, fresh process", _seconds(["--help"], home), "s", 0.5),
        Figure(f"newsdesk ask over {corpus.name}, fresh process", _seconds(["ask", question], home), "s", 5),
    ]


def _seconds(arguments: Sequence[str], home: Path) -> float:
    taken = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        subprocess.run([_NEWSDESK, *arguments], env=environment_for(home), check=True, capture_output=True)
        taken.append(time.perf_counter() - started)
    return median(taken)
