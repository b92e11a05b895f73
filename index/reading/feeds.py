"""Feeds: RSS, Atom and JSON Feed -> entries."""

from __future__ import annotations

import calendar
import html
import io
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import feedparser

from index.errors import ArticleError
from index.text.dates import parse_date

if TYPE_CHECKING:  # slow to import
    from index.fetch import Page

_ROOTS = {"rss", "feed", "rdf"}
_JSON_FEED = "https://jsonfeed.org/version/"
# A declaration, a comment, a document type with its own declarations or without; or white space.
_PROLOG = re.compile(r"<\?.*?\?>|<!--.*?-->|<![^-\[>]*\[.*?\]\s*>|<![^-\[>]*>|\s+", re.DOTALL)
_TAG = re.compile(r"<([\w.-]{1,40}:)?([\w.-]{1,40})")
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that a feed announces; ``content`` is HTML: the whole article, a teaser, or nothing."""

    url: str
    title: str | None
    author: str | None
    published_at: datetime | None
    content: str


@dataclass(frozen=True, slots=True)
class Feed:
    """``entries`` stand newest first where all of them are dated, else in the feed's own order."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]


def pack_feed(feed: Feed) -> dict[str, Any]:
    """``feed`` as JSON."""
    entries = [
        asdict(entry) | {"published_at": entry.published_at.isoformat() if entry.published_at else None}
        for entry in feed.entries
    ]
    return {"title": feed.title, "language": feed.language, "entries": entries}


def unpack_feed(fields: dict[str, Any]) -> Feed:
    """What ``pack_feed`` packed. Raises ``ValueError``, ``TypeError`` or ``KeyError`` for anything else."""
    return Feed(**fields | {"entries": tuple(_unpack_entry(entry) for entry in fields["entries"])})


def _unpack_entry(fields: dict[str, Any]) -> Entry:
    moment = fields["published_at"]
    return Entry(**fields | {"published_at": datetime.fromisoformat(moment) if moment else None})


def is_feed(page: Page) -> bool:
    """Whether ``page`` is a feed. Its content decides, since feeds come under many content types."""
    return root_of(page.body) in _ROOTS or _json_feed(page.body) is not None


def read_feed(page: Page) -> Feed:
    """The feed in ``page``; links in it are made absolute, entries without a link are left out.

    Raises ``ArticleError`` if the feed declares XML entities (a few of which can fill any memory, CWE-776) or
    can't be read at all. There are small feeds that take minutes: ``Parser.feed`` reads them within limits.
    """
    data = _json_feed(page.body)
    feed = _from_xml(page) if data is None else _from_json(data, page.url)
    if all(entry.published_at for entry in feed.entries):
        newest_first = sorted(feed.entries, key=_moment, reverse=True)
        return Feed(feed.title, feed.language, tuple(newest_first))
    return feed


def _moment(entry: Entry) -> datetime:
    moment = entry.published_at or _OLDEST
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _from_xml(page: Page) -> Feed:
    # Without the zero bytes, a declaration in UTF-16 looks like any other.
    if re.search(rb"<!ENTITY", page.body.replace(b"\0", b""), re.IGNORECASE):
        raise ArticleError("The feed declares XML entities, which no feed needs and which can do harm.")
    content_type = page.content_type + (f"; charset={page.charset}" if page.charset else "")
    # A stream: feedparser would take a string for the name of a file, or fetch it.
    try:
        parsed = feedparser.parse(
            io.BytesIO(page.body),
            response_headers={"content-type": content_type, "content-location": page.url},
        )
    except Exception as error:  # on feeds broken in rare ways it raises whatever went wrong inside
        raise ArticleError(f"The feed can't be read: {error}. Check it with a feed validator.") from error
    if parsed.bozo and not parsed.entries and not parsed.feed:
        raise ArticleError(f"The feed can't be read: {parsed.bozo_exception}. Check it with a feed validator.")
    entries = tuple(_xml_entry(entry, page.url) for entry in parsed.entries if entry.get("link"))
    return Feed(_line(parsed.feed.get("title")), parsed.feed.get("language"), entries)


def _xml_entry(entry: Any, base: str) -> Entry:
    # As a plain dict: feedparser's own look-up passes one date off as the other.
    moment = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    try:
        published = parse_date(datetime.fromtimestamp(calendar.timegm(moment), UTC)) if moment else None
    except ValueError:  # 0000-00-00
        published = None
    texts = [part.get("value") or "" for part in entry.get("content", ())] + [entry.get("summary") or ""]
    return Entry(
        url=_absolute(base, entry.link),
        title=_line(entry.get("title")),
        author=_line(entry.get("author")),
        published_at=published,
        content=max(texts, key=len),
    )


def _from_json(data: dict[str, Any], base: str) -> Feed:
    items = data.get("items")
    if not isinstance(items, list):
        raise ArticleError('The feed can\'t be read: its "items" are no list.')
    linked = [item for item in items if isinstance(item, dict) and isinstance(item.get("url"), str)]
    return Feed(_line(data.get("title")), _line(data.get("language")), tuple(_json_entry(e, base) for e in linked))


def _json_entry(item: dict[str, Any], base: str) -> Entry:
    authors = item.get("authors") or [item.get("author")]  # version 1.0 had one author
    first = authors[0] if isinstance(authors, list) else None
    content = item.get("content_html")
    if not isinstance(content, str):
        content = _as_html(item.get("content_text"))
    return Entry(
        url=_absolute(base, item["url"]),
        title=_line(item.get("title")),
        author=_line(first.get("name")) if isinstance(first, dict) else None,
        published_at=parse_date(item.get("date_published")) or parse_date(item.get("date_modified")),
        content=content,
    )


def _absolute(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link  # whoever reads it says what is wrong with it


def _as_html(text: object) -> str:
    if not isinstance(text, str):
        return ""
    return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", text))


def _line(value: object) -> str | None:
    """Plain text on one line out of ``value``, in which feeds like to escape twice."""
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(re.sub(r"<[^<>]{1,200}>", " ", value)).split()) or None


def _json_feed(body: bytes) -> dict[str, Any] | None:
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, dict) and str(data.get("version")).startswith(_JSON_FEED):
        return data
    return None


def root_of(body: bytes) -> str | None:
    """The name of an XML document's root element in lower case, without its prefix."""
    wide = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = body[:65536].decode("utf-16" if wide else "latin-1", "ignore").removeprefix("\xef\xbb\xbf")
    start = 0
    while prolog := _PROLOG.match(text, start):
        start = prolog.end()
    name = _TAG.match(text, start)
    return name[2].lower() if name else None
