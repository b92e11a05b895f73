"""How long what fails is let rest: the longer, the more often in a row it failed."""

from __future__ import annotations

from datetime import timedelta

_MOST_DOUBLINGS = 20


def rest_after(times: int, first: timedelta, longest: timedelta) -> timedelta:
    """The rest after the ``times``-th failure in a row: ``first``, doubled with each, ``longest`` at most."""
    doubled: int = 2 ** min(times - 1, _MOST_DOUBLINGS)
    return min(longest, first * doubled)
