"""The parent's side: one child process that reads article after article, and what to say when it doesn't."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import weakref
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import index
from index.errors import ArticleError
from index.parser.wire import TooLongError, receive, send, unpack
from index.reading.extract import Extracted, extract

if TYPE_CHECKING:  # slow to import
    from index.fetch import Page

UNTRUSTED = frozenset((".html", ".htm", ".pdf"))
"""The endings of the files that are read in the child: their formats are large enough to hide harm in."""

_START_SECONDS = 60.0
_LONGEST_LIFE = 1000
"""Readings, after which a new child takes over, so that what libraries leak doesn't add up."""
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "TMPDIR")
_SAVE = "If you can open it, save its text in a plain text file and index that."


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """What reading one article may take: wall-clock ``seconds``, bytes of ``memory``, bytes of text in the end."""

    seconds: float = 60.0
    memory: int = 1_000_000_000
    text: int = 50_000_000


class Parser:
    """Reads files, pages and feeds; HTML, PDF and feeds in a child process, started when the first one comes.

    Threads wait for each other. The child ends with ``close``, or with the parser itself.
    """

    def __init__(self, limits: ParserLimits | None = None) -> None:
        self._limits = limits or ParserLimits()
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def extract(self, data: bytes, suffix: str) -> Extracted:
        """As ``index.reading.extract.extract``; also raises ``ArticleError`` for what takes too much."""
        if suffix not in UNTRUSTED:
            return extract(data, suffix)
        return unpack(self._ask("file", data, suffix=suffix)["extracted"])

    def html(self, data: bytes, url: str | None = None) -> Extracted:
        """As ``index.reading.extract.read_html``, with the same limits."""
        return unpack(self._ask("html", data, url=url)["extracted"])

    def page(self, data: bytes, url: str, charset: str | None, asked: str) -> tuple[Extracted, str]:
        """As ``index.reading.html_pages.read_html_page``, with the same limits."""
        reply = self._ask("page", data, url=url, charset=charset, asked=asked)
        return unpack(reply["extracted"]), reply["address"]

    def feed(self, page: Page) -> dict[str, Any]:
        """As ``index.reading.feeds.read_feed``, with the same limits; packed by ``pack_feed``."""
        packed: dict[str, Any] = self._announced("feed", page)["feed"]
        return packed

    def sitemap(self, page: Page) -> dict[str, Any]:
        """As ``index.reading.sitemaps.read_sitemap``, with the same limits: its packed ``feed``, and ``parts``."""
        return self._announced("sitemap", page)

    def _announced(self, job: str, page: Page) -> dict[str, Any]:
        return self._ask(job, page.body, url=page.url, content_type=page.content_type, charset=page.charset)

    def close(self) -> None:
        """End the child; another reading would start a new one."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._child:
            self._child.end()
            self._child = None

    def _ask(self, job: str, data: bytes, **given: str | None) -> dict[str, Any]:
        with self._lock:
            if self._child is None:
                self._child = _Child(self._limits)
            try:
                reply = self._child.ask({"job": job, "given": given}, data)
            except BaseException:  # also Ctrl-C: the reply that is under way belongs to no other article
                self._end()
                raise
            if "memory" in reply or self._child.asked >= _LONGEST_LIFE:
                self._end()
        if "memory" in reply:
            raise ArticleError(
                f"Reading it takes more than {self._limits.memory / 1e6:,.0f} MB of memory: it is damaged, too "
                f"large, or made to do harm. {_SAVE}"
            )
        if "fault" in reply:
            raise ArticleError(f"It can't be read ({reply['fault']}). {_SAVE}")
        if "error" in reply:
            raise ArticleError(reply["error"])
        return reply


class _Child:
    def __init__(self, limits: ParserLimits) -> None:
        self._limits = limits
        self.asked = 0
        # The child gets no settings and no secrets, and finds this very package, whatever folder is current.
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {"PYTHONPATH": str(Path(index.__file__).parents[1]), "OPENBLAS_NUM_THREADS": "1"}
        seconds = str(math.ceil(limits.seconds))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "index.parser.child", str(limits.memory), seconds],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        except OSError as error:
            raise ArticleError(
                f"The process that reads HTML, PDF and feeds can't be started: {error.strerror}."
            ) from None
        self.end = weakref.finalize(self, _end, self._process)
        if not self._told_within(_START_SECONDS):
            self.end()
            raise ArticleError(
                "The process that reads HTML, PDF and feeds doesn't start. Install Newsdesk anew, or make room in "
                "memory."
            )

    def ask(self, header: dict[str, Any], body: bytes) -> dict[str, Any]:
        """The child's reply. Raises ``ArticleError`` if none came; the child is then of no more use."""
        self.asked += 1
        timed_out = threading.Event()
        try:
            reply = self._told_within(self._limits.seconds, header, body, timed_out)
        except TooLongError:
            raise ArticleError(f"It holds more text than an article can have. {_SAVE}") from None
        if reply is not None:
            return reply
        self._process.kill()
        status = self._process.wait()
        if timed_out.is_set() or status == -signal.SIGXCPU:
            raise ArticleError(
                f"Reading it took more than {self._limits.seconds:g} seconds and was given up. {_SAVE}"
            )
        raise ArticleError(f"Reading it broke the process that reads (status {status}): it is damaged. {_SAVE}")

    def _told_within(
        self,
        seconds: float,
        header: dict[str, Any] | None = None,
        body: bytes = b"",
        timed_out: threading.Event | None = None,
    ) -> dict[str, Any] | None:
        """What the child says to ``header``; None if it ends first, or is killed after so many seconds."""

        def give_up() -> None:
            if timed_out:
                timed_out.set()
            self._process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            if header is not None:
                send(cast("Any", self._process.stdin), header, body)
            message = receive(cast("Any", self._process.stdout), self._limits.text)
            return message[0] if message else None
        except TooLongError:
            raise
        except (OSError, ValueError):
            return None
        finally:
            timer.cancel()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what was not sent is of no use any more
            cast("IO[bytes]", pipe).close()
