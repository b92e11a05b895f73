"""A feed that somebody saved as a file: its entries are articles as far as the feed itself holds their text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index.errors import ArticleError
from index.reading.extracted import Extracted, Refused
from index.reading.feeds.entries import Entry, Feed
from index.reading.feeds.feed import read_feed
from index.reading.feeds.told import is_whole, read_entry
from index.reading.feeds.xml import declares_entities, root_of
from index.told import tell

_ROOTS = ("rss", "feed", "rdf")


def read_saved_feed(data: bytes) -> Iterator[Extracted | Refused]:
    """What each entry tells. Raises ``ArticleError`` if the file is no feed."""
    root = root_of(data)
    if root == "opml":
        raise ArticleError(tell("It lists feeds. Index it by itself, as a file ending in .opml, to add them."))
    if root not in _ROOTS or declares_entities(data):
        raise ArticleError(
            tell("It is XML, but no feed and no WordPress export. Save the articles in another format.")
        )
    feed = read_feed(data, "")
    known: set[Extracted] = set()
    ids: set[str] = set()
    for number, entry in enumerate(feed.entries, start=1):
        told = _told(entry, feed, number)
        if not isinstance(told, Extracted) or not told.url:
            yield told
        elif told not in known:  # what is listed twice, word for word, is one article
            known.add(told)
            yield _told_apart(told, number, ids)


def _told_apart(told: Extracted, number: int, ids: set[str]) -> Extracted:
    """``told``, with an id of its own if an entry before it has its link; ``ids`` are those given so far."""
    link = told.url or ""
    named = f"{link}#{told.title or number}"
    own = next(one for one in (link, named, f"{named}#{number}") if one not in ids)
    ids.add(own)
    return told if own == link else replace(told, id=own)


def _told(entry: Entry, feed: Feed, number: int) -> Extracted | Refused:
    found = read_entry(entry, feed)
    if entry.error or not is_whole(found.text, whole=entry.whole):
        name = f"“{entry.title}”" if entry.title else f"Entry {number}"
        return Refused(
            tell("{name}: the feed holds no more than its beginning. Index the feed by its address.", name=name)
        )
    return found
