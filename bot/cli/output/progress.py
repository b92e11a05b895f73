"""A progress bar for what takes long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.sync.sync import SyncProgress


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[SyncProgress], None]]:
    """A progress bar on stderr, drawn only where somebody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("Articles", total=None)
        stage = (1, False)

        def update(state: SyncProgress) -> None:
            nonlocal stage
            if stage != (state.source, state.finding):  # or else the time left would be reckoned from both stages
                stage = (state.source, state.finding)
                bar.reset(task, total=state.total)
            of = f", source {state.source} of {state.sources}" if state.sources > 1 else ""
            failed = f", {state.failed} failed" if state.failed else ""
            what = "Reading" if state.finding else "Articles"
            bar.update(task, completed=state.done, total=state.total, description=f"{what}{of}{failed}")

        yield update
