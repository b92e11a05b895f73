"""Plain text, with front matter or without."""

from __future__ import annotations

from collections.abc import Iterator

from index.reading.encoding.decode import decode
from index.reading.extracted import Extracted, Refused
from index.reading.formats.exports.databases import read_documents
from index.reading.metadata.fields import read_fields
from index.reading.metadata.frontmatter import split_front_matter


def read_text(data: bytes) -> Iterator[Extracted | Refused]:
    """The article in a text file, or those that a database exported. Raises ``ArticleError`` if there is none."""
    text = decode(data).replace("\r\n", "\n")
    if documents := list(read_documents(text)):
        yield from documents
        return
    fields, body = split_front_matter(text)
    yield read_fields(fields, body)
