"""Tables of a page: those that lay it out, as in mails and pages of old, and those of figures."""

from __future__ import annotations

from typing import Any

from index.reading.markup.tree import text_length

_PARTS = ("table", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote")
_FEWEST_PARAGRAPHS = 2


def undo_layout(story: Any) -> None:
    """Make plain parts of the tables in and around ``story`` whose cells hold what no row of figures does.

    Those of figures lose the paragraphs within their cells, so that a row stays one line.
    """
    tables = [*story.iterancestors("table"), *story.iter("table")]
    laid_out = {one for one in tables if _is_layout(one)}
    for table in tables:
        if table in laid_out:
            for element in (*_rows(table), *_cells(table), table):
                element.tag = "div"
        else:
            for paragraph in [one for cell in _cells(table) for one in cell.iter("p")]:
                paragraph.tag, paragraph.tail = "span", f" {paragraph.tail or ''}"


def _is_layout(table: Any) -> bool:
    """Whether a cell of ``table`` holds parts of a page, or most of the text stands in cells of paragraphs."""
    cells = _cells(table)
    if any(next(one.iter(*_PARTS), None) is not None for one in cells):
        return True
    told = [one for one in cells if sum(1 for _ in one.iter("p")) >= _FEWEST_PARAGRAPHS]
    return 2 * sum(map(text_length, told)) > sum(map(text_length, cells))


def _cells(table: Any) -> list[Any]:
    return [cell for row in _rows(table) for cell in row if cell.tag in ("td", "th")]


def _rows(table: Any) -> list[Any]:
    """The rows of ``table`` and their groups, none of tables inside of it."""
    groups = [one for one in table if one.tag in ("thead", "tbody", "tfoot", "tr")]
    return [*groups, *(row for group in groups if group.tag != "tr" for row in group if row.tag == "tr")]
