"""A feed and what it announces, and both as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

_OLDEST = datetime.min.replace(tzinfo=UTC)
_MOMENTS = ("published_at", "modified_at")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that a feed announces; ``content`` is HTML: the whole article, a teaser, or nothing.

    ``url`` is its page, if it has one, and ``id`` what the feed calls it. ``whole``: ``content`` came as such
    and not as a summary, or there is no page that could say more. ``error`` says why it is no
    entry at all (as ``to_text`` keeps it).
    """

    url: str | None
    title: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    content: str = ""
    id: str | None = None
    whole: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """``entries`` stand newest first where all of them are dated, else in the feed's own order."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]


def newest_first(feed: Feed) -> Feed:
    """``feed`` in the order that ``Feed`` promises."""
    if not all(entry.published_at for entry in feed.entries):
        return feed
    return Feed(feed.title, feed.language, tuple(sorted(feed.entries, key=_moment, reverse=True)))


def pack_feed(feed: Feed) -> dict[str, Any]:
    """``feed`` as JSON."""
    return {
        "title": feed.title,
        "language": feed.language,
        "entries": [_pack_entry(entry) for entry in feed.entries],
    }


def unpack_feed(fields: dict[str, Any]) -> Feed:
    """What ``pack_feed`` packed. Raises ``ValueError``, ``TypeError`` or ``KeyError`` for anything else."""
    return Feed(**fields | {"entries": tuple(_unpack_entry(entry) for entry in fields["entries"])})


def _pack_entry(entry: Entry) -> dict[str, Any]:
    fields = asdict(entry)
    return fields | {name: fields[name].isoformat() if fields[name] else None for name in _MOMENTS}


def _unpack_entry(fields: dict[str, Any]) -> Entry:
    moments = {name: datetime.fromisoformat(fields[name]) if fields[name] else None for name in _MOMENTS}
    return Entry(**fields | moments)


def _moment(entry: Entry) -> datetime:
    moment = entry.published_at or _OLDEST
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
