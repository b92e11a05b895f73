"""What a page's own style sheets hide, by the rule that is the last to say so (CSS Cascading, 6)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from index.reading.markup.styles import hides_by, shows_by

_RULE = re.compile(r"([^{}@;]{1,400})\{([^{}]{0,2000})\}")
_AT_BLOCK = re.compile(
    r"@(?!media\s+(?:screen|all)\s*\{)[\w-]+[^{};]{0,400}\{(?:[^{}]{0,2000}\{[^{}]{0,2000}\})*[^{}]{0,2000}\}"
)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_NAMES = re.compile(r"[.#][\w-]+")
_LONGEST_SHEET = 200_000
_MOST, _DEEP = 200, 100
"""Selectors for one name, and elements around another, that are looked at: no page that is read has more."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The tag, if any, and the names (``.class``, ``#id``) that a selector asks of one element.

    ``parent``: it is asked of the element right around the one of the next part.
    """

    tag: str
    names: frozenset[str]
    parent: bool

    def means(self, element: Any) -> bool:
        return self.tag in ("", element.tag) and self.names <= _names(element)


@dataclass(frozen=True, slots=True)
class _Selector:
    """What a selector asks of elements around, and last of the element; what its rule sets, and how strongly."""

    parts: tuple[_Part, ...]
    strength: tuple[int, ...]
    properties: frozenset[str]

    def means(self, element: Any) -> bool:
        *around, own = self.parts
        if not own.means(element):
            return False
        for ancestor in islice(element.iterancestors(), _DEEP if around else 0):
            if not around:
                break
            if around[-1].means(ancestor):
                around.pop()
            elif around[-1].parent:
                return False
        return not around


@dataclass(slots=True)
class _Rules:
    """Selectors that hide, or that show, each under a name of its last part or that part's tag."""

    selectors: dict[str, list[_Selector]] = field(default_factory=lambda: defaultdict(list))

    def add(self, selector: _Selector) -> None:
        own = selector.parts[-1]
        known = self.selectors[min(own.names, default=own.tag)]
        if len(known) < _MOST:
            known.append(selector)

    def strongest(self, element: Any) -> dict[str, tuple[int, ...]]:
        """For each property how strong the strongest selector is that means ``element``."""
        found: dict[str, tuple[int, ...]] = {}
        for name in (*_names(element), element.tag):
            for one in self.selectors.get(name, ()):
                if one.means(element):
                    found.update({each: max(one.strength, found.get(each, ())) for each in one.properties})
        return found


def hidden_by_rules(root: Any) -> Iterator[tuple[Any, str]]:
    """Each element that a rule of the page's own style sheets hides, and the property by which."""
    hiding, showing = _Rules(), _Rules()
    sheet = " ".join("".join(style.itertext()) for style in root.iter("style"))[:_LONGEST_SHEET]
    sheet = _AT_BLOCK.sub(" ", re.sub(r"/\*.*?\*/", " ", sheet, flags=re.DOTALL))
    for number, (selectors, declarations) in enumerate(_RULE.findall(sheet)):
        hidden, shown = frozenset(hides_by(declarations)), frozenset(shows_by(declarations))
        important = "!important" in declarations
        for rules, properties in ((hiding, hidden), (showing, shown)):
            for text in selectors.split(",") if properties else ():
                if selector := _selector(text, number, properties, important=important):
                    rules.add(selector)
    for element in root.iterfind(".//*") if hiding.selectors else ():
        if isinstance(element.tag, str) and (hidden_here := hiding.strongest(element)):
            shown_here = showing.strongest(element)
            own = shows_by(element.get("style") or "")
            for name, strength in hidden_here.items():
                if name not in own and shown_here.get(name, ()) < strength:
                    yield element, name


def _selector(text: str, number: int, properties: frozenset[str], *, important: bool) -> _Selector | None:
    """A selector of the rule ``number``, which sets ``properties``; None for kinds not read and tags alone."""
    parts: list[_Part] = []
    words = text.replace(">", " > ").split()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        found = _SIMPLE.fullmatch(word)
        if found:
            parts.append(_Part((found[1] or "").lower(), frozenset(_NAMES.findall(found[2])), following == ">"))
        elif word != ">":
            return None
    if not any(part.names for part in parts):
        return None
    names = [name for part in parts for name in part.names]
    ids = sum(name.startswith("#") for name in names)
    tags = sum(bool(part.tag) for part in parts)
    return _Selector(tuple(parts), (important, ids, len(names) - ids, tags, number), properties)


def _names(element: Any) -> set[str]:
    """The classes and the id of an element, as selectors write them."""
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {f"#{element.get('id')}"} if element.get("id") else names
