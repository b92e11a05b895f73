"""Shapes of files that are made to take memory or time, each in any size."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

_INTRO = "The council of Sallow met on Monday and spoke about the new bridge over the river for two hours. "


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of hostile file; ``make`` gives one of about so many bytes."""

    name: str
    suffix: str
    make: Callable[[int], bytes]


def shapes() -> list[Shape]:
    """All of them."""
    units = [(suffix, *one) for suffix, named in _UNITS.items() for one in named.items()]
    made = [Shape(name, suffix, _repeated(unit)) for suffix, name, unit in units]
    made += [Shape(name, ".html", _page(unit)) for name, unit in _IN_PAGES.items()]
    return [*made, *(Shape(name, suffix, make) for name, (suffix, make) in _MADE.items())]


_UNITS = {
    ".txt": {
        "one line": "word ",
        "no spaces": "a",
        "instructions opened": "<?",
        "angles": "<",
        "ampersands": "&",
        "entities": "&amp;lt;",
        "quotation marks": "\"'“",
        "credits": "Reuters / AP / ",
        "rights": "© Ann Lee ",
        "days": "12 May 2026, ",
        "numbers": "1,234.5 million ",
        "hyphenated": "bro-\nken ",
        "soft hyphens": "a\u00ad",
        "raised marks": "a\u0301\u0302\u0303",
        "Chinese": "市议会星期一开会。",
        "Arabic": "اجتمع المجلس يوم الاثنين. ",
        "blank lines": "\n\n",
        "short paragraphs": "Read more: x\n\n",
        "colons": "Title: a\n",
        "paths": "a/b/c.d/",
        "rules": "Bridge\n12 May 2026\na\nb\n=====\n",
    },
    ".md": {
        "brackets": "[",
        "links opened": "[a](b",
        "emphasis": "*a **b ",
        "code marks": "`a``b ",
        "quotes in quotes": ">",
        "lists in lists": "- ",
        "table rows": "| a | b |\n",
        "blocks of HTML": "<div>\n",
        "comments opened": "%% a ",
        "notes linked": "[[a|",
        "images": "![a](b.png) ",
    },
    ".eml": {"headers in mails": "Date: 12 May 2026\nTo: a@b\n", "quotes in mails": "> "},
    ".csv": {"rows": "a,b,text of a row\n", "cells": "a,", "cells opened": '"a,'},
}

_IN_PAGES = {
    "elements in elements": "<div>",
    "spans": "<span>a ",
    "paragraphs": f"<p>{_INTRO}</p>",
    "tables": "<table><tr><td>a",
    "rules of style": "<style>.a,.b{display:none}</style>",
    "links": '<a href="/a">Bakery on the quay closes</a> ',
    "comments never closed": "<!-- a ",
    "classes": '<p class="related share newsletter-">a</p>',
    "times": '<time class="published">12 May 2026</time>',
    "statements": '<script type="application/ld+json">{"@type": "NewsArticle"}</script>',
    "first headings": "<h1>Another story begins here</h1>",
    "next headings": "<h3>Read also</h3><p>a</p>",
    "raised": "<sup>1</sup>",
    "articles in articles": "<article><h2>a</h2>",
    "attributes": '<p style="color:red;color:red">',
}


