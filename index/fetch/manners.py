"""Politeness: one request at a time to a host, with a pause between them, and only as robots.txt allows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from protego import Protego

from index.fetch.errors import FetchError
from index.told import tell, words_of

ROBOT = "Newsdesk"
"""The name that robots.txt may speak to."""

ROBOTS_BYTES = 500 * 1024
"""How much of a robots.txt counts: the least that RFC 9309 asks for."""

_KEEP_RULES = 24 * 3600.0  # seconds; RFC 9309, 2.4
_KEEP_FAILURE = 600.0


@dataclass(frozen=True, slots=True)
class Clock:
    """How time is told and spent, in seconds."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Turns:
    """One queue for each host, shared by all threads; ``longest`` is the longest wait in seconds."""

    def __init__(self, clock: Clock, longest: float) -> None:
        self._clock = clock
        self._longest = longest
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, pause: float) -> Iterator[float]:
        """Wait until ``host`` may be asked; gives the seconds waited. Nobody else gets a turn before ``pause``
        seconds after the block.

        Raises ``FetchError`` instead of waiting for long.
        """
        asked_at = self._clock.now()
        state = self._host(host)
        with state.lock:
            wait = state.free_at - self._clock.now()
            if wait > self._longest:
                raise FetchError(
                    tell(
                        "{host} asks to be left alone for {wait} seconds. Try again then.",
                        host=host,
                        wait=f"{wait:.0f}",
                    ),
                    unreachable=True,
                )
            if wait > 0:
                self._clock.sleep(wait)
            try:
                yield self._clock.now() - asked_at
            finally:
                state.free_at = max(state.free_at, self._clock.now() + pause)

    def postpone(self, host: str, seconds: float) -> None:
        """Ask nothing of ``host`` for ``seconds`` from now."""
        state = self._host(host)
        state.free_at = max(state.free_at, self._clock.now() + seconds)

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())


class Robots:
    """What each site's robots.txt asks for (RFC 9309), asked once a day.

    ``read`` takes the URL of a robots.txt and gives its bytes. As the RFC says, a site that answers "no such
    file" (any 4xx) allows everything, and one whose rules can't be had (5xx, no connection) allows nothing;
    the latter is asked again after ten minutes.
    """

    def __init__(self, read: Callable[[str], bytes], clock: Clock) -> None:
        self._read = read
        self._clock = clock
        self._known: dict[str, tuple[float, Protego | FetchError]] = {}

    def check(self, origin: str, url: str) -> float:
        """The pause in seconds that the site asks for (0 if none).

        Raises ``FetchError`` if ``url`` is not to be read by robots.
        """
        rules = self._rules(origin)
        if not rules.can_fetch(url, ROBOT):
            raise FetchError(
                tell(
                    "The site asks programs not to read {url} (robots.txt). If you may use the article, "
                    "save it as a file and index the file.",
                    url=url,
                ),
                forbidden=True,
            )
        return float(rules.crawl_delay(ROBOT) or 0)

    def _rules(self, origin: str) -> Protego:
        until, rules = self._known.get(origin, (float("-inf"), None))
        if rules is None or until < self._clock.now():
            rules = self._ask(origin)
            keep = _KEEP_FAILURE if isinstance(rules, FetchError) else _KEEP_RULES
            self._known[origin] = (self._clock.now() + keep, rules)
        if isinstance(rules, FetchError):
            raise FetchError(words_of(rules), rules.status, unreachable=rules.unreachable)
        return rules

    def _ask(self, origin: str) -> Protego | FetchError:
        url = f"{origin}/robots.txt"
        try:
            body = self._read(url)
        except FetchError as error:
            if error.status is None:
                return error
            if 400 <= error.status < 500 and error.status != 429:
                body = b""
            else:
                return FetchError(
                    tell(
                        "{url} can't be read (the site answered {status}), so whether programs are welcome "
                        "is not known. Try again later.",
                        url=url,
                        status=error.status,
                    ),
                    error.status,
                )
        return Protego.parse(body[:ROBOTS_BYTES].decode("utf-8", "replace"))
