"""Word documents (.docx), through mammoth: inserted text counts, deleted text doesn't, headings are known."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

import lxml.etree  # type: ignore[import-untyped]
import mammoth

from index.errors import ArticleError
from index.reading.extracted import Extracted
from index.reading.formats.package import open_package, read_member
from index.reading.markup.words import read_markup
from index.reading.metadata.days import read_day
from index.reading.metadata.titles import document_title
from index.told import tell

_DAMAGED = tell("This Word document is damaged or locked. Open it, and save it again as .docx without a password.")
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read_word(data: bytes) -> Iterator[Extracted]:
    """The one article in a Word document. Raises ``ArticleError`` if it is damaged or empty."""
    package = open_package(data, _DAMAGED)
    try:
        markup = mammoth.convert_to_html(
            BytesIO(data), convert_image=mammoth.images.img_element(lambda _: {})
        ).value
    except (KeyError, ValueError, AttributeError, LookupError, zipfile.BadZipFile, OSError) as error:
        raise ArticleError(_DAMAGED) from error
    text, headings = read_markup(markup)
    properties = _properties(package)
    heading = headings[0] if headings and text.startswith(headings[0]) else ""
    yield Extracted(
        text=text,
        title=document_title(properties.get("title", ""), heading),
        author=properties.get("creator") or None,
        published_at=read_day(properties.get("date")),
        language=properties.get("language") or None,
        headings=headings,
    )


def _properties(package: zipfile.ZipFile) -> dict[str, str]:
    """Dublin Core fields of the document."""
    try:
        root = lxml.etree.fromstring(
            read_member(package, "docProps/core.xml"),
            lxml.etree.XMLParser(resolve_entities=False, no_network=True),
        )
    except (KeyError, ArticleError, lxml.etree.LxmlError, ValueError):
        return {}
    found = {str(one.tag): " ".join((one.text or "").split()) for one in root if isinstance(one.tag, str)}
    return {tag.removeprefix(_DUBLIN_CORE): text for tag, text in found.items() if text}
