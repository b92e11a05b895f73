"""Tables of a page: those that lay it out, as in mails and pages of old, and those of figures."""

from __future__ import annotations

from typing import Any

_PARTS = ("table", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote")
_FEWEST_PARAGRAPHS = 2


def undo_layout(story: Any) -> bool:
    """Make plain parts of the tables in and around ``story`` whose cells hold what no row of figures does.

    Those of figures lose the paragraphs within their cells, so that a row stays one line. Gives whether ``story``,
    a part of a table, was made of some.
    """
    is_part = story.tag in ("table", "td")
    inside = list(story.iter("table"))
    tables = [*story.iterancestors("table"), *inside]
    laid_out = {one for one in tables if any(map(_holds_parts, _cells(one)))}
    for table in tables:
        if table in laid_out:
            for element in (*_rows(table), *_cells(table), table):
                element.tag = "div"
        else:
            for paragraph in [one for cell in _cells(table) for one in cell.iter("p")]:
                paragraph.tag = "span"
    return is_part and not laid_out.isdisjoint(inside)


def _holds_parts(cell: Any) -> bool:
    paragraphs = sum(1 for _ in cell.iter("p"))
    return next(cell.iter(*_PARTS), None) is not None or paragraphs >= _FEWEST_PARAGRAPHS


def _cells(table: Any) -> list[Any]:
    return [cell for row in _rows(table) for cell in row if cell.tag in ("td", "th")]


def _rows(table: Any) -> list[Any]:
    """The rows of ``table`` and their groups, none of tables inside of it."""
    groups = [one for one in table if one.tag in ("thead", "tbody", "tfoot", "tr")]
    return [*groups, *(row for group in groups if group.tag != "tr" for row in group if row.tag == "tr")]
