"""The entries of a feed, told apart by their addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from index.reading.feeds.entries import Entry
from index.reading.metadata.addresses import canonical_address


def apart(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """``entries`` by their one address, and those that announce another rendering of what one of them announces.

    These have its title, and addresses that differ from its own in tracking or AMP parameters only.
    """
    apart: list[Entry] = []
    renderings: list[Entry] = []
    written: dict[tuple[str | None, str | None], str | None] = {}
    for entry in entries:
        tidy = _tidy(entry)
        if written.setdefault((tidy.url, tidy.title), entry.url) == entry.url:
            apart.append(tidy)
        else:
            renderings.append(entry)
    return apart, renderings


def _tidy(entry: Entry) -> Entry:
    """``entry`` by its one address, which has no tracking or AMP parameters; a fragment tells entries apart."""
    if entry.url is None:
        return entry
    try:
        address = canonical_address(entry.url)
        fragment = urlsplit(entry.url).fragment
    except ValueError:  # reading it says what is wrong with it
        return entry
    return replace(entry, url=f"{address}#{fragment}" if fragment else address)


def at_page(entry: Entry) -> Entry:
    """``entry`` without the fragment, which doesn't tell it apart from others."""
    return replace(entry, url=without_fragment(entry.url)) if entry.url else entry


def without_fragment(url: str | None) -> str:
    """The address of the page itself."""
    return (url or "").partition("#")[0]
