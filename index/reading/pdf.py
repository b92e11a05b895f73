"""PDF -> plain text."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from index.errors import ArticleError

_JUNK_TITLE = re.compile(
    r"untitled|microsoft word|document\d*$|.*\.(?:docx?|indd|qxd|pdf|rtf|odt)$", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"(?:page |seite |pagina |página |стор\. ?)?[-–— ]*\d{1,4}(?: ?(?:/|of|van|von|de) ?\d{1,4})?[-–— ]*",
    re.IGNORECASE,
)
_BROKEN = (PyPdfError, DependencyError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


def read_pdf(data: bytes) -> tuple[str, str, str | None]:
    """The text, title and author of a PDF; running heads and page numbers are left out.

    Raises ``ArticleError`` for a PDF that is protected by a password, damaged, or holds no text (a scan).
    """
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError("This PDF is protected by a password. Save a copy without one.")
        pages = [page.extract_text() for page in reader.pages]
        title, author = _property(reader, "title"), _property(reader, "author")
    except _BROKEN:  # pypdf lets errors of all these kinds out of a damaged file
        raise ArticleError("This PDF is damaged. Open it and save it again, or save its text.") from None
    text = "\n".join(_without_furniture(pages))
    if not any(map(str.isalnum, text)):
        raise ArticleError("This PDF holds no text: its pages are pictures. Run text recognition (OCR) on it.")
    return text, "" if _JUNK_TITLE.match(title) else title, author or None


def _property(reader: PdfReader, name: str) -> str:
    value = getattr(reader.metadata, name, None) if reader.metadata else None
    return value.strip() if isinstance(value, str) else ""


def _without_furniture(pages: list[str]) -> list[str]:
    """The pages without page numbers and without first and last lines that most pages share."""
    split = [[line for line in page.split("\n") if line.strip()] for page in pages]
    edges = Counter(_masked(line) for lines in split for line in {*lines[:1], *lines[-1:]})
    kept = []
    for lines in split:
        for edge in (0, -1):
            while lines and _is_furniture(lines[edge], edges, len(pages)):
                lines.pop(edge)
        kept.append("\n".join(lines))
    return kept


def _is_furniture(line: str, edges: Counter[str], pages: int) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.strip())) or (pages >= 3 and edges[_masked(line)] > pages / 2)


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())
