"""Opens sources that share what reads them: one child process, one queue for each host, one memory of pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import is_web
from index.parser import Parser
from index.sources import open_source
from index.sources.files import FileSource
from index.sources.source import Source

if TYPE_CHECKING:
    from index.fetch import Fetcher
    from index.sources.memory import PageMemory


class SourceOpener:
    """Opens the sources of one home."""

    def __init__(
        self, home: Path, max_bytes: int, allow_hosts: Sequence[str], outlets: Mapping[str, str] | None = None
    ) -> None:
        """``max_bytes`` is the size of the largest article; ``allow_hosts`` are read although they are private.

        ``outlets`` are the operator's names for sites.
        """
        self._home = home
        self._max_bytes = max_bytes
        self._allow_hosts = allow_hosts
        self._outlets = outlets or {}
        self._parser = Parser()

    def open(self, location: str, *, by_itself: bool = False) -> Source:
        """The source at ``location``, as ``open_source`` gives it.

        Raises ``ArticleError`` for one that no source reads.
        """
        if not is_web(location):
            return open_source(location, max_bytes=self._max_bytes, parser=self._parser)
        fetcher, memory = self._web
        return open_source(
            location,
            max_bytes=self._max_bytes,
            parser=self._parser,
            fetcher=fetcher,
            memory=memory,
            outlets=self._outlets,
            by_itself=by_itself,
        )

    def files(self, location: str) -> FileSource:
        """The source of files at ``location``. Raises ``ArticleError`` if it is no path."""
        return FileSource.at(location, self._parser, max_bytes=self._max_bytes)

    def rest(self) -> None:
        """Nothing is read for now: end the child process unless more comes soon."""
        self._parser.rest()

    def close(self) -> None:
        """End the child process; the next source that needs one begins another."""
        self._parser.close()

    @cached_property
    def _web(self) -> tuple[Fetcher, PageMemory]:
        """What reads the web: one for all runs, so that it is polite, and asks only for what changed."""
        from index.fetch import Fetcher, Limits  # slow to import, and often not needed
        from index.sources.memory import PageMemory

        limits = Limits(max_bytes=self._max_bytes)
        return Fetcher(allow_hosts=self._allow_hosts, limits=limits), PageMemory(self._home / "pages.json")
