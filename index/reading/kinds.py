"""The kinds of files that hold articles, by the endings of their names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from urllib.parse import unquote

SINGLE = frozenset(
    (
        *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive", ".pdf"),
        *(".docx", ".odt", ".rtf", ".eml"),
    )
)
"""One article each, if nothing in them says that there are several."""
_TYPED = re.compile(r"\.(?:txt|text|md|markdown|docx|odt|rtf|pdf)(?:#\d+)?$", re.IGNORECASE)
SEVERAL = frozenset((".json", ".csv", ".tsv", ".epub", ".mbox", ".xml", ".enex", ".rss", ".atom", ".rdf"))
"""One article or more."""
INSIDE = SINGLE | SEVERAL
"""Those that are also read where they lie in an archive."""
LINES = frozenset((".jsonl", ".ndjson", ".jl"))
"""An article a line, read line by line."""
KINDS = INSIDE | {".zip"} | LINES
FEED_LISTS = frozenset((".opml",))
"""Lists of feeds, which are added when they are named themselves."""

_PAGES = (".html", ".htm", ".xhtml")
_FRAME = re.compile(
    rb"<(?:iframe|embed|object)\s(?:[^>]{0,2000}?\s)?(?:src|data)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))",
    re.IGNORECASE,
)
MAILBOX = ".mbox"
_MAILBOX_START = re.compile(rb"From [^\n]*\n[\x21-\x39\x3b-\x7e]+:")
_SEVERAL = {
    ".eml": re.compile(rb"message/rfc822|multipart/digest|^-{70}\s*$", re.IGNORECASE),  # mails that carry mails
    ".md": re.compile(rb"^type_: \d"),  # a note of Joplin's, or one of its folders, tags and pictures
    ".txt": re.compile(
        rb"^[ \t\f]*(?:HD[ \t]|do[ck]u\w{4,8} \w+|\d+ \w+ \d+ do[ck]u\w{4,8}|[ \w]{5,16} ?do[ck]u\w{4,8})"
        rb"|^[ \t\f]*([=*_~#-])(?:[ \t]*\1){4,}[ \t]*\r?$",
        re.IGNORECASE,
    ),  # documents that a database numbers or ends; a line between two texts
    ".rtf": re.compile(rb"\bHD\b|do[ck]u\w{4,8}", re.IGNORECASE),  # what databases export as a document
}
_BYTE_ORDER = b"\xff\xfe\xef\xbb\xbf"
_SEVERAL |= {".markdown": _SEVERAL[".md"], ".text": _SEVERAL[".txt"]}


def saved_with(path: PurePath) -> Iterator[PurePath]:
    """The pages that a browser may have saved the frame at ``path`` with.

    Beside "page.html" lies "page_files"; what follows the name of the page is in the language of the browser.
    """
    if path.suffix.lower() in _PAGES:
        folder = path.parent
        for mark in re.finditer(r"[_.-](?=\w+$)", folder.name):
            yield from (folder.with_name(folder.name[: mark.start()] + suffix) for suffix in _PAGES)


def has_frame(page: bytes, frame: PurePath) -> bool:
    """Whether a ``page`` shows ``frame``, a file in a folder beside it, within itself.

    What it links to are articles of their own, and what a set of frames shows is all that there is of one.
    """
    place = f"{frame.parent.name}/{frame.name}"
    shown = (html.unescape((one[1] or one[2] or one[3]).decode(errors="replace")) for one in _FRAME.finditer(page))
    return any(place in (one, unquote(one)) for one in (address.removeprefix("./") for address in shown))


def kind_of(name: str, start: bytes) -> str:
    """The ending of a file's name, or of what it is without one; the empty string for a kind that is not read.

    Programs keep mailboxes under names without an ending. ``start`` are the first bytes of the file.
    """
    suffix = PurePath(name).suffix.lower()
    if not suffix and _MAILBOX_START.match(start):
        return MAILBOX
    return suffix if suffix in KINDS else ""


def is_typed(name: str) -> bool:
    """Whether ``name`` is that of a text, or of an article in one, that states its day in its words alone."""
    return _TYPED.search(name) is not None


def may_hold_several(suffix: str, path: Path) -> bool:
    """Whether a file of a kind that holds one article may hold several, or none: such files have marks.

    Raises ``OSError`` if it can't be read.
    """
    mark = _SEVERAL.get(suffix)
    if mark is None:
        return False
    with path.open("rb") as file:  # UTF-16 is ASCII, too, without its zeros and its mark
        return any(mark.search(line.replace(b"\0", b"").lstrip(_BYTE_ORDER)) for line in file)
