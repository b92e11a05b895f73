"""Bytes -> Extracted: what a text, Markdown, HTML, PDF or JSON article says, before it is cleaned."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml
from charset_normalizer import from_bytes
from frontmatter import parse
from frontmatter.default_handlers import YAMLHandler

from index.errors import ArticleError
from index.reading.markdown import read_markdown
from index.text.dates import parse_date
from index.text.language import language_certainty


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as its file states it. ``headings`` are the paragraphs of ``text`` that the format marks so."""

    text: str
    title: str = ""
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    headings: tuple[str, ...] = ()


_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = ["cp1252", "cp1251", "cp1250", "koi8_r"]
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NO_ARTICLE = "No article was found in this page. Save the article's own page, or its text."
_NOT_TEXT = "This is not a text file. Save it as plain text (UTF-8), or give it the ending of its real format."


def extract(data: bytes, suffix: str) -> Extracted:
    """The article in ``data``, the content of a file whose name ends in ``suffix`` (one of ``SUFFIXES``).

    Raises ``ArticleError`` with what is wrong and what to do.
    """
    return _READERS[suffix](data)


def decode(data: bytes) -> str:
    """The text in ``data``: by its byte order mark, else UTF-8, else the encoding that fits it best.

    Raises ``ArticleError`` if it is no text.
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if encoding is None and b"\0" in data:
        raise ArticleError(_NOT_TEXT)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        # Most newsrooms' files are Western or Cyrillic, so those are tried before everything else.
        matches = list(from_bytes(data, cp_isolation=_LIKELY) or from_bytes(data))
        if not matches:
            raise ArticleError(_NOT_TEXT) from None
        text = max(map(str, matches), key=_likelihood)
    sample = text[:10_000]
    if len(_CONTROL.findall(sample)) > len(sample) / 200:
        raise ArticleError(_NOT_TEXT)
    return text


def _likelihood(text: str) -> tuple[bool, float]:
    """How likely ``text`` was read in the right encoding: no word mixes alphabets, and it is in some language."""
    mixes = re.search(r"[a-z][а-яё]|[а-яё][a-z]", text[:10_000], re.IGNORECASE)
    return mixes is None, language_certainty(text)


class _WithoutDates(yaml.SafeLoader):
    """Leaves dates as they are written: YAML's own way breaks on one that doesn't exist, such as 2024-02-30."""


def _as_written(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    return loader.construct_scalar(node)


_WithoutDates.add_constructor("tag:yaml.org,2002:timestamp", _as_written)


class _FrontMatter(YAMLHandler):
    def load(self, fm: str, **_: object) -> Any:
        return yaml.load(fm, Loader=_WithoutDates)


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The front matter of ``text`` (YAML between lines of ``---``) and the rest. Raises ``ArticleError``."""
    handler = _FrontMatter()
    if not handler.detect(text):
        return {}, text
    try:
        fields, body = parse(text, handler=handler)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise ArticleError(
            f"Its front matter is not valid YAML near line {line}; put a value with a colon in quotes."
        ) from None
    return (fields, body) if fields else ({}, text)


def read_record(record: Mapping[str, object], body: str | None = None) -> Extracted:
    """The article in a JSON object, or in front matter with ``body``.

    Keys: title, url, source, author, date, language, text. Raises ``ArticleError`` if there is no text.
    """
    text = record.get("text") if body is None else body
    if not isinstance(text, str) or not text.strip():
        raise ArticleError('It has no text. Give each article a "text" with its words.')
    return Extracted(
        text=text,
        title=_string(record.get("title")) or "",
        url=web_address(record.get("url")),
        source=_string(record.get("source")),
        author=_string(record.get("author")),
        published_at=parse_date(record.get("date")),
        language=_string(record.get("language") or record.get("lang")),
    )


def web_address(value: object) -> str | None:
    """``value`` if it is an http or https URL; anything else is not a link to give to a reader."""
    address = _string(value)
    return address if address and _ADDRESS.fullmatch(address) else None


