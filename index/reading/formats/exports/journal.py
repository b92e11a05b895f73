"""The articles of journals in the XML that their publishers exchange and archive (JATS, before it NLM's)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from index.errors import ArticleError
from index.reading.extracted import Extracted
from index.reading.formats.office.package import read_document
from index.reading.markup.xml import LANGUAGE, line_at, read_body
from index.reading.metadata.days import read_day
from index.reading.metadata.fields import web_address
from index.told import tell

ROOT = "article"
_HREF = "{http://www.w3.org/1999/xlink}href"
_HTML = {
    "sec": "div",
    "title": "h2",
    "italic": "i",
    "bold": "b",
    "list": "ul",
    "list-item": "li",
    "disp-quote": "div",
}
_BESIDE = ("{*}fig", "{*}fig-group", "{*}media", "{*}graphic", "{*}supplementary-material", "{*}ref-list", "{*}fn")
_NOTES = ("bibr", "fn", "table-fn")


def is_journal(data: bytes) -> bool:
    """Whether a document whose root is an ``article`` has what that of a journal begins with."""
    return b"<article-meta" in data


def read_journal(data: bytes) -> Iterator[Extracted]:
    """The one article in it, without its references. Raises ``ArticleError`` if it has no text."""
    root = read_document(data)
    meta = root.find("{*}front/{*}article-meta")
    body = root.find("{*}body")
    if meta is None or body is None:
        raise ArticleError(
            tell("There is no text in it besides credits and captions: nothing to search or quote.")
        )
    title = line_at(meta, "{*}title-group/{*}article-title")
    days = [day for one in meta.iterfind("{*}pub-date") if (day := _day(one))]
    address = meta.find("{*}self-uri")
    text, headings = _words(body)
    yield Extracted(
        text=text,
        title=title,
        url=web_address(address.get(_HREF)) if address is not None else None,
        source=line_at(root, "{*}front/{*}journal-meta//{*}journal-title") or None,
        author=", ".join(filter(None, map(_name, meta.iterfind("{*}contrib-group/{*}contrib")))) or None,
        published_at=min(days, default=None),
        language=root.get(LANGUAGE),
        headings=headings,
    )


def _words(body: Any) -> tuple[str, tuple[str, ...]]:
    for one in list(body.iter(*_BESIDE)):
        one.clear(keep_tail=True)
    for one in list(body.iter("{*}xref")):
        if one.get("ref-type") in _NOTES:  # the number of a note
            one.clear(keep_tail=True)
    return read_body(body, _HTML)


def _day(stated: Any) -> datetime | None:
    parts = [line_at(stated, f"{{*}}{name}") for name in ("year", "month", "day")]
    return read_day("-".join(part.zfill(2) for part in parts)) if all(map(str.isdigit, parts)) else None


def _name(contributor: Any) -> str:
    parts = (line_at(contributor, f"{{*}}name/{{*}}{part}") for part in ("given-names", "surname"))
    return " ".join(filter(None, parts)) if contributor.get("contrib-type") in (None, "author") else ""
