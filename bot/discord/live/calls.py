"""One call to Discord, tried again while that may help.

discord.py waits out a 429 that carries a ``Via`` header and repeats 500, 502, 504 and 524 five times; everything
else it raises: other 429s and 5xx, and whatever a broken connection does.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

log = logging.getLogger(__name__)

T = TypeVar("T")

ATTEMPT_SECONDS = 45
"""How long one call may take: more than discord.py waits by itself (25 s for 5xx, 30 s for a 429)."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 5.0
_UNKNOWN_MESSAGE, _ACKNOWLEDGED = 10008, 40060
_WORTH_TRYING_AGAIN = (401, 408, 425, 429)

NETWORK_ERRORS = (OSError, aiohttp.ClientError, json.JSONDecodeError, discord.RateLimited)
"""What a network does to a call, time-outs (an ``OSError``) and broken replies included."""


_NONSENSE = (KeyError, TypeError, ValueError)
"""What discord.py raises for a reply that is not Discord's, such as the web page of a proxy."""
_TRIED_WITH_NONSENSE = 3


class CallError(Exception):
    """A call to Discord that came to nothing."""


class Unreached(CallError):
    """Discord could not be reached, or had trouble, for as long as it was tried."""


class Refused(CallError):
    """Discord understood, and says no; asking again would change nothing."""

    def __init__(self, error: discord.HTTPException) -> None:
        super().__init__(str(error))
        self.status = error.status
        self.code = error.code
        self.message_is_gone = error.code == _UNKNOWN_MESSAGE
        self.acknowledged_before = error.code == _ACKNOWLEDGED


async def call(make: Callable[[], Awaitable[T]], until: float) -> T:
    """What ``make`` returns, called at least once and again up to ``until`` on the loop's clock.

    Pauses follow the reply's headers where it has any. Raises ``Refused`` or ``Unreached``.
    """
    pause, nonsense = _FIRST_PAUSE, 0
    while True:
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS):
                return await make()
        except (discord.HTTPException, *NETWORK_ERRORS, *_NONSENSE) as error:
            nonsense += isinstance(error, _NONSENSE) and not isinstance(error, json.JSONDecodeError)
            if nonsense >= _TRIED_WITH_NONSENSE:
                raise  # it is the call that makes no sense
            if isinstance(error, discord.HTTPException) and not _passes(error):
                raise Refused(error) from error
            wait = _told_to_wait(error) or pause
            if asyncio.get_running_loop().time() + wait > until:
                raise Unreached(in_words(error)) from error
            log.info("A call to Discord failed and is tried again in %.1f s: %s", wait, in_words(error))
        await asyncio.sleep(wait)
        pause = min(2 * pause, _LONGEST_PAUSE)


def in_words(error: BaseException) -> str:
    """An error in one line; many of a network's have no words of their own, and a database's have too many."""
    error = getattr(error, "orig", None) or error
    return f"{type(error).__name__}: {error}".replace("\n", " ").rstrip(": ")


def _passes(error: discord.HTTPException) -> bool:
    """Whether that may be over the next time. An expired token is refused with 401 too, but with a code."""
    if error.status == 401 and error.code:
        return False
    return error.status >= 500 or error.status in _WORTH_TRYING_AGAIN


def _told_to_wait(error: Exception) -> float | None:
    """Seconds, if Discord says how many."""
    if isinstance(error, discord.RateLimited):
        return error.retry_after
    if not isinstance(error, discord.HTTPException):
        return None
    for header in ("Retry-After", "X-RateLimit-Reset-After"):
        try:
            return float(error.response.headers[header])
        except (KeyError, ValueError):
            continue
    return None
