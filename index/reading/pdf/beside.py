"""What stands on one page and is no part of the text: its masthead, framed advertisements, the printer's line."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from index.reading.cleaning.boilerplate import is_boilerplate
from index.reading.markup.tree import weight
from index.reading.pdf.lines import Line

_ENDED = re.compile(r"[.!?…:。！？][\"”“»’')\]」』]*$")
_TITLE, _HEADING, _SMALL = 1.3, 1.12, 0.9
"""Times the size of most letters: a title at the least, a heading, what is smaller at the most."""
_LONGEST_MASTHEAD, _LONGEST_FRAMED, _LONGEST_LABELLED = 300, 150, 600
_FEWEST_ABOVE = 300
"""Letters of the page above an advertisement: a frame that begins a page may hold its title."""
_APART = 3
_MARGIN = 0.07
_MOST_FRAMES = 2_000
_NEAR = 3.0
_FRAME_SEGMENTS = 8
"""A frame that is drawn as what lies between two rectangles; the ground of a box is one."""


class Frame(NamedTuple):
    """A rectangle of lines, in points from the lower left."""

    left: float
    bottom: float
    right: float
    top: float


def frames(page: Any) -> list[Frame]:
    """The frames that are drawn on ``page``."""
    paths = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2)
    return [Frame(*path.get_bounds()) for path in islice(paths, _MOST_FRAMES) if _is_frame(path)]


def _is_frame(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path.raw, fill, stroke):
        return False
    try:
        left, bottom, right, top = path.get_bounds()
    except pypdfium2.PdfiumError:
        return False
    is_drawn = stroke.value or pdfium.FPDFPath_CountSegments(path.raw) >= _FRAME_SEGMENTS
    return bool(is_drawn) and right - left > 20 * _NEAR and top - bottom > 5 * _NEAR


def without_beside(page: list[Line], drawn: list[Frame], height: float, *, is_first: bool) -> list[Line]:
    """The lines of ``page`` without what stands beside the text."""
    sizes = sorted(size for line in page for size in [line.size] * len(line.text))
    if not sizes:
        return page
    usual = sizes[len(sizes) // 2]
    left_out = set(_masthead(page, usual, height)) if is_first else set()
    left_out.update(_printers_line(page, usual, height))
    for frame in drawn:
        left_out.update(_advertisement(frame, page, drawn))
    kept = [line for line in page if line not in left_out]
    return kept or page


def _masthead(page: list[Line], usual: float, height: float) -> list[Line]:
    """The small lines above the title, if none of them tells anything."""
    title = max(page, key=lambda line: line.size)
    if title.size < _TITLE * usual or title.y < height / 2:
        return []
    above = [line for line in page if line.y > title.y + title.size / 2]
    is_small = all(line.size < _HEADING * usual and not _ENDED.search(line.text) for line in above)
    return above if is_small and sum(len(line.text) for line in above) <= _LONGEST_MASTHEAD else []


def _printers_line(page: list[Line], usual: float, height: float) -> list[Line]:
    """The last row, if it stands small and alone in the margin."""
    last = min(line.y for line in page)
    row = [line for line in page if line.y - last < usual / 2]
    above = min((line.y for line in page if line not in row), default=last)
    is_small = all(line.size <= _SMALL * usual and not _ENDED.search(line.text) for line in row)
    return row if is_small and last < _MARGIN * height and above - last > _APART * usual else []


def _advertisement(frame: Frame, page: list[Line], drawn: list[Frame]) -> Iterator[Line]:
    """The lines in ``frame``, if it says that it is one, or holds a few words that are no sentence.

    A frame beside others is a part of a table; one above the text may hold its title.
    """
    inside = [line for line in page if frame.bottom < line.y < frame.top and _overlaps(frame, line)]
    length = sum(len(line.text) for line in inside)
    if any(line.left < frame.left - _NEAR or line.right > frame.right + _NEAR for line in inside):
        return
    if sum(weight(line.text) for line in page if line.y >= frame.top) < _FEWEST_ABOVE:
        return
    is_labelled = length <= _LONGEST_LABELLED and any(is_boilerplate(line.text) for line in inside)
    is_short = length <= _LONGEST_FRAMED and not any(_ENDED.search(line.text) for line in inside)
    if is_labelled or (is_short and not any(_touch(frame, one) for one in drawn if one != frame)):
        yield from inside


def _overlaps(frame: Frame, line: Line) -> bool:
    return line.right > frame.left and line.left < frame.right


def _touch(one: Frame, other: Frame) -> bool:
    across = one.left - _NEAR <= other.right and other.left <= one.right + _NEAR
    return across and one.bottom - _NEAR <= other.top and other.bottom <= one.top + _NEAR
