"""The body of an article as trafilatura gives it -> paragraphs."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = frozenset(("head", "p", "list", "item", "quote", "table", "row", "code", "div"))


def body_text(body: Any) -> tuple[str, tuple[str, ...]]:
    """The paragraphs of an article's body as trafilatura gives it, and which of them are headings."""
    paragraphs: list[str] = []
    headings: list[str] = []
    current: list[str] = []

    def end(tag: str = "") -> None:
        if paragraph := "".join(current).strip(" \n|"):
            paragraphs.append(paragraph)
            headings.extend([paragraph] if tag == "head" else [])
        current.clear()

    def walk(element: Any) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            end()
        current.append({"item": "- ", "cell": " | ", "lb": "\n"}.get(tag, ""))
        current.append(re.sub(r"\s+", " ", element.text or ""))
        for child in element:
            walk(child)
            current.append(re.sub(r"\s+", " ", child.tail or ""))
        if tag in _BLOCKS:
            end(tag)

    walk(body)
    end()
    return "\n\n".join(paragraphs), tuple(headings)
