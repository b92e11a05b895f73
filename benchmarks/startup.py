"""How long commands take in a fresh process: the help, what needs the registry alone, and a whole answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpora import Corpus, environment_for
from benchmarks.figure import Figure
from bot.evaluation.questions import read_queries

_NEWSDESK = str(Path(sys.executable).parent / "newsdesk")
_TIMES = 7
_MEASURE = """
import os, sys, time
started = time.perf_counter()
_, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
print(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""What starts a command and measures it: a process begins with the peak memory of the one that starts it."""

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
    measured = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _MEASURE, _NEWSDESK, *arguments],
        env=environment_for(home),
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, processor, size = map(float, measured.stderr.split()[-3:])
    kilobytes = size / 1024 if sys.platform == "darwin" else size
    return _Cost(seconds, processor, kilobytes / 1024)
