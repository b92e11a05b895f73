"""HTML as a tree."""

from __future__ import annotations

import re
from typing import Any

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

_WIDE = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
"""Letters of scripts without spaces between words, and of Hangul."""


def parse_html(markup: str | bytes) -> lxml.html.HtmlElement | None:
    """The tree of a page or a piece of one, without comments; None if there is nothing in it."""
    data = markup.encode("utf-8", "replace") if isinstance(markup, str) else markup
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None


def drop(element: Any) -> None:
    """Take ``element`` out of its tree; what follows it stays."""
    parent = element.getparent()
    if parent is not None:
        tail, element.tail = element.tail, None
        before = element.getprevious()
        if tail and before is not None:
            before.tail = (before.tail or "") + tail
        elif tail:
            parent.text = (parent.text or "") + tail
        parent.remove(element)


def weight(text: str) -> int:
    """How much ``text`` says, in letters; one of a script that has no spaces between words counts as three."""
    return len(text) + 2 * wide_letters(text)


def wide_letters(text: str) -> int:
    """How many letters of ``text`` stand for as much as a word does, or most of one."""
    return 0 if text.isascii() else len(_WIDE.findall(text))


def text_length(element: Any) -> int:
    """How much ``element`` says, white space apart; see ``weight``."""
    return sum(weight(text.strip()) for text in element.itertext())


def line_of(element: Any) -> str:
    """What ``element`` says, on one line."""
    return " ".join("".join(element.itertext()).split())


def is_links(element: Any) -> bool:
    """Whether most of what ``element`` says is links."""
    return 2 * sum(map(text_length, element.iter("a"))) > text_length(element)


def attached(element: Any, holder: Any) -> bool:
    """Whether ``element`` is (still) in ``holder``."""
    return element is holder or any(parent is holder for parent in element.iterancestors())
