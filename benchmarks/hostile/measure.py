"""How much memory the process of the bot takes for hostile files, and how reading time grows with their size.

Linux only: the peak of memory is read from /proc/self/status and set back by /proc/self/clear_refs.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.hostile.shapes import Shape, shapes
from index.errors import ArticleError
from index.parser import Parser
from index.parser.jobs import JOBS
from index.parser.parser import ParserLimits
from index.sources.files import FileSource
from index.sources.source import Item

_SIZE = 4_000_000
_BOMB_SIZE = 100_000
_BOMBS = frozenset(("a bomb", "archives in an archive", "a Word document"))
_SECONDS = 10.0
_FIRST, _LARGEST = 32_000, 4_000_000
_MEASURABLE = 0.2
"""Seconds of processor time; less is mostly chance."""
_TURNS = 5
_LOADED = 200
"""Articles of a file that are read one by one, as those of its lines are."""
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Growth:
    """How many times the processor time that doubling a file took; None where it is too short to measure."""

    shape: str
    times: float | None


def figures() -> list[Figure]:
    """The worst of memory, beside the size of the file, and of growth; each shape is told as it comes."""
    measured = [growth for growth in map(_growth, shapes()) if growth.times is not None]
    worst = max(measured, key=lambda one: one.times or 0)
    held = memory()
    large = [(name, above / size) for name, size, above in held if size >= _SIZE // 2]
    most, share = max(large, key=lambda one: one[1])
    largest, _, above = max(held, key=lambda one: one[2])
    grown = f"processor time for twice the file, worst of {len(measured)} that can be measured ({worst.shape})"
    return [
        Figure(f"memory above idle by the file's size, worst of {len(large)} ({most})", share, "times", 3),
        Figure(f"the same in all, worst of {len(held)} ({largest})", above / _MB, "MB"),
        Figure(grown, worst.times or 0, "times", 2.3),
    ]


def memory() -> list[tuple[str, int, int]]:
    """Each shape's name, its file's size, and the bytes that this process held above idle while it was read."""
    found = []
    with tempfile.TemporaryDirectory() as temporary:
        parser = Parser(ParserLimits(seconds=_SECONDS))
        writing = get_context("fork").Process(target=_write, args=(Path(temporary),))
        writing.start()
        writing.join()  # in a process of its own: what writing takes would pass for idle
        gc.collect()
        idle = _status("VmRSS")
        for shape in shapes():
            path = _place(Path(temporary), shape)
            Path("/proc/self/clear_refs").write_text("5")
            _read(path, parser)
            size, above = path.stat().st_size, max(0, _status("VmHWM") - idle)
            print(f"{shape.name}: {above / _MB:.1f} MB above idle, {size:,} bytes", file=sys.stderr, flush=True)
            found.append((shape.name, size, above))
        parser.close()
    return found


def _write(folder: Path) -> None:
    for shape in shapes():
        _place(folder, shape).write_bytes(shape.make(_BOMB_SIZE if shape.name in _BOMBS else _SIZE))


def _place(folder: Path, shape: Shape) -> Path:
    return folder / f"{shape.name.replace(' ', '-')}{shape.suffix}"


def _read(path: Path, parser: Parser) -> None:
    items = [item for item in FileSource.at(str(path), parser).items() if isinstance(item, Item)]
    for item in items[:_LOADED]:
        with suppress(ArticleError):
            item.load()


def _growth(shape: Shape) -> Growth:
    size = _FIRST if shape.name not in _BOMBS else _FIRST // 100
    _once(shape, shape.make(size))  # what is imported and compiled for a kind of file takes its time only once
    seconds = _once(shape, shape.make(size))
    while seconds < _MEASURABLE and size < _LARGEST:
        size *= 2
        seconds = _once(shape, shape.make(size))
    times = _doubled(shape, size) if seconds >= _MEASURABLE else None
    told = f"{times:.2f} times" if times else "too short to measure"
    print(f"{shape.name}: {told} ({seconds:.2f} s for {size:,} bytes)", file=sys.stderr, flush=True)
    return Growth(shape.name, times)


def _doubled(shape: Shape, size: int) -> float:
    """How many times the processor time twice the size takes: the shortest of some turns, each with both sizes."""
    single, double = shape.make(size), shape.make(2 * size)
    turns = [(_once(shape, single), _once(shape, double)) for _ in range(_TURNS)]
    return min(twice for _, twice in turns) / min(once for once, _ in turns)


def _once(shape: Shape, data: bytes) -> float:
    began = time.process_time()
    with suppress(Exception):  # as the child does: parsers let out whatever goes wrong
        if shape.suffix == ".jsonl":
            JOBS["lines"](data)
        else:
            JOBS["file"](data, name=f"hostile{shape.suffix}")
    return time.process_time() - began


def _status(name: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024
