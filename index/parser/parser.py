"""The parent's side: one child process that reads article after article, and what to say when it doesn't."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

import index
from index.article import Article
from index.errors import ArticleError, ParserError
from index.parser.wire import OnPage, Reading, TooLongError, receive, send, unpack
from index.reading.feeds.entries import Entry, Feed, pack_feed, unpack_feed
from index.told import Told, tell, unpacked

if TYPE_CHECKING:  # slow to import
    from index.fetch import Page

_START_SECONDS = 60.0
_REST_SECONDS = 60.0
"""How long a child waits for more: starting one takes a second or two, and sources are often read in a row."""
_LONGEST_LIFE = 1000
"""Readings, after which a new child takes over, so that what libraries leak doesn't add up."""
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "TMPDIR")
_TOO_MUCH_MEMORY = tell(
    "Reading it takes more than {memory} MB of memory: it is damaged, too large, or made to do harm. {save}"
)
_NO_START = tell(
    "The process that reads articles doesn't start ({reason}). Make room in memory, or reinstall Newsdesk."
)
_SAVE = tell("If you can open it, save its text in a plain text file and index that.")


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """What reading one article may take: wall-clock ``seconds``, bytes of ``memory``, bytes of text in the end."""

    seconds: float = 60.0
    memory: int = 1_000_000_000
    text: int = 50_000_000


class Parser:
    """Reads files, pages and feeds in a child process, started when the first one comes.

    Threads wait for each other. The child ends with ``close``, a minute after ``rest``, or with the parser itself.
    Whatever is asked raises ``ArticleError``, with what is wrong and what to do, also for what takes too much
    time, memory or room; and ``ParserError`` if the child doesn't start, which concerns no single article.
    """

    def __init__(self, limits: ParserLimits | None = None) -> None:
        self._limits = limits or ParserLimits()
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._resting: threading.Timer | None = None

    def file(self, data: bytes | Path, name: str, beside: bytes = b"") -> Iterator[Reading]:
        """Every article in a file (its content, or where it is); ``name`` is its path below its source's root.

        ``beside`` is JSON that states its fields, if there is only one.
        """
        return unpack(self._ask("file", data, **_file(data, name, beside))[1])

    def article(self, path: Path, name: str, beside: bytes = b"") -> Article:
        """The article in a file that holds one; ``beside`` is JSON that states its fields."""
        return _only(self._ask("file", path, **_file(path, name, beside))[1])

    def line(self, data: bytes, name: str, number: int) -> Article:
        """The article in a line of a .jsonl file."""
        return _only(self._ask("line", data, name=name, number=number)[1])

    def lines(self, data: bytes) -> list[tuple[str | None, Told | str]]:
        """The id that each of several lines states ("" for none), or None and what is wrong with the line."""
        return [(one[0], unpacked(one[1])) for one in self._ask("lines", data)[0]["lines"]]

    def page(self, page: Page, asked: str, outlets: Mapping[str, str]) -> OnPage:
        """What is on a page to which the address ``asked`` led; ``outlets`` are the operator's names."""
        given = {"content_type": page.content_type, "charset": page.charset, "outlets": dict(outlets)}
        reply, body = self._ask("page", page.body, url=page.url, asked=asked, **given)
        if "moved" in reply:
            return OnPage(None, moved=str(reply["moved"]))
        return OnPage(_only(body), reply["next"])

    def entry(self, entry: Entry, feed: Feed, article_id: str, url: str | None, source: str) -> Article:
        """What ``feed`` itself tells of an article; ``ArticleError`` if that is only its beginning."""
        packed = pack_feed(replace(feed, entries=(replace(entry, content=""),)))
        body = entry.content.encode("utf-8", "replace")
        (stated,) = packed.pop("entries")
        told = {"entry": stated, "feed": packed, "url": url, "source": source, "id": article_id}
        return _only(self._ask("entry", body, **told)[1])

    def feed(self, page: Page) -> Feed:
        """The feed on a page."""
        return unpack_feed(self._ask("feed", page.body, url=page.url, charset=page.charset)[0]["feed"])

    def sitemap(self, page: Page) -> tuple[Feed, tuple[str, ...]]:
        """The sitemap on a page: its articles as a feed, and the addresses of its parts."""
        reply = self._ask("sitemap", page.body, url=page.url)[0]
        return unpack_feed(reply["feed"]), tuple(reply["parts"])

    def opml(self, data: bytes | Path) -> tuple[list[str], list[str]]:
        """The addresses in a list of feeds, and what in it is no web address."""
        reply = self._ask("opml", data)[0]
        return reply["feeds"], reply["others"]

    def rest(self) -> None:
        """End the child unless it is asked something within a minute: until then its memory is in use."""
        with self._lock:
            self._wake()
            if self._child:
                self._resting = threading.Timer(_REST_SECONDS, self.close)
                self._resting.daemon = True  # the end of the program waits for no rest, and ends the child
                self._resting.start()

    def close(self) -> None:
        """End the child; another reading would start a new one."""
        with self._lock:
            self._end()

    def _wake(self) -> None:
        if self._resting:
            self._resting.cancel()
            self._resting = None

    def _end(self) -> None:
        self._wake()
        if self._child:
            self._child.end()
            self._child = None

    def _ask(self, job: str, data: bytes | Path, **given: object) -> tuple[dict[str, Any], bytes]:
        """The child's reply. Raises ``OSError`` if the file ``data`` can't be read."""
        with ExitStack() as opened:
            body = opened.enter_context(data.open("rb")) if isinstance(data, Path) else data
            return self._answer({"job": job, "given": given}, body)

    def _answer(self, header: dict[str, Any], data: bytes | BinaryIO) -> tuple[dict[str, Any], bytes]:
        with self._lock:
            self._wake()
            if self._child is None:
                self._child = _Child(self._limits)
            try:
                reply, body = self._child.ask(header, data)
            except BaseException:  # also Ctrl-C: the reply that is under way belongs to no other article
                self._end()
                raise
            if "memory" in reply or self._child.asked >= _LONGEST_LIFE:
                self._end()
        if "memory" in reply:
            raise ArticleError(_TOO_MUCH_MEMORY.given(memory=round(self._limits.memory / 1e6), save=_SAVE))
        if "fault" in reply:
            raise ArticleError(tell("It can't be read ({reply}). {save}", reply=reply["fault"], save=_SAVE))
        if "error" in reply:
            raise ArticleError(unpacked(reply["error"]))
        return reply, body


