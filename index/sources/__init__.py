"""Where articles come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.article import is_web
from index.errors import ArticleError
from index.parser import Parser
from index.sources.files import FileSource
from index.sources.source import Source
from index.told import tell

if TYPE_CHECKING:  # slow to import, and not needed where no page is read
    from index.fetch import Fetcher
    from index.sources.memory import PageMemory


def open_source(
    location: str,
    *,
    max_bytes: int,
    parser: Parser | None = None,
    fetcher: Fetcher | None = None,
    memory: PageMemory | None = None,
    outlets: Mapping[str, str] | None = None,
    by_itself: bool = False,
) -> Source:
    """The source at ``location``: a file, a folder, a glob such as ``articles/**/*.md``, a page, or a feed.

    ``max_bytes`` is the size of the largest article that is read. ``parser`` reads them in a child
    process, ``fetcher`` reads the web; whoever opens several sources shares them, so that there is one child, and
    one queue for each host. ``memory`` knows the pages read before, ``outlets`` are the
    operator's names for sites. ``by_itself``, when
    nobody asked for it, leaves alone what refused lately. Nothing is read yet; what is missing or broken
    comes as a ``Failure`` when the source lists its items. Raises ``ArticleError`` for an address that no source
    reads.
    """
    if is_web(location):
        from index.fetch import Fetcher, Limits
        from index.sources.memory import PageMemory
        from index.sources.pages import PageReader
        from index.sources.web import WebSource

        fetcher = fetcher or Fetcher(limits=Limits(max_bytes=max_bytes))
        reader = PageReader(parser or Parser(), outlets or {})
        return WebSource.at(location, fetcher, memory or PageMemory(), reader, by_itself=by_itself)
    if re.match(r"[a-z][a-z0-9+.-]+://", location, re.IGNORECASE):
        raise ArticleError(
            tell(
                "{location} cannot be read: name a file, a folder or a glob, or an http(s) address.",
                location=location,
            )
        )
    return FileSource.at(location, parser or Parser(), max_bytes=max_bytes)
