"""Markdown -> plain paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.reading.encoding.decode import decode
from index.reading.extracted import Extracted, Refused
from index.reading.formats.exports.joplin import split_joplin
from index.reading.formats.notes import as_markdown
from index.reading.markup.words import holds_markup, read_markup
from index.reading.metadata.fields import read_fields
from index.reading.metadata.frontmatter import split_front_matter
from index.reading.metadata.titles import leading_heading
from index.told import tell

_LONGEST_INLINE = 10_000
"""Characters of one paragraph whose emphasis and links are understood: that may take the square of it."""
_LONGEST_BLOCK = 200_000


def read_markdown(data: bytes) -> Iterator[Extracted | Refused]:
    """The one article in a Markdown file. Raises ``ArticleError`` if there is none."""
    source = decode(data)
    fields, body = split_front_matter(source)
    if joplin := split_joplin(source):
        fields, body, is_note = joplin
        if not is_note:
            yield Refused(tell("Files of this kind are not read."), left_out=True)
            return
    text, headings = markdown_text(as_markdown(body))
    plain = read_fields(fields, text, plain=True)
    yield replace(plain, title=plain.title or leading_heading(text, headings), headings=headings)


def markdown_text(source: str) -> tuple[str, tuple[str, ...]]:
    """The plain text of ``source`` (CommonMark with tables) and which of its paragraphs are headings.

    Links keep their words, emphasis its words, list items their mark, table rows their cells; images and code
    fences keep their text. Paragraphs are separated by blank lines.
    """
    parser = MarkdownIt("commonmark").enable("table").disable("inline")
    paragraphs: list[str] = []
    headings: list[str] = []
    marks: list[str] = []  # the mark of each open list: "-", or a number to count up from
    mark = ""
    cells: list[str] | None = None
    heading = False
    for token in parser.parse(source):
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
                text = _inline_text(parser, token.content).strip()
                if cells is not None:
                    cells.append(text)
                elif text:
                    paragraphs.append(mark + text)
                    headings += [text] if heading else []
                    mark = ""
            case "fence" | "code_block":
                paragraphs.append(token.content.strip("\n"))
            case "html_block":
                text, found = _html_text(token.content)
                paragraphs.append(text)
                headings += found
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph), tuple(headings)


def _inline_text(parser: MarkdownIt, content: str) -> str:
    if len(content) > _LONGEST_INLINE:
        return content
    tokens: list[Token] = []
    parser.inline.parse(content, parser, {}, tokens)
    parts: list[str] = []
    for child in tokens:
        if child.type in ("text", "text_special", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)


def _html_text(source: str) -> tuple[str, tuple[str, ...]]:
    if not source.strip() or source.lstrip().startswith(("<!--", "<?", "<!")):
        return "", ()
    if len(source) > _LONGEST_BLOCK and not holds_markup(source):
        return source, ()
    return read_markup(source)
