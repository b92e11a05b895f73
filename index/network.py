"""What keeps a server from being reached, whatever library asks it."""

from __future__ import annotations

import os
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from enum import Enum
from urllib.request import getproxies, proxy_bypass

import httpx2

from index.told import tell

HTTP_TO_HTTPS = re.compile(r"\bhttp request\b.{0,20}\bto (?:an |the )?https\b", re.IGNORECASE)
"""What servers of https say to who speaks http, over http."""

MOST_REDIRECTS = 5
"""How often a model's server may send elsewhere before that is taken for a circle."""

NO_HEADERS = (
    "{name} is for servers that speak OpenAI's protocol; {model!r} has one of its own. Take the setting out."
)


class Network(Enum):
    """Why a server can't be reached; the value says it."""

    NO_HOST = tell("its host is not known")
    CLOSED = tell("nothing listens there")
    PLAIN = tell("no https is spoken there: its address should perhaps begin with http://")
    CERTIFICATE = tell("its certificate is not trusted: add it to the system's, or name it in SSL_CERT_FILE")
    PROXY = tell("the proxy refused, or cannot be reached: check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY")
    PROXY_LOGIN = tell(
        "the proxy wants a user and a password: write them into HTTPS_PROXY or HTTP_PROXY, as in "
        "http://USER:PASSWORD@HOST:PORT"
    )
    ADDRESS = tell("its address cannot be used")
    UNSENDABLE = tell("its key has a character that cannot be sent")


def carry(request: httpx2.Request, headers: Mapping[str, str], base_url: str) -> None:
    """Set ``headers`` of the operator's in ``request``; if it was sent on to another server, take them away."""
    base = httpx2.URL(base_url)
    for name, value in headers.items():
        if (request.url.scheme, request.url.netloc) == (base.scheme, base.netloc):
            request.headers[name] = value
        else:
            request.headers.pop(name, None)


def chain(error: BaseException) -> Iterator[BaseException]:
    """``error`` and all that it came of."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [cause for cause in (one.__cause__, one.__context__) if cause]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions


def asked_at(error: BaseException) -> str:
    """The address that was asked last, as far as ``error`` or what it came of tells."""
    for one in reversed(list(chain(error))):
        try:
            request = getattr(one, "request", None)
        except RuntimeError:  # httpx's errors have one only when they were raised with it
            continue
        if url := getattr(request, "url", None):
            return str(url)
    return ""


def network_cause(error: BaseException) -> Network | None:
    """What ``error`` itself, not what it came of, says of the way to a server; None if that isn't at fault."""
    if isinstance(error, ssl.SSLError) or "SSL:" in str(error)[:80]:
        return Network.CERTIFICATE if "CERTIFICATE_VERIFY" in str(error) else Network.PLAIN
    if isinstance(error, httpx2.ProxyError) or (isinstance(error, httpx2.ConnectError) and _proxied(error)):
        return Network.PROXY_LOGIN if str(error).startswith("407") else Network.PROXY
    if isinstance(error, socket.gaierror):
        return Network.NO_HOST
    if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol | httpx2.TooManyRedirects | OverflowError):
        return Network.ADDRESS
    if isinstance(error, UnicodeEncodeError) or "Illegal header value" in str(error):
        return Network.UNSENDABLE
    return Network.CLOSED if isinstance(error, ConnectionRefusedError) else None


def _proxied(error: httpx2.ConnectError) -> bool:
    """Whether it was a proxy of the environment that a connection couldn't be made to."""
    try:
        url = error.request.url
    except RuntimeError:  # it was raised without its request
        return False
    proxies = getproxies()
    return bool(proxies.get(url.scheme) or proxies.get("all")) and not proxy_bypass(url.host)


def unreadable_certificates(error: BaseException) -> str:
    """The variables that name certificates, if ``error`` came of reading them; otherwise nothing."""
    if not isinstance(error, OSError):  # an ssl.SSLError is one
        return ""
    return " or ".join(name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name))
