"""E-books (.epub): an article a chapter (EPUB 3.3, Open Container Format and package document)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import unquote

import lxml.etree  # type: ignore[import-untyped]

from index.errors import ArticleError
from index.reading.encoding.decode import declared_encoding, decode
from index.reading.extracted import Extracted, Refused
from index.reading.formats.office.package import open_package, read_member, read_tree
from index.reading.markup.beside import bylines
from index.reading.markup.tree import parse_html
from index.reading.markup.words import tree_text
from index.reading.metadata.days import read_day
from index.reading.metadata.fields import web_address
from index.reading.metadata.openings import opening_day, with_day
from index.reading.metadata.stamps import day_told, stamps
from index.reading.metadata.titles import leading_heading
from index.told import tell

_DAMAGED = tell("This e-book is damaged, or locked by its shop (DRM). Only e-books without a lock can be read.")
_SHORTEST = 200
"""Characters of a chapter; less is a cover, a title page, a table of contents."""
_ISSUES = timedelta(days=400)
"""How long before the book its articles came out; a day before that is of a diary or a history."""
_ZONES = timedelta(days=1)
_TYPE = "{http://www.idpf.org/2007/ops}type"
_NCX = "application/x-dtbncx+xml"
_PERIODICAL = "calibre:publication_type"
_FETCHED = "calibre-downloaded-from"
_YEAR = re.compile(r"((?:1[6-9]|2[01])\d\d)(?:-\d\d)?")
"""A book that states no more than its year, or its month."""


def read_epub(data: bytes) -> Iterator[Extracted | Refused]:
    """An article for each chapter. Raises ``ArticleError`` if the book is damaged, locked or empty."""
    package = open_package(data, _DAMAGED)
    if "META-INF/encryption.xml" in package.namelist() and b"EncryptedData" in read_member(
        package, "META-INF/encryption.xml"
    ):
        raise ArticleError(_DAMAGED)
    try:
        container = read_tree(read_member(package, "META-INF/container.xml"))
        place = container.find(".//{*}rootfile").get("full-path")
        book = read_tree(read_member(package, place))
    except (KeyError, AttributeError, lxml.etree.LxmlError, ValueError):
        raise ArticleError(_DAMAGED) from None
    stated = {name: " ".join((book.findtext(f".//{{*}}{name}") or "").split()) for name in _STATED}
    chapters = list(_chapters(package, book, posixpath.dirname(place)))
    long = [one for one in chapters if len(one.text) >= _SHORTEST] or [one for one in chapters if one.text]
    if not long:
        raise ArticleError(tell("There is no text in this e-book."))
    names = [one.get("content", "") for one in book.iterfind(".//{*}meta") if one.get("name") == _PERIODICAL]
    for chapter in long:
        title = _title(chapter)
        yield Extracted(
            text=chapter.text,
            title=title or (stated["title"] if len(long) == 1 else ""),
            url=chapter.address,
            source=_outlet(names) or (stated["title"] if len(long) > 1 else stated["publisher"]) or None,
            author=stated["creator"] if stated["creator"] != stated["publisher"] else None,
            published_at=_day(chapter, stated["date"], stated["language"]),
            language=stated["language"] or None,
            headings=chapter.headings,
        )


_STATED = ("title", "creator", "publisher", "date", "language")


class _Chapter(NamedTuple):
    """``label`` is what the table of contents calls it, ``address`` is where calibre got it."""

    text: str
    headings: tuple[str, ...]
    label: str
    address: str | None
    bylines: list[str]


def _title(chapter: _Chapter) -> str:
    """A heading that the contents name, else the one that the chapter begins with, else what the contents say."""
    if chapter.label in chapter.headings:
        return chapter.label
    return leading_heading(chapter.text, chapter.headings) or chapter.label


def _outlet(names: Sequence[str]) -> str:
    """What calibre says that a newspaper is called: "periodical:newspaper:Bay Post"."""
    return next((name.split(":", 2)[2] for name in names if name.count(":") > 1), "")


def _day(chapter: _Chapter, stated: str, language: str | None) -> datetime | None:
    """The day that a chapter opens with, if it can have come out in this book; else the book's own."""
    text = chapter.text
    own = opening_day(text.split("\n\n")) or with_day(Extracted(text, language=language)).published_at
    own = own or day_told(stamp for line in chapter.bylines for stamp in stamps(line, language))[0]
    book = read_day(stated)
    year = _YEAR.fullmatch(stated)
    latest = book or (datetime(int(year[1]), 12, 31) if year else None)
    if own is None or latest is None:
        return own or book
    return own if -_ZONES <= latest.date() - own.date() <= _ISSUES else book


def _chapters(package: Any, book: Any, folder: str) -> Iterator[_Chapter]:
    """The text and the headings of each file, in the order of reading."""
    files = {item.get("id"): item for item in book.iterfind(".//{*}manifest/{*}item")}
    labels = _labels(package, files.values(), folder)
    for reference in book.iterfind(".//{*}spine/{*}itemref"):
        item = files.get(reference.get("idref"))
        if item is None or _is_nav(item):
            continue
        place = _place(folder, item.get("href"))
        try:
            data = read_member(package, place)
        except KeyError:
            continue
        root = parse_html(decode(data, [declared_encoding(data)]))
        if root is None:
            continue
        address = next(
            (web_address(one.get("href")) for one in root.iter("a") if one.get("rel") == _FETCHED), None
        )
        told = bylines(root)
        yield _Chapter(*tree_text(root, embedded=True), labels.get(place, ""), address, told)


def _labels(package: Any, items: Iterable[Any], folder: str) -> dict[str, str]:
    """What the table of contents (a page, or NCX as EPUB 2 has it) calls each file, and not a place in it."""
    found: dict[str, str] = {}
    for item in items:
        if not _is_nav(item) and item.get("media-type") != _NCX:
            continue
        place = _place(folder, item.get("href"))
        try:
            root = read_tree(read_member(package, place))
        except (KeyError, lxml.etree.LxmlError, ValueError):
            continue
        navs = [one for one in root.iterfind(".//{*}nav") if one.get(_TYPE) in (None, "toc")]  # no landmarks
        links = [(link.get("href"), "".join(link.itertext())) for nav in navs for link in nav.iterfind(".//{*}a")]
        points = root.iterfind(".//{*}navPoint")
        links += [
            (one.find("{*}content").get("src"), one.findtext(".//{*}text"))
            for one in points
            if one.find("{*}content") is not None
        ]
        for address, label in sorted(links, key=lambda link: "#" in (link[0] or "")):
            found.setdefault(_place(posixpath.dirname(place), address), " ".join((label or "").split()))
    return found


def _is_nav(item: Any) -> bool:
    return "nav" in (item.get("properties") or "").split()


def _place(folder: str, address: str | None) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote((address or "").partition("#")[0])))
