"""Which test runs when: those that take long begin first, shared out among the processes, so that none is last."""

from __future__ import annotations

import gc
import os

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With ``--dist worksteal`` each process begins with a share of the list, and takes it in order."""
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    rest, items[:] = len(items), []
    for left in range(int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")), 0, -1):
        share, first = rest // left, len(long) // left
        items += long[:first] + others[: share - first]
        del long[:first], others[: share - first]
        rest -= share


def pytest_collection_finish() -> None:
    """What is imported by now stays until the end: looking through it for garbage again and again takes long."""
    gc.collect()
    gc.freeze()
