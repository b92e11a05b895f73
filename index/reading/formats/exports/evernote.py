"""Evernote's export (ENEX): a note of a notebook is an article, known by where it was clipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.errors import ArticleError
from index.reading.extracted import Extracted, Refused
from index.reading.formats.office.package import read_document
from index.reading.markup.words import read_markup
from index.reading.metadata.fields import web_address
from index.told import tell

_MOST = 20_000


def read_evernote(data: bytes) -> Iterator[Extracted | Refused]:
    """An article for each note. Raises ``ArticleError`` if there is none."""
    notes = read_document(data).findall("note")
    if not notes:
        raise ArticleError(tell("The list of articles in it is empty."))
    for note in notes[:_MOST]:
        yield _note(note)


def _note(note: Any) -> Extracted | Refused:
    """When it was made tells no day of publication, nor its author who wrote it: most are clipped by others."""
    text, headings = read_markup(note.findtext("content") or "", embedded=True)
    title = " ".join((note.findtext("title") or "").split())
    if not text.strip():
        return Refused(tell("{name} has no text.", name=f"“{title}”"))
    return Extracted(
        text=text,
        title=title,
        url=web_address(note.findtext("note-attributes/source-url")),
        headings=headings,
    )
