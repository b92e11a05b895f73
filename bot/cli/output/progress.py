"""A progress bar for what takes long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from index.sync.sync import SyncProgress

STOPPED = "newsdesk: {done} of {total} articles were done and are kept. The same command goes on with the rest."
STOPPED_BEFORE = "newsdesk: Nothing was done yet; what was there before is kept."


@contextmanager
def progress(*, quiet: bool, kept: bool = False) -> Iterator[Callable[[SyncProgress], None]]:
    """A progress bar on stderr, drawn only where somebody watches.

    ``kept``: what is done when Ctrl-C stops it is kept, which is told.
    """
    latest: SyncProgress | None = None
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal)
    task = bar.add_task("Articles", total=None)
    stage = (1, False)

    def update(state: SyncProgress) -> None:
        nonlocal stage, latest
        if latest is None:  # before that, opening the library has a line of its own
            bar.start()
        latest = state
        if stage != (state.source, state.finding):  # or else the time left would be reckoned from both stages
            stage = (state.source, state.finding)
            bar.reset(task, total=state.total)
        of = f", source {state.source} of {state.sources}" if state.sources > 1 else ""
        failed = f", {state.failed} failed" if state.failed else ""
        what = "Reading" if state.finding else "Articles"
        bar.update(task, completed=state.done, total=state.total, description=f"{what}{of}{failed}")

    try:
        yield update
    except KeyboardInterrupt:
        bar.stop()
        if kept:
            print(_kept(latest), file=sys.stderr)
        raise
    finally:
        bar.stop()


def _kept(state: SyncProgress | None) -> str:
    if state is None or state.finding or not state.done:
        return STOPPED_BEFORE
    return STOPPED.format(done=state.done, total=state.total or "?")
