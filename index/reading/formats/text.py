"""Plain text, with front matter or without."""

from __future__ import annotations

from collections.abc import Iterator

from index.reading.encoding.decode import decode
from index.reading.extracted import Extracted
from index.reading.metadata.fields import read_fields
from index.reading.metadata.frontmatter import split_front_matter


def read_text(data: bytes) -> Iterator[Extracted]:
    """The one article in a text file. Raises ``ArticleError`` if there is none."""
    fields, body = split_front_matter(decode(data))
    yield read_fields(fields, body)
