"""Office files, e-books and archives as their programs write them, reduced to what makes them one."""

from __future__ import annotations

import zipfile
from io import BytesIO

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(**files: str | bytes) -> bytes:
    """A zip file; "__" in a name stands for a slash, "_dot_" for a dot."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return packed.getvalue()


def docx(*paragraphs: str, part: str = "document") -> bytes:
    """A Word document, the last paragraph of which was deleted with changes tracked."""
    *kept, deleted = paragraphs
    runs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in kept)
    runs += f'<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>{deleted}</w:delText></w:r></w:del></w:p>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    target = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        **{
            "[Content_Types]_dot_xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/{part}.xml" ContentType="{kind}"/></Types>',
            "_rels__.rels": f'<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="r1" Type="{target}" Target="word/{part}.xml"/></Relationships>',
            f"word__{part}_dot_xml": f'<w:document xmlns:w="{_WORD}"><w:body>{runs}</w:body></w:document>',
        }
    )


def odt(heading: str, *paragraphs: str) -> bytes:
    """An OpenDocument text with a heading."""
    body = f"<text:h>{heading}</text:h>" + "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    return zipped(
        content_dot_xml=f'<office:document-content xmlns:office="{_OFFICE}:office:1.0" '
        f'xmlns:text="{_OFFICE}:text:1.0"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )


def epub(day: str = "", /, **chapters: str) -> bytes:
    """An e-book with chapters by their titles, which came out on ``day``."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    files = {
        f"OEBPS__{name}_dot_xhtml": f"<html><body><h1>{name}</h1><p>{text}</p></body></html>"
        for name, text in chapters.items()
    }
    return zipped(
        **{
            "META-INF__container_dot_xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS__book_dot_opf": '<package xmlns="http://www.idpf.org/2007/opf" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Reader</dc:title>'
            f"<dc:date>{day}</dc:date></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **files,
        }
    )
