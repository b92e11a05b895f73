"""Which declarations of a style hide what they are for, and which show it again."""

from __future__ import annotations

import re

_ZERO = r"0*\.?0+(?:px|em|rem|pt|%)?\s*(?:!|$)"
_FAR_OFF = r"-\s*\d{3,}"
_FURTHER_OFF = r"-\s*\d{4,}"
_HIDING = {
    "display": "none",
    "visibility": "hidden|collapse",
    "content-visibility": "hidden",
    "opacity": _ZERO,
    "font-size": _ZERO,
    "color": "transparent",
    "text-indent": _FAR_OFF,
    **dict.fromkeys(("left", "right", "top", "bottom"), _FAR_OFF),
    **dict.fromkeys(("margin-left", "margin-top"), _FURTHER_OFF),
    "clip": r"rect\(\s*[01]\w*[\s,]+[01]\w*[\s,]+[01]\w*[\s,]+[01]\w*\s*\)",
    "clip-path": r"inset\(\s*(?:50|100)%|circle\(\s*0",
    "transform": rf"scale\(\s*0\s*\)|translate\w*\(\s*{_FURTHER_OFF}",
}
"""The values of each property that hide."""
_VALUES = {name: re.compile(value, re.IGNORECASE) for name, value in _HIDING.items()}
_DECLARED = re.compile(rf"(?:^|[;{{\s])({'|'.join(_HIDING)})\s*:\s*([^;]*)", re.IGNORECASE)
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
"""Hidden by what several properties do together, which no other declaration is looked at for."""


def hides_by(style: str) -> set[str]:
    """The properties by which declarations hide what they are for, or ``OTHERWISE``; none if they don't."""
    style = style[:_LONGEST]
    found = {name for name, hides in _declared(style).items() if hides}
    if _PAINTED.search(style):
        found.discard("color")
    colour, background = _COLOUR.search(style), _BACKGROUND.search(style)
    same = colour and background and colour[1].lower() == background[1].lower()
    if same or (_NO_ROOM.search(style) and _CLIPPED.search(style)):
        found.add(OTHERWISE)
    return found


def shows_by(style: str) -> set[str]:
    """The properties by which declarations show what another rule may have hidden by them."""
    return {name for name, hides in _declared(style[:_LONGEST]).items() if not hides}


def _declared(style: str) -> dict[str, bool]:
    """The properties in ``style`` that can hide, and whether the last value of each does."""
    return {
        name.lower(): _VALUES[name.lower()].match(value) is not None for name, value in _DECLARED.findall(style)
    }
