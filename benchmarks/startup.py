"""How long commands take in a fresh process: the help, what needs the registry alone, and a whole answer."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, Popen

from benchmarks.corpora import Corpus, environment_for
from benchmarks.figure import Figure
from bot.evaluation.questions import read_queries

_NEWSDESK = str(Path(sys.executable).parent / "newsdesk")
_TIMES = 7
_LIGHT = ("articles", "history", "usage")
"""Commands that need neither a model nor the vectors."""


@dataclass(frozen=True, slots=True)
class _Cost:
    """Of one process: seconds on the clock and of the processor, and the most memory in megabytes."""

    seconds: float
    processor: float
    megabytes: float


def measure(corpus: Corpus, home: Path) -> list[Figure]:
    """Medians over fresh processes; the files are in the system's cache after the first."""
    question = read_queries(corpus.first_queries)[0].question
    bare = _cost(["--help"], home)
    figures = [Figure("newsdesk --help, fresh process", bare.seconds, "s", 0.5)]
    for name in _LIGHT:
        light = _cost([name, "--json"], home)
        times = light.processor / bare.processor
        figures.append(Figure(f"newsdesk {name}, processor time of newsdesk --help", times, "times", 4))
        figures.append(Figure(f"newsdesk {name}, peak memory", light.megabytes, "MB", 120))
    asked = _cost(["ask", question], home)
    return [*figures, Figure(f"newsdesk ask over {corpus.name}, fresh process", asked.seconds, "s", 5)]


def _cost(arguments: Sequence[str], home: Path) -> _Cost:
    costs = [_cost_once(arguments, home) for _ in range(_TIMES)]
    return _Cost(
        median(one.seconds for one in costs),
        median(one.processor for one in costs),
        median(one.megabytes for one in costs),
    )


def _cost_once(arguments: Sequence[str], home: Path) -> _Cost:
    started = time.perf_counter()
    process = Popen([_NEWSDESK, *arguments], env=environment_for(home), stdout=DEVNULL, stderr=DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"newsdesk {arguments[0]} ended with status {process.returncode}.")
    kilobytes = used.ru_maxrss / 1024 if sys.platform == "darwin" else used.ru_maxrss
    return _Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, kilobytes / 1024)
