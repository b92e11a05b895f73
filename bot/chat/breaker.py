"""Leaves a chat model alone for a while when it fails again and again, so that nobody waits for nothing.

The circuit breaker of Nygard, Release It! (2007): closed while all is well, open for a rest after some failures in
a row, then one trial decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from index.told import Told

LONGEST_REST_SECONDS = 900.0
TRIAL_SECONDS = 5.0
"""What others are told to wait while a trial goes on."""

_NOTHING = Told("")


class Breaker:
    """Whether a model may be asked now. All parts that ask the same model share one."""

    def __init__(
        self, failures: int = 3, rest_seconds: float = 60, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """The model rests for ``rest_seconds`` after so many ``failures`` in a row."""
        self._most = failures
        self._rest = rest_seconds
        self._clock = clock
        self._failures = 0
        self._until: float | None = None
        self._trial_ends: float | None = None
        self.why = _NOTHING
        """What the last failure was, for the reader of an answer."""

    def admit(self) -> float:
        """0 if the model may be asked, else the seconds to wait.

        After a rest one call is let through, the trial. Whoever is let through tells what became of it:
        ``answered``, ``failed`` or ``left``. A trial that tells nothing counts no more after as long as a rest.
        """
        if self._until is None:
            return 0.0
        now = self._clock()
        if now < self._until:
            return self._until - now
        if self._trial_ends is not None and now < self._trial_ends:
            return min(TRIAL_SECONDS, self._trial_ends - now)
        self._trial_ends = now + self._rest
        return 0.0

    def answered(self) -> None:
        """The model answered, or refused for a reason that is not its own."""
        self._failures, self._until, self._trial_ends = 0, None, None

    def left(self) -> None:
        """Whoever asked went away before the model answered: that says nothing about it."""
        self._trial_ends = None

    def failed(self, retry_after: float | None = None, why: Told = _NOTHING) -> float:
        """The model failed; returns the seconds that it rests now, 0 if it doesn't.

        ``retry_after``: the seconds for which its server asked to be left alone; ``why``: what readers are told.
        """
        self.why = why
        self._failures += 1
        trial, self._trial_ends = self._trial_ends is not None, None
        rest = min(retry_after or 0.0, LONGEST_REST_SECONDS)
        if trial or self._failures >= self._most:
            rest = max(rest, self._rest)
        self._until = self._clock() + rest if rest else None
        return rest
