"""The process that reads articles: ``python -m index.parser.child MEMORY SECONDS``.

It answers one request after the other until its input ends. It can take only so much memory (bytes) in all and so
much processor time for one request, writes no files, and knows nothing of the parent's settings and secrets. Where
the system doesn't bound memory (macOS), the parent's clock is what ends a reading.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from typing import Any

# Read before the limits are set, so that they count for articles alone.
from index.errors import ArticleError
from index.parser.jobs import JOBS, Reply
from index.parser.wire import receive, send
from index.told import packed, words_of

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
        send(replies, *_answer(header, body))


def _answer(header: dict[str, Any], body: bytes) -> Reply:
    try:
        return JOBS[header["job"]](body, **header["given"])
    except ArticleError as error:
        return {"error": packed(words_of(error))}, b""
    except MemoryError:
        return {"memory": True}, b""
    except Exception as error:  # parsers let out whatever went wrong inside; it concerns this article only
        what = error.strerror if isinstance(error, OSError) else error  # without the paths of this machine
        return {"fault": f"{type(error).__name__}: {what}"[:300]}, b""


def _allow(seconds: int) -> None:
    """So many seconds of processor time from now on; a reading that takes more ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + _GRACE, most))


def _warm_up() -> None:
    """Read a page in an encoding that it doesn't state, so that what is loaded at first use is loaded."""
    words = "The council met in the café on Monday and spoke about the new bridge. " * 5
    page = f"<html><body><article><h1>Bridge</h1><p>{words}</p></article></body></html>"
    JOBS["file"](page.encode("cp1252"), name="bridge.html")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
