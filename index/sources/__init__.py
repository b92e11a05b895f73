"""Where articles come from."""

from __future__ import annotations

import re

from index.errors import ArticleError
from index.sources.files import FileSource
from index.sources.source import Source


def open_source(location: str, *, max_bytes: int) -> Source:
    """The source at ``location``: a file, a folder, or a glob such as ``articles/**/*.md``.

    ``max_bytes`` is the size of the largest article that is read. Nothing is read yet; what is missing or
    broken comes as a ``Failure`` when the source lists its items. Raises ``ArticleError`` for an address that
    no source reads.
    """
    if re.match(r"[a-z][a-z0-9+.-]+://", location, re.IGNORECASE):
        raise ArticleError(f"{location} cannot be read: name a file, a folder or a glob.")
    return FileSource.at(location, max_bytes=max_bytes)
