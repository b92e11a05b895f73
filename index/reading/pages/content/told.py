"""What tells something in a part of a page, and what leads elsewhere: asked alike wherever a story is cut out."""

from __future__ import annotations

from typing import Any

from index.reading.markup.tree import is_links, line_of, text_length, weight
from index.text.sentences import ends_sentence

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHORTEST_LINE = 40
"""Letters; a shorter line may be a label or a button."""
_SHORTEST_SENTENCE = 5
_CUT_OFF = ("…", "...")
"""How the first words of another story end."""


def look_of(element: Any) -> tuple[str, str]:
    """What parts that are shown alike have in common."""
    return element.tag, element.get("class") or ""


def is_told(line: str) -> bool:
    """Whether ``line`` is a sentence that is too long for a label."""
    return weight(line) >= _SHORTEST_LINE and ends_sentence(line)


def is_long(element: Any) -> bool:
    """Whether ``element`` says more than labels do, and not in links."""
    return isinstance(element.tag, str) and weight(line_of(element)) >= _SHORTEST_LINE and not is_links(element)


def is_sentence(element: Any) -> bool:
    """Whether ``element`` is told (see ``is_told``), and not in links."""
    return isinstance(element.tag, str) and is_told(line_of(element)) and not is_links(element)


def leads_on(element: Any) -> bool:
    """Whether ``element`` is links; where it tells a sentence beside them, two thirds of it have to be."""
    if not is_links(element):
        return False
    return not tells_beside_links(element) or 3 * sum(map(text_length, element.iter("a"))) > 2 * text_length(
        element
    )


def tells_beside_links(element: Any) -> bool:
    """Whether ``element`` tells a sentence, however short, outside of its links."""
    said = (text.strip() for text in element.xpath(".//text()[not(ancestor::a)]"))
    return any(
        weight(text) >= _SHORTEST_SENTENCE and ends_sentence(text) and not text.endswith(_CUT_OFF) for text in said
    )
