"""Reading quietly: closing the bot stops it, and waits until it has stopped."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import cast

import pytest

from bot.discord.client import NewsdeskBot
from bot.discord.jobs.reading import Readings
from index.errors import NewsdeskError
from index.sync.sync import SyncProgress


async def test_closing_waits_for_what_is_read_quietly() -> None:
    readings = Readings(cast("NewsdeskBot", None))
    begun, stopped = threading.Event(), threading.Event()

    def work(progress: Callable[[SyncProgress], None]) -> None:
        begun.set()
        try:
            while True:
                time.sleep(0.01)
                progress(SyncProgress(0, None, 0))
        except NewsdeskError:
            time.sleep(0.1)
            stopped.set()
            raise

    reading = asyncio.create_task(readings.quietly(work))
    assert await asyncio.to_thread(begun.wait, 5)
    assert not readings.busy  # nobody has to wait for it
    reading.cancel()  # as happens to whatever runs by itself when the bot is closed
    with pytest.raises(asyncio.CancelledError):
        await reading
    await readings.stop()
    assert stopped.is_set()
