"""Markdown -> plain paragraphs."""

from __future__ import annotations

import lxml.html  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token


def read_markdown(source: str) -> tuple[str, tuple[str, ...]]:
    """The plain text of ``source`` (CommonMark with tables) and which of its paragraphs are headings.

    Links keep their words, emphasis its words, list items their mark, table rows their cells; images and code
    fences keep their text. Paragraphs are separated by blank lines.
    """
    paragraphs: list[str] = []
    headings: list[str] = []
    marks: list[str] = []  # the mark of each open list: "-", or a number to count up from
    mark = ""
    cells: list[str] | None = None
    heading = False
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        match token.type:
            case "heading_open":
                heading = True
            case "heading_close":
                heading = False
            case "bullet_list_open":
                marks.append("-")
            case "ordered_list_open":
                marks.append(str(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                marks.pop()
            case "list_item_open":
                mark = "- " if marks[-1] == "-" else f"{token.info or marks[-1]}. "
            case "tr_open":
                cells = []
            case "tr_close":
                paragraphs.append(" | ".join(cells or []))
                cells = None
            case "inline":
                text = _inline_text(token).strip()
                if cells is not None:
                    cells.append(text)
                elif text:
                    paragraphs.append(mark + text)
                    headings += [text] if heading else []
                    mark = ""
            case "fence" | "code_block":
                paragraphs.append(token.content.strip("\n"))
            case "html_block":
                paragraphs.append(_html_text(token.content))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph), tuple(headings)


def _inline_text(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)


def _html_text(source: str) -> str:
    if not source.strip() or source.lstrip().startswith("<!--"):
        return ""
    return str(lxml.html.fragment_fromstring(source, create_parent="div").text_content()).strip()
