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
    """What a selector asks of elements around, and last of the element itself; and how strong its rule is."""

    parts: tuple[_Part, ...]
    strength: tuple[int, ...]

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
    """Selectors that hide or show by one property, each under a name of its last part or that part's tag."""

    selectors: dict[str, set[_Selector]] = field(default_factory=lambda: defaultdict(set))

    def add(self, selector: _Selector) -> None:
        own = selector.parts[-1]
        known = self.selectors[min(own.names, default=own.tag)]
        if len(known) < _MOST:
            known.add(selector)

    def strongest(self, element: Any) -> _Selector | None:
        """The strongest that means ``element``."""
        named = (one for name in (*_names(element), element.tag) for one in self.selectors.get(name, ()))
        return max((one for one in named if one.means(element)), key=lambda one: one.strength, default=None)


def hidden_by_rules(root: Any) -> Iterator[tuple[Any, str]]:
    """Each element that a rule of the page's own style sheets hides, and the property by which."""
    hiding: dict[str, _Rules] = defaultdict(_Rules)
    showing: dict[str, _Rules] = defaultdict(_Rules)
    sheet = " ".join("".join(style.itertext()) for style in root.iter("style"))[:_LONGEST_SHEET]
    sheet = _AT_BLOCK.sub(" ", re.sub(r"/\*.*?\*/", " ", sheet, flags=re.DOTALL))
    for number, (selectors, declarations) in enumerate(_RULE.findall(sheet)):
        hidden, shown = hides_by(declarations), shows_by(declarations)
        if not hidden and not shown:
            continue
        for text in selectors.split(","):
            if selector := _selector(text, number, important="!important" in declarations):
                for name in hidden:
                    hiding[name].add(selector)
                for name in shown:
                    showing[name].add(selector)
    for element in root.iterfind(".//*") if hiding else ():
        if not isinstance(element.tag, str):
            continue
        for name, rules in hiding.items():
            if (last := rules.strongest(element)) is None:
                continue
            shows = showing[name].strongest(element) if name in showing else None
            if (shows is None or shows.strength < last.strength) and name not in shows_by(
                element.get("style") or ""
            ):
                yield element, name


def _selector(text: str, number: int, *, important: bool) -> _Selector | None:
    """A selector of the rule with that ``number``; None for kinds that are not read, and for tags alone."""
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
    return _Selector(tuple(parts), (important, ids, len(names) - ids, tags, number))


def _names(element: Any) -> set[str]:
    """The classes and the id of an element, as selectors write them."""
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {f"#{element.get('id')}"} if element.get("id") else names