_ADDRESS = re.compile(r"https?://[^\s/\x00-\x1f\x7f-\x9f]+[^\s\x00-\x1f\x7f-\x9f]*", re.IGNORECASE)
"""Control characters are no part of an address, and a terminal would obey them."""


def read_html(data: bytes, url: str | None = None, encoding: str | None = None) -> Extracted:
    """The article in a web page; ``url`` is where it was found, ``encoding`` what the server said it is in.

    The page's canonical URL wins over ``url``. Raises ``ArticleError`` if the page holds no article.
    """
    import lxml.html  # type: ignore[import-untyped]
    import trafilatura

    page = _decode_html(data, encoding)
    tree = trafilatura.load_html(page)
    document = None
    if tree is not None:
        document = trafilatura.bare_extraction(
            tree,
            url=url,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    if document is None or isinstance(document, dict):
        raise ArticleError(_NO_ARTICLE)
    text, headings = _body_text(document.body)
    if not text:
        raise ArticleError(_NO_ARTICLE)
    root = lxml.html.fromstring(page.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    stated = root.xpath("string(//meta[@property='article:published_time']/@content)")
    return Extracted(
        text=text,
        title=document.title or "",
        url=web_address(document.url) or url,
        source=document.sitename or document.hostname,
        author=document.author,
        published_at=parse_date(stated) or parse_date(document.date),
        language=root.xpath("string(/html/@lang)") or None,
        headings=headings,
    )


def _decode_html(data: bytes, encoding: str | None) -> str:
    declared = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    names = ["utf-8", encoding, declared[1].decode("ascii", "replace") if declared else None]
    if not data.startswith(tuple(bom for bom, _ in _BOMS)):
        for name in filter(None, names):
            try:
                return data.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return decode(data)


_BLOCKS = frozenset(("head", "p", "list", "item", "quote", "table", "row", "code", "div"))


def _body_text(body: object) -> tuple[str, tuple[str, ...]]:
    """The paragraphs of an article's body as trafilatura gives it, and which of them are headings."""
    paragraphs: list[str] = []
    headings: list[str] = []
    current: list[str] = []

    def end(tag: str = "") -> None:
        if paragraph := "".join(current).strip(" \n|"):
            paragraphs.append(paragraph)
            headings.extend([paragraph] if tag == "head" else [])
        current.clear()

    def walk(element: object) -> None:
        tag = str(element.tag)  # type: ignore[attr-defined]
        if tag in _BLOCKS:
            end()
        current.append({"item": "- ", "cell": " | ", "lb": "\n"}.get(tag, ""))
        current.append(re.sub(r"\s+", " ", element.text or ""))  # type: ignore[attr-defined]
        for child in element:  # type: ignore[attr-defined]
            walk(child)
            current.append(re.sub(r"\s+", " ", child.tail or ""))
        if tag in _BLOCKS:
            end(tag)

    walk(body)
    end()
    return "\n\n".join(paragraphs), tuple(headings)


def _read_text(data: bytes) -> Extracted:
    fields, body = split_front_matter(decode(data))
    return read_record(fields, body)


def _read_markdown(data: bytes) -> Extracted:
    fields, body = split_front_matter(decode(data))
    text, headings = read_markdown(body)
    plain = read_record(fields, text)
    return Extracted(
        text=plain.text,
        title=plain.title or (headings[0] if headings and text.startswith(headings[0]) else ""),
        url=plain.url,
        source=plain.source,
        author=plain.author,
        published_at=plain.published_at,
        language=plain.language,
        headings=headings,
    )


def _read_pdf(data: bytes) -> Extracted:
    from index.reading.pdf import read_pdf

    text, title, author = read_pdf(data)
    return Extracted(text=text, title=title, author=author)


def _string(value: object) -> str | None:
    """``value`` as a line of text; numbers and lists of names (authors) are written out."""
    if isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    if value is None or isinstance(value, (dict, bool)):
        return None
    return " ".join(str(value).split()) or None


_READERS: dict[str, Callable[[bytes], Extracted]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": _read_pdf,
}

SUFFIXES = frozenset(_READERS)
"""The endings of files that hold one article each."""
