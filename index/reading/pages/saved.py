"""A web page that somebody saved as a file. What it says of itself is believed as far as it fits together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index.reading.extracted import Extracted
from index.reading.metadata.fields import web_address
from index.reading.metadata.outlets import outlet_of
from index.reading.pages.html import read_html


def read_saved_page(data: bytes) -> Iterator[Extracted]:
    """The article in a saved page. Raises ``ArticleError`` if it is none."""
    found = read_html(data)
    address = web_address(found.url)
    yield replace(found, url=address, source=outlet_of(address, found.source) if address else found.source)
