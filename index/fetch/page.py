"""What reading a URL gives, and what it may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one URL may cost. Times are in seconds; redirects count towards the same total."""

    max_bytes: int = 20_000_000
    total_seconds: float = 30.0
    silent_seconds: float = 10.0
    redirects: int = 10
    attempts: int = 3
    pause: float = 1.0
    longest_pause: float = 30.0


@dataclass(frozen=True, slots=True)
class Page:
    """What a URL gave. ``url`` is where redirects ended; ``content_type`` is in lower case, without parameters.

    ``not_modified`` means that the site still has what ``etag`` or ``last_modified`` stood for: no body came.
    """

    url: str
    status: int
    body: bytes
    content_type: str
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
