"""The address of a server that speaks OpenAI's protocol: as it was set, or with the version that it lacks."""

from __future__ import annotations

import re
import threading
from urllib.parse import urlsplit, urlunsplit

from index.refusals import reasons

VERSION = "/v1"
"""What most APIs begin with, and people leave out of an address."""

_VERSIONED = re.compile(r"/v\d\w*/?$")


class Address:
    """Where a server is asked. Several threads may ask at once: the first that is answered settles it for all."""

    def __init__(self, base_url: str) -> None:
        """``base_url`` is what the operator set."""
        self._set = base_url.rstrip("/")
        self._versioned = with_version(base_url)
        self._settled = self._set if self._versioned is None else None
        self._lock = threading.Lock()

    @property
    def current(self) -> str:
        """Where to ask."""
        return self._settled or self._set

    @property
    def answers_at(self) -> str | None:
        """Where the server answers, if that is not what was set."""
        return self._settled if self._settled != self._set else None

    def instead_of(self, asked: str) -> str | None:
        """Where else to ask, where nothing is at ``asked``; None if that is settled."""
        other = self._settled or self._versioned
        return other if other != asked else None

    def answered(self, asked: str, status: int) -> bool:
        """Something with ``status`` came from ``asked``; gives whether the server is asked elsewhere from now on.

        What is busy, failing or in the way may stand before any address, and settles nothing.
        """
        if status in (403, 408, 429) or status >= 500:
            return False
        with self._lock:
            if self._settled is not None:
                return False
            self._settled = asked
            return asked != self._set


def with_version(base_url: str) -> str | None:
    """``base_url`` with the version that may be missing from it; None if it ends in one."""
    parts = urlsplit(base_url)
    if _VERSIONED.search(parts.path):
        return None
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + VERSION))


def nothing_there(status: int, kind: str, told: str) -> bool:
    """Whether a server has no API at the path that was asked; ``kind`` of content it sent, in words ``told``.

    Some servers send a page or a document of status 200 then.
    """
    if status == 404:
        return not (re.search(r"\bmodels?\b", told) or "MODEL" in reasons(told))  # it is the model that isn't
    return status == 405 or (status == 200 and (kind == "text/html" or next(reasons(told), None) == "ADDRESS"))
