"""A picture of days: bars above each other, one row a kind of thing counted. Only digits are written in it.

What the colours mean stands in the message, in words of the reader's language, for which there may be no letters
here.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PIL import Image, ImageDraw, ImageFont

GREEN, YELLOW, BLUE, RED, ORANGE = "#2ecc71", "#f1c40f", "#5865f2", "#e74c3c", "#e67e22"
_BACKGROUND, _TEXT, _LINE = "#2b2d31", "#dbdee1", "#4e5058"
_WIDTH, _ROW, _LEFT, _EDGE, _FOOT = 880, 120, 84, 16, 28
_LABELS = 16
"""Days that are written below the bars; of more, every other one, and so on."""


@dataclass(frozen=True, slots=True)
class Row:
    """What was counted on each day: the parts of a bar from the bottom up, each with its colour."""

    bars: Sequence[Sequence[float]]
    colours: Sequence[str]
    decimals: int = 0


def picture(days: Sequence[date], rows: Sequence[Row]) -> bytes:
    """The rows as a PNG, each as high as its highest bar, whose value is written beside it."""
    image = Image.new("RGB", (_WIDTH, _EDGE + len(rows) * _ROW + _FOOT), _BACKGROUND)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(15)
    step = (_WIDTH - _LEFT - _EDGE) / max(1, len(days))
    for number, row in enumerate(rows):
        bottom = _EDGE + (number + 1) * _ROW - 12
        _row(draw, row, bottom, step, font)
    every = -(-len(days) // _LABELS) or 1
    for position, day in enumerate(days):
        if (len(days) - 1 - position) % every == 0:
            middle = _LEFT + (position + 0.5) * step
            draw.text((middle, image.height - _FOOT + 2), str(day.day), _TEXT, font, anchor="ma")
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _row(
    draw: ImageDraw.ImageDraw,
    row: Row,
    bottom: float,
    step: float,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    height = _ROW - 28
    most = max((sum(bar) for bar in row.bars), default=0)
    draw.line((_LEFT, bottom, _WIDTH - _EDGE, bottom), _LINE)
    draw.text((_LEFT - 10, bottom - height), f"{most:,.{row.decimals}f}", _TEXT, font, anchor="rm")
    if not most:
        return
    gap = min(6.0, step / 4)
    for position, bar in enumerate(row.bars):
        left, top = _LEFT + position * step + gap / 2, float(bottom)
        for part, colour in zip(bar, row.colours, strict=True):
            if part > 0:
                high = max(1.0, part / most * height)
                draw.rectangle((left, top - high, left + step - gap, top - 1), colour)
                top -= high
