"""One writer at a time, and what is left to whoever is writing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from index.store.lock import WriteLock


def held(lock: WriteLock) -> bool:
    """Whether another thread gets ``lock`` at once."""

    def tried() -> bool:
        with lock.unless_busy() as alone:
            return alone

    with ThreadPoolExecutor(1) as other:
        return other.submit(tried).result()


@pytest.mark.parametrize("shared", [True, False])
def test_who_does_not_wait_is_told_that_another_thread_writes(tmp_path: Path, shared: bool) -> None:
    lock = WriteLock(tmp_path / "write.lock" if shared else None)
    with lock:
        assert not held(lock)
    assert held(lock)


def test_who_does_not_wait_is_told_that_another_process_writes(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "write.lock")
    with FileLock(tmp_path / "write.lock"):
        assert not held(lock)
    assert held(lock)


def test_a_lock_that_cannot_be_taken_is_not_held_afterwards(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    lock = WriteLock(folder)
    folder.mkdir()  # where its file should be
    with pytest.raises(IsADirectoryError), lock.unless_busy():
        pass
    folder.rmdir()
    assert held(lock)
