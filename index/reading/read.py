"""Bytes -> the articles in them, by the kind that the name of a file tells. One small module a format.

It loads them all, so only the child process imports it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from index.errors import ArticleError
from index.reading.extracted import Extracted, Refused
from index.reading.feeds.saved import read_saved_feed
from index.reading.feeds.xml import root_of
from index.reading.formats.archive import read_archive
from index.reading.formats.exports.evernote import read_evernote
from index.reading.formats.exports.journal import ROOT as JOURNAL
from index.reading.formats.exports.journal import is_journal, read_journal
from index.reading.formats.exports.newswire import ROOTS as NEWSWIRE
from index.reading.formats.exports.newswire import read_newswire
from index.reading.formats.exports.webarchive import read_mhtml, read_safari_archive
from index.reading.formats.exports.wordpress import is_wordpress, read_wordpress
from index.reading.formats.mail.mail import read_mail, read_mailbox
from index.reading.formats.markdown import read_markdown
from index.reading.formats.office.epub import read_epub
from index.reading.formats.office.opendocument import read_opendocument
from index.reading.formats.office.rtf import read_rtf
from index.reading.formats.office.word import read_word
from index.reading.formats.records import read_json
from index.reading.formats.table import read_table
from index.reading.formats.text import read_text
from index.reading.kinds import INSIDE, SINGLE, kind_of
from index.reading.pages.saved import read_saved_page
from index.reading.pdf.pdf import read_pdf
from index.told import tell

Part = tuple[str, Extracted | Refused]


def _read_xml(data: bytes) -> Iterator[Extracted | Refused]:
    root = root_of(data)
    if root == "en-export":
        return read_evernote(data)
    if root in NEWSWIRE:
        return read_newswire(data)
    if root == JOURNAL and is_journal(data):
        return read_journal(data)
    return read_wordpress(data) if is_wordpress(data) else read_saved_feed(data)


_READERS: dict[str, Callable[[bytes], Iterator[Extracted | Refused]]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_saved_page,
    ".htm": read_saved_page,
    ".xhtml": read_saved_page,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".webarchive": read_safari_archive,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".odt": read_opendocument,
    ".rtf": read_rtf,
    ".epub": read_epub,
    ".eml": read_mail,
    ".mbox": read_mailbox,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
    ".xml": _read_xml,
    ".enex": _read_xml,
    ".rss": _read_xml,
    ".atom": _read_xml,
    ".rdf": _read_xml,
}


def read(data: bytes, name: str) -> Iterator[Part]:
    """The articles in ``data``, the content of the file ``name``, each with what tells it apart.

    That is the empty string in a file that holds one article, "#2" for the second of several, and "/" with the
    path in an archive. Raises ``ArticleError`` if the file as a whole can't be read.
    """
    suffix = kind_of(name, data)
    if suffix == ".zip":
        for path, one in read_archive(data, read, INSIDE):
            yield f"/{path}", one
        return
    reader = _READERS.get(suffix)
    if reader is None:
        raise ArticleError(tell("Files of this kind are not read."))
    found = list(reader(data))
    several = len(found) > 1 or (suffix not in SINGLE and data.lstrip()[:1] == b"[")
    for number, one in enumerate(found, start=1):
        yield (f"#{number}" if several else ""), one
