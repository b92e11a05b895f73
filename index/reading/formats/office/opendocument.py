"""OpenDocument texts (.odt): the paragraphs of content.xml (OASIS OpenDocument 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.etree  # type: ignore[import-untyped]

from index.errors import ArticleError
from index.reading.extracted import Extracted
from index.reading.formats.office.package import open_package, read_member, read_tree
from index.reading.metadata.days import read_day
from index.reading.metadata.titles import document_title, leading_heading
from index.told import tell

_DAMAGED = tell(
    "This OpenDocument text is damaged or locked. Open it, and save it again as .odt without a password."
)
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_LEFT_OUT = {
    f"{_TEXT}tracked-changes",
    f"{_TEXT}note",  # read below its paragraph
    f"{_OFFICE}annotation",
    f"{_TEXT}table-of-content",
    f"{_TEXT}sequence-decls",
}


def read_opendocument(data: bytes) -> Iterator[Extracted]:
    """The one article in an OpenDocument text. Raises ``ArticleError`` if it is damaged or locked."""
    package = open_package(data, _DAMAGED)
    try:
        content = read_tree(read_member(package, "content.xml"))
    except (KeyError, lxml.etree.LxmlError, ValueError):
        raise ArticleError(_DAMAGED) from None
    body = content.find(f".//{_OFFICE}text")
    if body is None:
        raise ArticleError(
            tell("It is no text: a table or a presentation, perhaps. Save its text as .odt or .txt.")
        )
    paragraphs: list[str] = []
    headings: list[str] = []
    _collect(body, paragraphs, headings)
    stated = _stated(package)
    text = "\n\n".join(paragraphs)
    yield Extracted(
        text=text,
        title=document_title(stated.get("title", ""), leading_heading(text, headings)),
        author=stated.get("initial-creator") or stated.get("creator"),
        published_at=read_day(stated.get("published")),
        language=stated.get("language"),
        headings=tuple(headings),
    )


def _collect(element: Any, paragraphs: list[str], headings: list[str]) -> None:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _LEFT_OUT:
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            text = _words(child).strip()
            if text:
                paragraphs.append(text)
                headings.extend([text] if child.tag == f"{_TEXT}h" else [])
            for note in child.iter(f"{_TEXT}note-body"):
                _collect(note, paragraphs, headings)
        else:
            _collect(child, paragraphs, headings)


def _words(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            mark = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}.get(child.tag)
            parts.append(mark if mark is not None else _words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _stated(package: Any) -> dict[str, str]:
    """What the document says of itself: Dublin Core, and who began it."""
    try:
        root = read_tree(read_member(package, "meta.xml"))
    except (KeyError, ArticleError, lxml.etree.LxmlError, ValueError):
        return {}
    found: dict[str, str] = {}
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith((_DUBLIN_CORE, _META)):
            found.setdefault(element.tag.partition("}")[2], " ".join((element.text or "").split()))
    return {name: text for name, text in found.items() if text}
