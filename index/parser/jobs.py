"""What the child process can be asked: each job takes bytes and a few strings, and gives a header and bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from index.article import Article
from index.errors import ArticleError
from index.parser.wire import pack
from index.reading.cleaning.clean import clean
from index.reading.extracted import Extracted, Refused
from index.reading.feeds.entries import Feed, pack_feed, unpack_feed
from index.reading.feeds.feed import read_feed
from index.reading.feeds.kind import unpacked
from index.reading.feeds.opml import read_opml
from index.reading.feeds.sitemap import read_sitemap
from index.reading.feeds.told import is_whole, read_entry
from index.reading.formats.records import completed, read_line
from index.reading.kinds import is_typed
from index.reading.metadata.days import read_day
from index.reading.metadata.fields import web_address
from index.reading.metadata.openings import with_day
from index.reading.pages.following import MovedError
from index.reading.pages.page import read_page
from index.reading.read import read
from index.told import packed, tell, words_of

_POST = re.compile(r"/_posts/(?:[^/]+/)*(\d{4}-\d\d-\d\d)-[^/]+$")
"""Jekyll keeps the day of a post in the name of its file."""
Reply = tuple[dict[str, Any], bytes]


def _file(data: bytes, name: str, beside: str = "", folder: str = "") -> Reply:
    """Every article in a file called ``name``, which is below its source's root, itself in ``folder``.

    ``beside`` states the fields of the only one, or of several such files; of several in it all would be told
    alike.
    """
    found = list(read(data, name))
    if beside and len(found) == 1:
        found = [(label, completed(one, beside, PurePath(name).stem)) for label, one in found]
    return pack((label, _article(name, label, one, folder)) for label, one in found)


def _article(name: str, label: str, found: Extracted | Refused, folder: str = "") -> Article | Refused:
    if isinstance(found, Refused):
        return found
    place = f"{name}{label}"
    if found.published_at is None and (post := _POST.search(f"{folder}/{place}")):
        found = replace(found, published_at=read_day(post[1]))
    if is_typed(place):
        found = with_day(found)
    try:
        return clean(found, found.id or web_address(found.url) or place)
    except ArticleError as error:
        return Refused(words_of(error))


def _line(data: bytes, name: str, number: int) -> Reply:
    """The article in line ``number`` of the file called ``name``."""
    label = f"#{number}"
    return pack([(label, _article(name, label, read_line(data)))])


def _lines(data: bytes) -> Reply:
    """What each line states as the id of its article (perhaps nothing), or what is wrong with it."""
    stated: list[tuple[str | None, Any]] = []
    for line in data.split(b"\n"):
        try:
            found = read_line(line)
            stated.append((found.id or found.url or "", ""))
        except ArticleError as error:
            stated.append((None, packed(words_of(error))))
    return {"lines": stated}, b""


def _page(
    data: bytes, url: str, asked: str, content_type: str, charset: str | None, outlets: Mapping[str, str]
) -> Reply:
    try:
        found, address = read_page(data, url, asked, content_type, charset, outlets)
    except MovedError as moved:
        return {"moved": moved.address}, b""
    header, body = pack([("", clean(found, address))])
    return header | {"next": found.next_page}, body


def _entry(
    data: bytes, entry: dict[str, Any], feed: dict[str, Any], url: str | None, source: str, id: str
) -> Reply:
    """What a feed tells of one article, whose content ``data`` is; nothing if that is only its beginning."""
    told = unpack_feed({**feed, "entries": [{**entry, "content": data.decode("utf-8", "replace")}]})
    one = told.entries[0]
    found = replace(read_entry(one, Feed(None, told.language, ())), url=url, source=source)
    if not is_whole(found.text, whole=one.whole):
        raise ArticleError(tell("The feed holds no more than the beginning of it."))
    return pack([("", clean(found, id))])


def _feed(data: bytes, url: str, charset: str | None) -> Reply:
    return {"feed": pack_feed(read_feed(data, url, charset))}, b""


def _sitemap(data: bytes, url: str) -> Reply:
    sitemap = read_sitemap(unpacked(data), url)
    return {"feed": pack_feed(sitemap.feed), "parts": sitemap.parts}, b""


def _opml(data: bytes) -> Reply:
    feeds, others = read_opml(data)
    return {"feeds": feeds, "others": others}, b""


JOBS: dict[str, Callable[..., Reply]] = {
    "file": _file,
    "line": _line,
    "lines": _lines,
    "page": _page,
    "entry": _entry,
    "feed": _feed,
    "sitemap": _sitemap,
    "opml": _opml,
}
