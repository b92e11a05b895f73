"""Which declarations of a style hide what they are for, and which show it again."""

from __future__ import annotations

import re

_ZERO = r"0*\.?0+(?:px|em|rem|pt|%)?\s*(?:;|!|$)"
_HIDES = re.compile(
    r"(?:^|[;{\s])(?:(?P<display>display\s*:\s*none)|(?P<visibility>visibility\s*:\s*(?:hidden|collapse))"
    rf"|(?P<opacity>opacity\s*:\s*{_ZERO})|content-visibility\s*:\s*hidden"
    rf"|font-size\s*:\s*{_ZERO}|text-indent\s*:\s*-\s*\d{{3,}}"
    r"|(?:left|right|top|bottom)\s*:\s*-\s*\d{3,}|margin-(?:left|top)\s*:\s*-\s*\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01]\w*[\s,]+[01]\w*[\s,]+[01]\w*[\s,]+[01]\w*\s*\)|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%"
    rf"|circle\(\s*0)|transform\s*:\s*(?:scale\(\s*0\s*\)|translate\w*\(\s*-\s*\d{{4,}})"
    r"|(?P<color>color\s*:\s*transparent))",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"(?:^|[;\s])(display|visibility|opacity)\s*:\s*(?!none|hidden|collapse|0*\.?0+\s*(?:;|!|$))", re.IGNORECASE
)
_PAINTED = re.compile(r"background-clip\s*:\s*text", re.IGNORECASE)
"""Letters that show the background, of headlines in two colours."""
_NO_ROOM = re.compile(
    r"(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px|em|rem|%)?\s*(?:;|!|$)", re.IGNORECASE
)
_CLIPPED = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([#\w]+(?:\([^)]{1,40}\))?)", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([#\w]+(?:\([^)]{1,40}\))?)", re.IGNORECASE)
_LONGEST = 2_000
OTHERWISE = "otherwise"
"""Hidden by its size, place, or letters, which no other declaration is looked at for."""


def hides_by(style: str) -> str | None:
    """The property by which declarations hide what they are for (or ``OTHERWISE``); None if they don't."""
    style = style[:_LONGEST]
    for found in _HIDES.finditer(style):
        if found.lastgroup != "color" or not _PAINTED.search(style):
            return found.lastgroup or OTHERWISE
    if _NO_ROOM.search(style) and _CLIPPED.search(style):
        return OTHERWISE
    colour, background = _COLOUR.search(style), _BACKGROUND.search(style)
    return OTHERWISE if colour and background and colour[1].lower() == background[1].lower() else None


def shows_by(style: str) -> set[str]:
    """The properties by which declarations show what another rule may have hidden by them."""
    return {name.lower() for name in _SHOWS.findall(style[:_LONGEST])}
