"""What an XML document is, by its root, without parsing it."""

from __future__ import annotations

import re

# A declaration, a comment, a document type with its own declarations or without; or white space.
_PROLOG = re.compile(r"<\?.*?\?>|<!--.*?-->|<!(?!--)[^\[>]*\[.*?\]\s*>|<!(?!--)[^\[>]*>|\s+", re.DOTALL)
_TAG = re.compile(r"<([\w.-]{1,40}:)?([\w.-]{1,40})")


def root_of(body: bytes) -> str | None:
    """The name of an XML document's root element in lower case, without its prefix."""
    wide = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = body[:65536].decode("utf-16" if wide else "latin-1", "ignore").removeprefix("\xef\xbb\xbf")
    start = 0
    while prolog := _PROLOG.match(text, start):
        start = prolog.end()
    name = _TAG.match(text, start)
    return name[2].lower() if name else None


def declares_entities(body: bytes) -> bool:
    """Whether there are entities, a few of which can fill any memory (CWE-776).

    Without the zero bytes, a declaration in UTF-16 looks like any other.
    """
    return re.search(rb"<!ENTITY", body.replace(b"\0", b""), re.IGNORECASE) is not None
