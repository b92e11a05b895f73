"""HTML as people put it into everything -> plain paragraphs."""

from __future__ import annotations

import html
import re
from typing import Any

import lxml.etree  # type: ignore[import-untyped]

from index.reading.markup.beside import remove_beside
from index.reading.markup.hidden import remove_hidden
from index.reading.markup.tree import parse_html

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr li main nav ol p pre section table tbody td tfoot th thead title tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NOT_TEXT = frozenset(
    "audio button canvas datalist embed figcaption head iframe input map meter nav noscript object option "
    "progress script select style svg template textarea video".split()
)
_TAG = re.compile(
    r"</(?:p|div|h[1-6]|ul|ol|li|em|strong|b|i|a|span|blockquote|figure|table|script|style|article|section|sup|sub)>"
    r"|<(?:br|p|hr|img)\b[^<>]{0,500}/?>",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"(?:<[a-z]|&(?:amp;)*lt;[a-z]).*(?:>|&(?:amp;)*gt;)", re.IGNORECASE | re.DOTALL)
_MOST_ESCAPES = 4
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_SUPERSCRIPT = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_RAISED = re.compile(r"[-+−]?[\dn]{1,3}")
_UNIT = re.compile(r"(?:^|[\s\d/·(])(?:[kcdmµn]?m|ft|in|yd|mi|km|s|x|y|[ei])$", re.IGNORECASE)
_MARK = re.compile(r"\[?\s*(?:\d{1,3}|[a-z*†‡§¶]|[*†‡§]+)\s*\]?(?:\s*,\s*\d{1,3})*")


def holds_markup(text: str) -> bool:
    """Whether ``text`` is HTML: it has tags of text in it."""
    return _TAG.search(text) is not None


def plain_line(text: str) -> str:
    """``text`` on one line, without the tags and entities that exporters leave in titles."""
    if holds_markup(text):
        root = parse_html(text)
        text = root.text_content() if root is not None else ""
    for _ in range(2):  # feeds like to escape twice
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return " ".join(text.split())


def read_markup(markup: str, *, embedded: bool = False) -> tuple[str, tuple[str, ...]]:
    """The paragraphs of a piece of HTML, parted by blank lines, and which of them are headings.

    ``embedded``: it is what a site or an exporter gives as the text of an article, with its boxes and forms.
    """
    root = parse_html(markup)
    return tree_text(root, embedded=embedded) if root is not None else ("", ())


def tree_text(root: Any, *, embedded: bool = False) -> tuple[str, tuple[str, ...]]:
    """What ``read_markup`` reads, of markup that is parsed already."""
    remove_hidden(root)
    for head in list(root.iter("head")):
        head.drop_tree()  # the title of a page is no part of its words
    if embedded:
        remove_beside(root)
    write_scripts(root)
    return block_text(root)


def as_words(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` in plain paragraphs, whether it is HTML, HTML escaped once too often, or none; and its headings."""
    for _ in range(_MOST_ESCAPES):
        if holds_markup(text):
            return read_markup(text, embedded=True)
        if not _ENTITY.search(text):
            break
        unescaped = html.unescape(text)
        if not _ELEMENT.fullmatch(unescaped.strip()):
            return unescaped, ()
        text = unescaped
    return text, ()


def block_text(root: Any) -> tuple[str, tuple[str, ...]]:
    """The paragraphs of a tree of HTML and which are headings; list items keep a mark, rows their cells."""
    paragraphs: list[str] = []
    headings: list[str] = []
    current: list[str] = []

    def end(tag: str = "") -> None:
        text = re.sub(r"[^\S\n]+", " ", "".join(current)).strip(" \n|")
        if text.strip("- "):
            paragraphs.append(text)
            headings.extend([text] if tag in _HEADINGS else [])
        current.clear()

    for event, element in lxml.etree.iterwalk(root, events=("start", "end"), tag="*"):
        tag = element.tag
        if event == "start":
            if tag in _BLOCKS and tag not in ("td", "th") and not _only_mark(current):
                end()
            current.append({"li": "- ", "br": "\n", "td": " | ", "th": " | "}.get(tag, ""))
            if tag not in _NOT_TEXT:
                current.append(_folded(element.text, tag))
        else:
            if tag in _BLOCKS and tag not in ("td", "th"):
                end(tag)
            if element is not root and not _is_left_out(element.getparent()):
                current.append(_folded(element.tail, ""))
    end()
    return "\n\n".join(paragraphs), tuple(headings)


def write_scripts(root: Any) -> None:
    """Write raised and lowered characters as Unicode has them (km², CO₂), and leave out the marks of footnotes."""
    for element in list(root.iter("sup", "sub")):
        text = "".join(element.itertext()).strip()
        if element.tag == "sub":
            _become(element, text.translate(_SUBSCRIPT))
            continue
        before = _text_before(element)
        linked = element.find(".//a") is not None or re.search(r"foot|note|ref|cite", element.get("class") or "")
        power = before[-1:].isdigit() or before.endswith(("^", "²")) or _UNIT.search(before[-8:])
        if _RAISED.fullmatch(text) and power and not linked:
            _become(element, text.translate(_SUPERSCRIPT))
        elif linked or _MARK.fullmatch(text):
            _become(element, "")
        else:
            _become(element, text)


def _become(element: Any, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text
    element.tag = "span"


def _text_before(element: Any) -> str:
    before = element.getprevious()
    if before is not None:
        return (before.tail or "") or "".join(before.itertext())[-20:]
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def _only_mark(current: list[str]) -> bool:
    """Whether nothing but the mark of a list item was written: its first paragraph stands beside it."""
    return "".join(current).strip(" \n") == "-"


def _is_left_out(element: Any) -> bool:
    return element is not None and element.tag in _NOT_TEXT


def _folded(text: str | None, tag: str) -> str:
    if not text:
        return ""
    return text if tag == "pre" else re.sub(r"\s+", " ", text)
