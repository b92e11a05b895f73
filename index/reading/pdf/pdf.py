"""PDF -> the article in it, by PDFium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw

from index.errors import ArticleError
from index.reading.extracted import Extracted
from index.reading.metadata.openings import opening_day
from index.reading.metadata.titles import without_site
from index.reading.pdf.beside import Frame, frames, without_beside
from index.reading.pdf.columns import in_order
from index.reading.pdf.furniture import running_day, without_furniture
from index.reading.pdf.lines import Line, read_lines
from index.reading.pdf.paragraphs import to_paragraphs
from index.text.language import detect_language
from index.told import tell

_JUNK_TITLE = re.compile(
    r"(?=\S*\d{4})[^\W\d_]{1,9}[_-][\d_-]+$|"  # what scanners call a file
    r"untitled|\(?anonymous\)?$|microsoft word|document\d*$|.*\.(?:docx?|indd|qxd|pdf|rtf|odt)$",
    re.IGNORECASE,
)
_SCAN = tell("This PDF holds no text: its pages are pictures. Run text recognition (OCR) on it.")
_MOST_PAGES = 3_000
_FEWEST_LETTERS = 100
"""On a page that is covered by a picture: fewer are a mark of the scanner."""


def read_pdf(data: bytes) -> Iterator[Extracted]:
    """The one article in a PDF; running heads, page numbers and watermarks are left out.

    Raises ``ArticleError`` for a PDF that is protected by a password, damaged, or holds no text (a scan).
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ArticleError(tell("This PDF is protected by a password. Save a copy without one.")) from None
        raise ArticleError(tell("This PDF is damaged. Open it and save it again, or save its text.")) from None
    if len(document) > _MOST_PAGES:
        raise ArticleError(tell("This PDF has more than {most_pages} pages. Split it.", most_pages=_MOST_PAGES))
    pages: list[list[Line]] = []
    drawn: list[tuple[list[Frame], float]] = []
    pictures = 0
    for number in range(len(document)):
        try:
            page = document[number]
            lines = read_lines(page)
            drawn.append((frames(page), page.get_height()))
        except pypdfium2.PdfiumError:
            continue
        pages.append(lines)
        pictures += _is_picture(page) and sum(len(line.text) for line in lines) < _FEWEST_LETTERS
    kept = without_furniture(pages)
    kept = [
        without_beside(page, framed, height, is_first=not number)
        for number, (page, (framed, height)) in enumerate(zip(kept, drawn, strict=True))
    ]
    columns = [column for page in kept for column in in_order(page)]
    paragraphs, headings, largest = to_paragraphs(columns)
    if not paragraphs or (pages and pictures == len(pages)):
        raise ArticleError(_SCAN)
    stated = _stated(document, "Title")
    yield Extracted(
        text="\n\n".join(paragraphs),
        title=without_site("" if _JUNK_TITLE.match(stated) else stated, largest),
        author=_stated(document, "Author") or None,
        published_at=opening_day(paragraphs) or running_day(pages, kept, detect_language("\n".join(paragraphs))),
        headings=tuple(headings),
    )


def _stated(document: Any, name: str) -> str:
    text = " ".join(document.get_metadata_value(name).split())
    return "" if re.fullmatch(r"\(?(?:anonymous|unspecified)\)?", text, re.IGNORECASE) else text


def _is_picture(page: Any) -> bool:
    """Whether one picture covers most of ``page``."""
    width, height = page.get_size()
    for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > 0.6 * width * height:
            return True
    return False
