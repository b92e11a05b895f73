"""XML in which others keep articles, whose bodies are HTML but for the names of some elements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import lxml.etree  # type: ignore[import-untyped]

from index.reading.markup.tree import line_of
from index.reading.markup.words import read_markup

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def line_at(root: Any, path: str) -> str:
    """What the element at ``path`` in ``root`` says, on one line; nothing if there is none."""
    found = root.find(path)
    return line_of(found) if found is not None else ""


def read_body(body: Any, html: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text of ``body`` and its headings. ``html``: what HTML calls elements that have another name in it."""
    for one in body.iter("*"):
        name = lxml.etree.QName(one).localname
        one.tag = html.get(name, name)
    return read_markup(lxml.etree.tostring(body, encoding="unicode", with_tail=False), embedded=True)
