"""The process that reads HTML, PDF and feeds: ``python -m index.parser.child MEMORY SECONDS``.

It answers one request after the other until its input ends. It can take only so much memory (bytes) in all and so
much processor time for one request, writes no files, and knows nothing of the parent's settings and secrets. Where
the system doesn't bound memory (macOS), the parent's clock is what ends a reading.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

# Read before the limits are set, so that they count for articles alone.
import lxml.html  # type: ignore[import-untyped]  # noqa: F401
import trafilatura  # noqa: F401

import index.reading.pdf  # noqa: F401
from index.errors import ArticleError
from index.parser.wire import pack, receive, send
from index.reading.extract import extract, read_html
from index.reading.html_pages import read_html_page

_GRACE = 5
"""Seconds; the parent's clock should end a reading before the processor's does."""
_NICENESS = 10
"""Answers come first."""


def main(memory: int, seconds: int) -> None:
    """Answer requests from stdin on stdout."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no reply
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    os.nice(_NICENESS)
    _warm_up()
    if sys.platform != "darwin":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    send(replies, {"ready": True})
    while request := receive(sys.stdin.buffer):
        _allow(seconds)
        header, body = request
        del request
        send(replies, _answer(header, body))


def _answer(header: dict[str, Any], body: bytes) -> dict[str, Any]:
    try:
        return _JOBS[header["job"]](body, **header["given"])
    except ArticleError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # parsers let out whatever went wrong inside; it concerns this article only
        what = error.strerror if isinstance(error, OSError) else error  # without the paths of this machine
        return {"fault": f"{type(error).__name__}: {what}"[:300]}


def _file(data: bytes, suffix: str) -> dict[str, Any]:
    return {"extracted": pack(extract(data, suffix))}


def _html(data: bytes, url: str | None) -> dict[str, Any]:
    return {"extracted": pack(read_html(data, url))}


def _page(data: bytes, url: str, charset: str | None, asked: str) -> dict[str, Any]:
    extracted, address = read_html_page(data, url, charset, asked)
    return {"extracted": pack(extracted), "address": address}


def _feed(data: bytes, url: str, content_type: str, charset: str | None) -> dict[str, Any]:
    # Not loaded for the many readings without a feed.
    from index.fetch import Page
    from index.reading.feeds import pack_feed, read_feed

    return {"feed": pack_feed(read_feed(Page(url, 200, data, content_type, charset)))}


def _sitemap(data: bytes, url: str, content_type: str, charset: str | None) -> dict[str, Any]:
    from index.fetch import Page
    from index.reading.feeds import pack_feed
    from index.reading.sitemaps import read_sitemap

    sitemap = read_sitemap(Page(url, 200, data, content_type, charset))
    return {"feed": pack_feed(sitemap.feed), "parts": sitemap.parts}


_JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "file": _file,
    "html": _html,
    "page": _page,
    "feed": _feed,
    "sitemap": _sitemap,
}


def _allow(seconds: int) -> None:
    """So many seconds of processor time from now on; a reading that takes more ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + _GRACE, most))


def _warm_up() -> None:
    """Read a page in an encoding that it doesn't state, so that what is loaded at first use is loaded."""
    words = "The council met in the café on Monday and spoke about the new bridge. " * 5
    _html(f"<html><body><article><p>{words}</p></article></body></html>".encode("cp1252"), None)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