def _repeated(unit: str) -> Callable[[int], bytes]:
    return lambda size: (_INTRO * 3 + "\n\n").encode() + unit.encode() * (size // len(unit.encode()))


def _page(unit: str) -> Callable[[int], bytes]:
    start = f"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{_INTRO * 3}</p>"
    return lambda size: start.encode() + unit.encode() * (size // len(unit.encode()))


def _feed(size: int) -> bytes:
    entry = "<item><title>Bridge</title><guid>{}</guid><description>a</description></item>"
    entries = "".join(entry.format(number) for number in range(size // len(entry)))
    return f'<rss version="2.0"><channel><title>Feed</title>{entries}</channel></rss>'.encode()


def _different(end: str) -> Callable[[int], bytes]:
    """Text in which nothing stands twice, so that all of it is kept."""
    return lambda size: "".join(f"The boat {number} came in.{end}" for number in range(size // 27)).encode()


def _long_title(size: int) -> bytes:
    title = "a b " * (size // 4)
    return f"<html><head><title>{title}</title></head><body><p>{_INTRO * 3}</p></body></html>".encode()


def _aliases(size: int) -> bytes:
    lines = ["a0: &a0 [x, x, x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, size // 24))]
    return ("---\n" + "\n".join(lines) + f"\n---\n\n{_INTRO * 3}").encode()


def _header(size: int) -> bytes:
    return ("---\n" + "key: value of it\n" * (size // 17) + f"---\n\n{_INTRO * 3}").encode()


def _records(size: int) -> bytes:
    one = {"title": "Bridge", "text": _INTRO * 3}
    return json.dumps([one] * (size // len(json.dumps(one)))).encode()


def _lines(size: int) -> bytes:
    return (json.dumps({"text": _INTRO * 2}) + "\n").encode() * (size // 220)


def _one_record(size: int) -> bytes:
    return json.dumps({"text": "\u0416" * (size // 6)}).encode()


def _nested(size: int) -> bytes:
    return b"[" * size


def _mail(size: int) -> bytes:
    part = f"--b\nContent-Type: text/plain\n\n{_INTRO}\n"
    head = "From: a@b.example\nSubject: Bridge\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    return (head + part * (size // len(part)) + "--b--\n").encode()


def _mailbox(size: int) -> bytes:
    one = f"From a@b.example Mon May 12 10:00:00 2026\nSubject: Bridge\n\n{_INTRO}\n\n"
    return one.encode() * (size // len(one))


def _bomb(size: int) -> bytes:
    """An archive of about ``size`` bytes that holds a thousand times as much."""
    return _archive({"bomb.txt": b"a" * (size * 1000)})


def _archives(size: int) -> bytes:
    inner = _archive({"bomb.txt": b"a" * (size * 100)})
    return _archive({f"{number}.zip": inner for number in range(9)})


def _many_files(size: int) -> bytes:
    return _archive({f"{number}.txt": _INTRO.encode() * 2 for number in range(size // 250)})


def _document(size: int) -> bytes:
    kinds = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return _archive({"[Content_Types].xml": kinds, "word/document.xml": b"<w:p>" * (size * 200)})


def _rich(size: int) -> bytes:
    return b"{\\rtf1" + b"{\\f1 a\\'e4" * (size // 11)


def _documents(size: int) -> bytes:
    return "".join(f"{n} of {size} DOCUMENTS\n\nBy: A\n\n{_INTRO}\n\n" for n in range(1, size // 140)).encode()


def _chat(size: int) -> bytes:
    one = {"type": "message", "date_unixtime": "1", "text": ["a", {"type": "bold", "text": _INTRO}]}
    return json.dumps({"messages": [one] * (size // len(json.dumps(one)))}).encode()


def _archive(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def _objects(size: int) -> bytes:
    one = "{} 0 obj\n<< /Type /Annot /Rect [0 0 1 1] >>\nendobj\n"
    objects = "".join(one.format(number) for number in range(3, size // len(one)))
    pages = "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    pages += "2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    return f"%PDF-1.4\n{pages}{objects}trailer\n<< /Root 1 0 R >>\n%%EOF".encode()


_MADE: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "different sentences": (".txt", _different(" ")),
    "different paragraphs": (".txt", _different("\n\n")),
    "entries of a feed": (".xml", _feed),
    "a title": (".html", _long_title),
    "YAML aliases": (".md", _aliases),
    "keys of a header": (".md", _header),
    "records": (".json", _records),
    "lines of records": (".jsonl", _lines),
    "one record": (".json", _one_record),
    "lists in lists of JSON": (".json", _nested),
    "parts of a mail": (".eml", _mail),
    "mails": (".mbox", _mailbox),
    "groups of Rich Text": (".rtf", _rich),
    "documents of a database": (".txt", _documents),
    "messages of a chat": (".json", _chat),
    "objects of a PDF": (".pdf", _objects),
    "a bomb": (".zip", _bomb),
    "archives in an archive": (".zip", _archives),
    "files of an archive": (".zip", _many_files),
    "a Word document": (".docx", _document),
}
