"""What a page holds but does not show: it is no part of what the page says, and may be put there to mislead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from index.reading.markup.tree import drop

_ZERO = r"0*\.?0+(?:px|em|rem|pt|%)?\s*(?:;|!|$)"
_HIDES = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    rf"|opacity\s*:\s*{_ZERO}|font-size\s*:\s*{_ZERO}|text-indent\s*:\s*-\s*\d{{3,}}"
    r"|(?:left|right|top|margin-left|margin-top|bottom)\s*:\s*-\s*\d{3,}"
    r"|clip\s*:\s*rect\(\s*[01]\w*[\s,]+[01]\w*[\s,]+[01]\w*[\s,]+[01]\w*\s*\)|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%"
    rf"|circle\(\s*0)|transform\s*:\s*(?:scale\(\s*0\s*\)|translate\w*\(\s*-\s*\d{{4,}})|color\s*:\s*transparent)",
    re.IGNORECASE,
)
_NO_ROOM = re.compile(
    r"(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px|em|rem|%)?\s*(?:;|!|$)", re.IGNORECASE
)
_CLIPPED = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([#\w]+(?:\([^)]{1,40}\))?)", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([#\w]+(?:\([^)]{1,40}\))?)", re.IGNORECASE)
_FOR_READERS_ALOUD = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|screenreader(?:-only)?|a11y-hidden|offscreen|off-screen)(?:\s|$)",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}@;]{1,400})\{([^{}]{0,2000})\}")
_AT_BLOCK = re.compile(
    r"@(?!media\s+(?:screen|all)\b)[\w-]+[^{};]{0,400}\{(?:[^{}]{0,2000}\{[^{}]{0,2000}\})*[^{}]{0,2000}\}"
)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_NAMES = re.compile(r"[.#][\w-]+")
_DEEPEST = 4
"""Parts of a selector that are looked at, from its end."""
_MOST, _DEEP = 200, 100
"""Selectors for one name, and elements around another, that are looked at: no page that is read has more."""
_Selector = tuple[tuple[str, frozenset[str]], ...]
"""The tag, if any, and the names that are asked for: of elements around, and last of the element itself."""
_LONGEST_SHEET = 200_000
_MOST_OF_IT = 0.5
"""A part with more of the page's text than this is shown by a script sooner or later: it is the page."""


def remove_hidden(root: Any) -> None:
    """Take out of a tree what its browser would not show, as far as attributes and its own style sheets tell."""
    whole = _length(root)
    for element in [*_stated(root), *_by_rules(root)]:
        if element.getparent() is None or element.tag in ("html", "body", "head"):
            continue
        if _length(element) <= _MOST_OF_IT * whole:
            drop(element)


def _length(element: Any) -> int:
    return sum(len(text) for text in element.itertext() if not text.isspace())


def _stated(root: Any) -> list[Any]:
    """Elements that are hidden by an attribute of their own."""
    found = list(root.iter("template", "noscript"))
    found += [one for one in root.iterfind(".//*[@hidden]") if (one.get("hidden") or "").lower() != "until-found"]
    found += [
        one for one in root.iterfind(".//*[@aria-hidden]") if (one.get("aria-hidden") or "").lower() == "true"
    ]
    found += [one for one in root.iterfind(".//*[@style]") if _is_hiding(one.get("style") or "")]
    found += [one for one in root.iterfind(".//*[@class]") if _FOR_READERS_ALOUD.search(one.get("class") or "")]
    return found


def _is_hiding(style: str) -> bool:
    style = style[:2000]
    if _HIDES.search(style) or (_NO_ROOM.search(style) and _CLIPPED.search(style)):
        return True
    colour, background = _COLOUR.search(style), _BACKGROUND.search(style)
    return bool(colour and background and colour[1].lower() == background[1].lower())


def _by_rules(root: Any) -> list[Any]:
    """Elements that a rule of the page's own style sheets hides: by element, class and id, or inside of such."""
    sheet = " ".join("".join(style.itertext()) for style in root.iter("style"))[:_LONGEST_SHEET]
    sheet = _AT_BLOCK.sub(" ", re.sub(r"/\*.*?\*/", " ", sheet, flags=re.DOTALL))
    hiding: dict[str, set[_Selector]] = {}
    for selectors, declarations in _RULE.findall(sheet):
        for selector in selectors.split(",") if _is_hiding(declarations) else ():
            if selected := _selector(selector):
                tag, names = selected[-1]
                known = hiding.setdefault(min(names, default=tag), set())
                if len(known) < _MOST:
                    known.add(selected)
    if not hiding:
        return []
    return [one for one in root.iterfind(".//*") if isinstance(one.tag, str) and _is_hidden_by(one, hiding)]


def _selector(text: str) -> _Selector | None:
    """What a selector asks of an element and of those around it; None for others, and for elements of a kind."""
    parts = [_SIMPLE.fullmatch(part) for part in text.replace(">", " ").split()[-_DEEPEST:]]
    asked = tuple(((part[1] or "").lower(), frozenset(_NAMES.findall(part[2]))) for part in parts if part)
    return asked if len(asked) == len(parts) and any(names for _, names in asked) else None


def _is_hidden_by(element: Any, hiding: Mapping[str, set[_Selector]]) -> bool:
    """Whether a selector in ``hiding``, by a name of its last part or by that part's tag, means ``element``."""
    return any(_means(one, element) for name in {*_names(element), element.tag} for one in hiding.get(name, ()))


def _means(selector: _Selector, element: Any) -> bool:
    *around, (tag, names) = selector
    if tag not in ("", element.tag) or not names <= _names(element):
        return False
    for ancestor in islice(element.iterancestors(), _DEEP if around else 0):
        if around and around[-1][0] in ("", ancestor.tag) and around[-1][1] <= _names(ancestor):
            around.pop()
    return not around


def _names(element: Any) -> set[str]:
    """The classes and the id of an element, as selectors write them."""
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {f"#{element.get('id')}"} if element.get("id") else names
