"""How long the reading of one source may go on, so that the others get their turn."""

from __future__ import annotations

import time
from collections import Counter
from urllib.parse import urlsplit

from index.fetch import FetchError
from index.told import tell

SECONDS = 300.0
"""What the pages of one source may take in all; at a second or two a page, a feed needs a minute."""

_FAILURES = 3


class Patience:
    """Is lost with a host that failed three times in a row, and with everything after so many ``seconds``."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._ends_at = time.monotonic() + seconds
        self._failures: Counter[str] = Counter()

    def check(self, url: str) -> None:
        """Raise ``FetchError`` if ``url`` is to be left for the next reading."""
        host = _host(url)
        if self._failures[host] >= _FAILURES:
            raise FetchError(
                tell(
                    "{host} failed {failures} times in a row, so this is left for the next reading.",
                    host=host,
                    failures=_FAILURES,
                )
            )
        if time.monotonic() > self._ends_at:
            raise FetchError(
                tell(
                    "The source took more than {seconds} seconds, so this is left for the next reading.",
                    seconds=f"{self._seconds:g}",
                )
            )

    def note(self, url: str, error: FetchError | None = None) -> None:
        """Note that ``url`` was read, or what went wrong."""
        if error is None or not error.host_failed:
            del self._failures[_host(url)]
        else:
            self._failures[_host(url)] += 1


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