def _file(data: bytes | Path, name: str, beside: bytes) -> dict[str, str]:
    """What the child is told of a file: also the folder that its source's root is, or is in."""
    folder = data.as_posix().removesuffix(f"/{name}") if isinstance(data, Path) else ""
    return {"name": name, "folder": folder, "beside": beside.decode("utf-8", "replace")}


def _only(body: bytes) -> Article:
    reading, *others = unpack(body)
    if others:
        raise ArticleError(tell("There are several articles in it. Put each in a file of its own."))
    if reading.load is None:
        raise ArticleError(reading.reason)
    return reading.load()


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
            raise ParserError(_NO_START.given(reason=str(error.strerror))) from None
        self.end = weakref.finalize(self, _end, self._process)
        if not self._told_within(_START_SECONDS):
            self.end()
            raise ParserError(_NO_START.given(reason=tell("it ended, or took too long")))

    def ask(self, header: dict[str, Any], body: bytes | BinaryIO) -> tuple[dict[str, Any], bytes]:
        """The child's reply. Raises ``ArticleError`` if none came; the child is then of no more use."""
        self.asked += 1
        timed_out = threading.Event()
        try:
            reply = self._told_within(self._limits.seconds, header, body, timed_out)
        except TooLongError:
            raise ArticleError(tell("It holds more text than an article can have. {save}", save=_SAVE)) from None
        if reply is not None:
            return reply
        self._process.kill()
        status = self._process.wait()
        if timed_out.is_set() or status == -signal.SIGXCPU:
            raise ArticleError(
                tell(
                    "Reading it took more than {seconds} seconds and was given up. {save}",
                    seconds=f"{self._limits.seconds:g}",
                    save=_SAVE,
                )
            )
        if status == -signal.SIGABRT:  # what libraries in C do when they get no memory
            raise ArticleError(_TOO_MUCH_MEMORY.given(memory=round(self._limits.memory / 1e6), save=_SAVE))
        raise ArticleError(
            tell(
                "Reading it broke the process that reads (status {status}): it is damaged. {save}",
                status=status,
                save=_SAVE,
            )
        )

    def _told_within(
        self,
        seconds: float,
        header: dict[str, Any] | None = None,
        body: bytes | BinaryIO = b"",
        timed_out: threading.Event | None = None,
    ) -> tuple[dict[str, Any], bytes] | None:
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
            return receive(cast("Any", self._process.stdout), self._limits.text)
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
