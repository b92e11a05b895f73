"""One writer at a time: among threads always, among processes where several share a store."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_log = logging.getLogger(__name__)


class WriteLock:
    """A lock that its holder may take again. ``path`` is a file that several processes lock, or None.

    ``refresh`` is called when other processes may have written since this one last held the lock.
    """

    refresh: Callable[[], None] | None = None

    def __init__(self, path: Path | None = None) -> None:
        self._threads = threading.RLock()
        self._processes = FileLock(path, thread_local=False) if path else None
        self._depth = 0

    def __enter__(self) -> WriteLock:
        self._threads.acquire()
        try:
            if self._processes and not self._depth:
                self._wait(self._processes)
                if self.refresh:
                    self.refresh()
        except BaseException:
            self._threads.release()
            raise
        self._depth += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._processes and not self._depth:
            self._processes.release()
        self._threads.release()

    @contextmanager
    def unless_busy(self) -> Iterator[bool]:
        """Hold the lock during the block if nobody else does, no thread and no process; gives whether it is held.

        For what can be left to whoever is writing, or be done another time.
        """
        if not self._threads.acquire(blocking=False):
            yield False
            return
        try:
            if self._processes and not self._acquired_at_once(self._processes):
                yield False
                return
            try:
                with self:
                    yield True
            finally:
                if self._processes:
                    self._processes.release()
        finally:
            self._threads.release()

    @staticmethod
    def _acquired_at_once(processes: FileLock) -> bool:
        try:
            processes.acquire(blocking=False)
        except Timeout:
            return False
        return True

    def _wait(self, processes: FileLock) -> None:
        if not self._acquired_at_once(processes):
            _log.warning("Another Newsdesk process is writing to the store; this one waits for it.")
            processes.acquire()
