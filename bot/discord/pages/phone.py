"""About how high a text is on a telephone, so that what matters first is seen without scrolling.

Measured on pictures 375 px wide (``benchmarks/pictures``); it may be some lines off.
"""

from __future__ import annotations

import re
from math import ceil

_ROOM = 500
"""Pixels for text: a screen of 667, less the name above, a row of buttons below, and the frame."""

_LINES = {"### ": (24, 26), "-# ": (39, 19), "": (33, 22)}
"""By what a line begins with: characters in its width, and its height in pixels."""

_STAMP = re.compile(r"<t:-?\d+:\w>")
_DAY = "17 November 2026"
_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
_MARKUP = re.compile(r"\\|\*\*|</|:\d+>")


def on_one_screen(text: str) -> bool:
    """Whether ``text`` (Discord markdown) and a row of buttons are seen at once."""
    return sum(map(_height, text.split("\n"))) <= _ROOM


def _height(line: str) -> int:
    begins = next(one for one in _LINES if line.startswith(one))
    width, height = _LINES[begins]
    seen = _MARKUP.sub("", _LINK.sub(r"\1", _STAMP.sub(_DAY, line.removeprefix(begins))))
    return max(1, ceil(len(seen) / width)) * height if seen else height // 3
