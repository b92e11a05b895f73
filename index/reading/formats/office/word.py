"""Word documents (.docx), through mammoth: inserted text counts, deleted text doesn't, headings are known."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

import lxml.etree  # type: ignore[import-untyped]
import mammoth

from index.errors import ArticleError
from index.reading.extracted import Extracted
from index.reading.formats.office.package import open_package, read_member, read_tree
from index.reading.markup.words import read_markup
from index.reading.metadata.days import read_day
from index.reading.metadata.titles import document_title, leading_heading
from index.told import tell

_DAMAGED = tell("This Word document is damaged or locked. Open it, and save it again as .docx without a password.")
_DOCUMENT = "word/document.xml"
_MAIN = "/relationships/officeDocument"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = "p[style-name='Title'] => h1:fresh"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read_word(data: bytes) -> Iterator[Extracted]:
    """The one article in a Word document. Raises ``ArticleError`` if it is damaged or empty."""
    package = open_package(data, _DAMAGED)
    try:
        shown = BytesIO(_shown(package, data))
        markup = mammoth.convert_to_html(
            shown, style_map=_STYLES, convert_image=mammoth.images.img_element(lambda _: {})
        ).value
    except (
        *(KeyError, ValueError, AttributeError, LookupError, OSError),
        *(zipfile.BadZipFile, lxml.etree.LxmlError),
    ) as error:
        raise ArticleError(_DAMAGED) from error
    text, headings = read_markup(markup)
    properties = _properties(package)
    yield Extracted(
        text=text,
        title=document_title(properties.get("title", ""), leading_heading(text, headings)),
        author=properties.get("creator") or None,
        published_at=read_day(properties.get("date")),
        language=properties.get("language") or None,
        headings=headings,
    )


def _shown(package: zipfile.ZipFile, data: bytes) -> bytes:
    """The document ``data`` without what Word hides (ECMA-376, 17.3.2.41), which mammoth does not know."""
    part = _main_part(package)
    if b"vanish" not in (document := read_member(package, part)):
        return data
    root = read_tree(document)
    for mark in root.findall(f".//{_WORD}r/{_WORD}rPr/{_WORD}vanish"):
        if mark.get(f"{_WORD}val") not in ("0", "false", "off"):
            run = mark.getparent().getparent()
            run.getparent().remove(run)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as shown:
        for name in package.namelist():
            shown.writestr(name, lxml.etree.tostring(root) if name == part else read_member(package, name))
    return packed.getvalue()


def _main_part(package: zipfile.ZipFile) -> str:
    """The name of the part that is the document: Word does not always call it the same."""
    try:
        root = read_tree(read_member(package, "_rels/.rels"))
    except KeyError:
        return _DOCUMENT
    targets = [one.get("Target", "").lstrip("/") for one in root if (one.get("Type") or "").endswith(_MAIN)]
    return next((one for one in targets if one in package.namelist()), _DOCUMENT)


def _properties(package: zipfile.ZipFile) -> dict[str, str]:
    """Dublin Core fields of the document."""
    try:
        root = read_tree(read_member(package, "docProps/core.xml"))
    except (KeyError, ArticleError, lxml.etree.LxmlError, ValueError):
        return {}
    found = {str(one.tag): " ".join((one.text or "").split()) for one in root if isinstance(one.tag, str)}
    return {tag.removeprefix(_DUBLIN_CORE): text for tag, text in found.items() if text}
