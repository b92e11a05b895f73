"""Feeds: RSS, Atom and JSON Feed -> entries, each of which is accounted for."""

from __future__ import annotations

import html
import io
import json
import re
from typing import Any
from urllib.parse import urljoin

import feedparser

from index.errors import ArticleError
from index.reading.encoding.decode import declared_encoding, decode
from index.reading.feeds.entries import Entry, Feed, newest_first
from index.reading.feeds.xml import declares_entities
from index.reading.markup.words import plain_line
from index.reading.metadata.days import plausible_day
from index.reading.metadata.fields import web_address
from index.told import tell, to_text, words_of

_DAY_OF_DUBLIN_CORE = re.compile(r"(</?)dc:date(?=[\s>])")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")


def read_feed(body: bytes, url: str, charset: str | None = None) -> Feed:
    """The feed in ``body``, which stands at ``url``; links in it are made absolute, no entry is left out.

    Raises ``ArticleError`` if it declares XML entities (CWE-776) or can't be read at all. There are small feeds
    that take minutes: ``Parser.feed`` reads them within limits.
    """
    data = json_feed(body)
    return newest_first(_from_xml(body, url, charset) if data is None else _from_json(data, url))


def json_feed(body: bytes) -> dict[str, Any] | None:
    """The object that a JSON Feed is; None if ``body`` is none."""
    try:
        data = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and "//jsonfeed.org/version/" in str(data.get("version")) else None


def _from_xml(body: bytes, url: str, charset: str | None) -> Feed:
    if declares_entities(body):
        raise ArticleError(tell("The feed declares XML entities, which no feed needs and which can do harm."))
    text = decode(body, [charset, declared_encoding(body)])
    text = _DECLARATION.sub("", text, count=1)
    if "<dcterms:modified" in text:  # feedparser takes both for one, and keeps the last
        text = _DAY_OF_DUBLIN_CORE.sub(r"\1dcterms:issued", text)
    if "&lt;![CDATA[" in text:  # escaped itself, it would be taken for a comment
        text = text.replace("&lt;![CDATA[", "").replace("]]&gt;", "")
    # A stream: feedparser would take a string for the name of a file, or fetch it.
    try:
        parsed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        )
    except Exception as error:  # on feeds broken in rare ways it raises whatever went wrong inside
        raise ArticleError(
            tell("The feed can't be read: {error}. Check it with a feed validator.", error=words_of(error))
        ) from error
    if parsed.bozo and not parsed.entries and not parsed.feed:
        raise ArticleError(
            tell(
                "The feed can't be read: {error}. Check it with a feed validator.",
                error=str(parsed.bozo_exception),
            )
        )
    language = parsed.feed.get("language")
    entries = tuple(_xml_entry(entry, url, language) for entry in parsed.entries)
    return Feed(_line(parsed.feed.get("title")), language, entries)


def _xml_entry(entry: Any, base: str, language: str | None) -> Entry:
    # As a plain dict: feedparser's own look-up passes one date off as the other.
    days = [
        plausible_day(dict.get(entry, name), (language or "")[:2]) for name in ("published", "created", "updated")
    ]
    whole = max((part.get("value") or "" for part in entry.get("content", ())), key=len, default="")
    summary = entry.get("summary") or ""
    link = _own_link(entry, base)
    return Entry(
        url=link,
        title=_line(entry.get("title")),
        author=_line(entry.get("author")),
        published_at=next(filter(None, days), None),
        modified_at=days[-1],
        content=whole if len(whole) >= len(summary) else summary,
        id=_line(entry.get("id")),
        whole=bool(whole) or link is None,
    )


def _own_link(entry: Any, base: str) -> str | None:
    """The address of the entry's own page: its link, or an id that is one; no attachment, and nothing related."""
    links = [link for link in entry.get("links", ()) if link.get("href")]
    own = [link["href"] for link in links if link.get("rel", "alternate") == "alternate"]
    stated = dict.get(entry, "link")
    other = {link["href"] for link in links if link.get("rel", "alternate") != "alternate"}
    for address in (stated if stated not in other else None, *own, entry.get("id")):
        absolute = _absolute(base, address)
        if absolute and (address != entry.get("id") or web_address(address)):
            return absolute
    attached = next(
        (link["href"] for link in links if link.get("rel") == "enclosure" and not _is_played(link)), None
    )
    return _absolute(base, attached)


def _is_played(link: Any) -> bool:
    """Whether what is attached is a sound, a picture or a film: there is nothing to read."""
    return str(link.get("type") or "").partition("/")[0].lower() in ("audio", "image", "video")


def _from_json(data: dict[str, Any], base: str) -> Feed:
    items = data.get("items")
    if not isinstance(items, list):
        raise ArticleError(tell('The feed can\'t be read: its "items" are no list.'))
    language = _line(data.get("language"))
    return Feed(_line(data.get("title")), language, tuple(_json_entry(item, base, language) for item in items))


def _json_entry(item: object, base: str, language: str | None) -> Entry:
    if not isinstance(item, dict):
        return Entry(None, error=to_text(tell("It is no object, as an item of a feed has to be.")))
    authors = item.get("authors") or [item.get("author")]  # version 1.0 had one author
    first = authors[0] if isinstance(authors, list) else None
    content = item.get("content_html")
    if not isinstance(content, str):
        content = _as_html(item.get("content_text"))
    summary = item.get("summary") if isinstance(item.get("summary"), str) else ""
    identity = item.get("id")
    days = [plausible_day(item.get(name), (language or "")[:2]) for name in ("date_published", "date_modified")]
    link = item.get("url") if isinstance(item.get("url"), str) else web_address(identity)
    link = _absolute(base, link or web_address(item.get("external_url")))
    return Entry(
        url=link,
        title=_line(item.get("title")),
        author=_line(first.get("name")) if isinstance(first, dict) else None,
        published_at=next(filter(None, days), None),
        modified_at=days[-1],
        content=content or _as_html(summary),
        id=_line(str(identity)) if isinstance(identity, (str, int)) else None,
        whole=bool(content) or link is None,
    )


def _absolute(base: str, link: str | None) -> str | None:
    if not link or not link.strip():
        return None
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link  # whoever reads it says what is wrong with it


def _as_html(text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        return ""
    return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", text))


def _line(value: object) -> str | None:
    return plain_line(value) or None if isinstance(value, str) else None
