"""Why a chat model's server refused or failed: read from status, words and exception, for any provider.

Servers that speak OpenAI's protocol agree on little else: an unknown model is told with 400, 404 or 410, a
wrong key with 400, 401 or 403, a prompt that is too long with 400, 413, 422 or 500.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Any

import httpx2
from langchain_core.exceptions import ContextOverflowError, ModelConnectionError, ModelTimeoutError

from index.network import HTTP_TO_HTTPS, chain, network_cause
from index.refusals import reasons

_LONGEST = 4000
"""Characters of a server's words that are read."""


class Cause(Enum):
    """What went wrong, by what there is to do about it."""

    ADDRESS = auto()
    NO_HOST = auto()
    CLOSED = auto()
    PLAIN = auto()
    SECURE = auto()
    CERTIFICATE = auto()
    PROXY = auto()
    PROXY_LOGIN = auto()
    UNSENDABLE = auto()
    KEY = auto()
    PERMISSION = auto()
    BLOCKED = auto()
    REGION = auto()
    MODEL = auto()
    MONEY = auto()
    MEMORY = auto()
    TEMPLATE = auto()
    BUSY = auto()
    LOADING = auto()
    TOO_LONG = auto()
    FILTERED = auto()
    REQUEST = auto()
    SERVER = auto()
    SLOW = auto()
    LOST = auto()
    UNREADABLE = auto()
    OTHER = auto()


class NotStreamedError(Exception):
    """A stream was asked for, and something else came with the words ``body``. ``page``: no JSON either."""

    def __init__(self, body: str, request: httpx2.Request, *, page: bool) -> None:
        super().__init__("a page" if page else "a document")
        self.body = body
        self.request = request
        self.page = page


class StreamedError(Exception):
    """An error came in a stream or a document without the field that OpenAI's protocol has for it."""

    def __init__(self, body: dict[str, Any], request: httpx2.Request | None = None) -> None:
        super().__init__("an error within the stream")
        self.body = body
        self.request = request


_GUARDED = re.compile(
    r"just a moment|attention required|captcha|you have been blocked|banned your access|firewall|support id"
    r"|\b(?:request|access|page|site|website)\b[^.<]{0,40}(?:blocked|rejected)"
    r"|security (?:policy|service)|error code: 1\d{3}\b",
    re.IGNORECASE,
)
"""How what stands before servers words it that it turned somebody away."""

_MORE_THAN_ALLOWED = re.compile(r"\blimit\W{1,3}(\d+)\D+requested\W{1,3}(\d+)", re.IGNORECASE)
"""How a single request is said to be more than may be asked for in a minute, by some servers with 429."""

_CODES = ("code", "error_code", "status_code", "status")
"""Where a body states the HTTP status that came too late for the response."""

_BY_STATUS = {401, 402, 405, 407, 408, 413, 451, 498, 504, 521, 522, 523, 524}
"""What these say is believed, whatever the words."""
_NOT_WHEN_BUSY = {Cause.MODEL.name, Cause.TOO_LONG.name}
"""What 429 doesn't mean, though it names models and numbers of tokens."""

_STATUSES = {
    401: Cause.KEY,
    402: Cause.MONEY,
    403: Cause.PERMISSION,
    404: Cause.ADDRESS,
    405: Cause.ADDRESS,
    407: Cause.PROXY_LOGIN,
    408: Cause.SLOW,
    410: Cause.MODEL,
    413: Cause.TOO_LONG,
    429: Cause.BUSY,
    498: Cause.BUSY,
    451: Cause.REGION,
    504: Cause.SLOW,
    521: Cause.LOST,  # these four are Cloudflare's, of the server behind it
    522: Cause.SLOW,
    523: Cause.LOST,
    524: Cause.SLOW,
}
_PASSING = {Cause.BUSY, Cause.LOADING, Cause.SERVER, Cause.SLOW, Cause.LOST, Cause.CLOSED, Cause.UNREADABLE}


def cause_of(error: BaseException) -> Cause:
    """The cause of ``error``, which a provider's package raised."""
    for one in chain(error):
        if found := _by_kind(one):
            return found
    if isinstance(error, TimeoutError | ModelTimeoutError):
        return Cause.SLOW
    if isinstance(error, ContextOverflowError):
        return Cause.TOO_LONG
    error = next((one for one in chain(error) if isinstance(one, StreamedError)), error)
    status, told = status_of(error), told_by(error)
    if _turned_away(error, status, told):
        return Cause.BLOCKED
    if status not in _BY_STATUS:
        if HTTP_TO_HTTPS.search(told):
            return Cause.SECURE
        for name in reasons(told):
            if status != 429 or name not in _NOT_WHEN_BUSY:
                return Cause[name]
    if status == 429 and (bounds := _MORE_THAN_ALLOWED.search(told)) and int(bounds[2]) > int(bounds[1]):
        return Cause.TOO_LONG
    if status == 404 and re.search(r"\bmodels?\b", told):
        return Cause.MODEL
    if status in _STATUSES:
        return _STATUSES[status]
    if status is None or status < 400:
        return _without_status(error)
    return Cause.SERVER if status >= 500 else Cause.REQUEST


def is_passing(error: BaseException) -> bool:
    """Whether asking later may go well: the server is at fault, or the way to it, rather than the request."""
    return cause_of(error) in _PASSING


def status_of(error: BaseException) -> int | None:
    """The HTTP status; of an error within a stream the one that its body states, beside codes of its own."""
    status = getattr(error, "status_code", None)
    if status is None:
        body = getattr(error, "body", None)
        stated = [body.get(name) for name in _CODES] if isinstance(body, dict) else []
    else:
        stated = [status]
    return next((one for one in stated if isinstance(one, int) and 100 <= one < 600), None)


def told_by(error: BaseException) -> str:
    """The server's own words; of a list of what is wrong with a request not the request that it repeats."""
    body = getattr(error, "body", None)
    if isinstance(body, dict) and isinstance(body.get("detail"), list):
        wrong = [one for one in body["detail"] if isinstance(one, dict)]
        return "; ".join(f"{'.'.join(map(str, one.get('loc', ())))} {one.get('msg', '')}" for one in wrong)
    code = getattr(error, "code", None)
    return f"{error} {code or ''} {_flat(body)}".strip()[:_LONGEST]


def _by_kind(error: BaseException) -> Cause | None:
    """What an exception from below the provider's package means."""
    if isinstance(error, NotStreamedError):
        return Cause.ADDRESS if error.page else Cause.UNREADABLE
    if isinstance(error, httpx2.DecodingError):
        return Cause.UNREADABLE
    found = network_cause(error)
    return Cause[found.name] if found else None


def _turned_away(error: BaseException, status: int | None, told: str) -> bool:
    """Whether a firewall or a filter answered in a server's place, which would have sent JSON."""
    response = getattr(error, "response", None)
    body = getattr(error, "body", None) if response is None else response.text
    if status is None or not 400 <= status < 520 or not isinstance(body, str):
        return False
    text = body.strip()
    if text.startswith(("{", "[")):
        return False
    return bool(_GUARDED.search(told)) or (status == 403 and bool(text))


def _without_status(error: BaseException) -> Cause:
    if isinstance(error, ValueError):  # an error in a document with status 200, a page, an empty stream
        return Cause.SERVER if error.args and isinstance(error.args[0], dict) else Cause.UNREADABLE
    if isinstance(error, ModelConnectionError | httpx2.TransportError):
        return Cause.LOST
    return Cause.SERVER if getattr(error, "body", None) is not None else Cause.OTHER


def _flat(body: Any) -> str:
    """The words in a body, and the fields that say what kind of error it is."""
    if isinstance(body, dict):
        return " ".join(f"{key}: {_flat(value)}" for key, value in body.items())
    if isinstance(body, list):
        return " ".join(map(_flat, body))
    return "" if body is None else str(body)
