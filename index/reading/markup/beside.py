"""What stands beside a story and between its paragraphs: asides, captions, boxes of links, forms, its byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.reading.markup.tree import attached, drop, line_of, text_length
from index.reading.phrases import phrases
from index.text.sentences import ends_sentence

_MOST_OF_IT = 0.5
_TOKEN = r"(?:^|[\s_-]){}(?:$|[\s_-])"
_TAGS = ("aside", "figcaption", "nav", "footer", "form", "dialog")
_ROLES = ("complementary", "navigation", "dialog", "alert", "banner", "search")
_NAMED_BY = ("class", "data-hook", "data-testid", "data-component")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OF_A_PARAGRAPH = re.compile(
    _TOKEN.format("(?:caption|credit|read-?more|copyright|also-?read|read-?also|see-?also)"), re.IGNORECASE
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_RUNNING = frozenset(("p", "li", "blockquote"))
_SHORTEST_SENTENCE = 40
_LONGEST_BOX = 600
_OF_A_PICTURE = re.compile(_TOKEN.format("(?:caption|credit|wp-caption-text)"), re.IGNORECASE)
_WHOLE_PARTS = frozenset(("html", "body", "main", "h1"))
_FEWEST_LINKS = 2
_MARKS = re.compile(r"[\[\]|·•/]*")
_SAME_PAGE = re.compile(r"#[\w-]")
_TEXTS = frozenset(("p", "li", "td", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"))
_IN_A_LINE = frozenset(("a", "b", "em", "font", "i", "small", "span", "strong", "u"))
_WORD = re.compile(r"\w")
_WORDS = re.compile(r"[^\W_]+")


def remove_beside(story: Any) -> None:
    """Take out what is not told in ``story``, unless that would be most of it; its day and author are known."""
    whole = text_length(story)
    for element in list(_beside(story)):
        if element is not story and attached(element, story) and text_length(element) <= _MOST_OF_IT * whole:
            drop(element)


def bylines(story: Any) -> list[str]:
    """The lines of ``story`` that tell who wrote it and when, which ``remove_beside`` takes out."""
    byline = phrases("byline", _TOKEN)
    return [line_of(one) for one in story.iter("*") if byline.search(_CAMEL.sub("-", one.get("class") or ""))]


def _beside(story: Any) -> Iterator[Any]:
    beside, boxes, byline = phrases("beside", _TOKEN), phrases("boxes", _TOKEN), phrases("byline", _TOKEN)
    pleas = phrases("pleas", _TOKEN)
    lines: dict[Any, int] = {}
    for element in story.iter():
        if not isinstance(element.tag, str) or element.tag in _WHOLE_PARTS:
            continue
        marks = _marks(element)
        if (
            (element.tag in _TAGS and not _tells_who_said(element))
            or (element.get("role") or "") in _ROLES
            or (element.tag == "a" and _SAME_PAGE.match(element.get("href") or "") and _leads_in(element))
            or _is_row_of_links(element)
            or (byline.search(marks) and not any(parent.tag == "p" for parent in element.iterancestors()))
        ):
            yield element
        elif element.tag == "p" or (_is_named(marks, beside, boxes, pleas) and _is_in_a_sentence(element, lines)):
            if _OF_A_PARAGRAPH.search(marks):
                yield element
        elif beside.search(marks) or (
            _OF_A_PICTURE.search(marks) and next(element.iter(*_HEADINGS), None) is None
        ):
            yield element
        elif pleas.search(marks):
            if _is_section(element):
                _take_names(element)
            else:
                yield element
        elif boxes.search(marks):
            if _tells(element) or _heads(element):
                _take_names(element, boxes)
            else:
                yield element


def _is_named(marks: str, *kinds: re.Pattern[str]) -> bool:
    return any(kind.search(marks) for kind in (*kinds, _OF_A_PICTURE))


def _marks(element: Any) -> str:
    """What the page calls ``element``; an id that is made of a heading ("related-work") says nothing else."""
    names = [element.get(name) or "" for name in _NAMED_BY]
    if anchor := element.get("id"):
        if element.tag in _HEADINGS or (_is_made_of_heading(anchor, element) and _tells(element)):
            _take_names(element)
        else:
            names.append(anchor)
    return _CAMEL.sub("-", " ".join(names))


def _take_names(element: Any, kind: re.Pattern[str] | None = None) -> None:
    """Take away what others would know ``element`` by, too: it was looked at.

    Of its classes only those of one ``kind``, if that is given: the others tell what it is ("entry-content").
    """
    names = (element.get("class") or "").split() if kind else []
    kept = [name for name in names if kind and not kind.search(_CAMEL.sub("-", name))]
    for name in ("class", "id"):
        element.attrib.pop(name, None)
    if kept:
        element.set("class", " ".join(kept))


def _is_made_of_heading(anchor: str, element: Any) -> bool:
    words = _WORDS.findall(anchor.casefold())
    heading = next((one for one in element.iter(*_HEADINGS)), None) if len(words) > 1 else None
    return heading is not None and words == _WORDS.findall("".join(heading.itertext()).casefold())


def _is_in_a_sentence(element: Any, lines: dict[Any, int]) -> bool:
    """Whether ``element`` is some words of a line, others around it; ``lines`` are known with their lengths."""
    if element.tag not in _IN_A_LINE:
        return False
    line = next((parent for parent in element.iterancestors() if parent.tag in _RUNNING), None)
    if line is None:
        return False
    if line not in lines:
        lines[line] = text_length(line)
    return lines[line] > text_length(element)


def _tells(element: Any) -> bool:
    """Whether most of ``element`` is running text, and it is no box that leads to another page."""
    if any(parent.tag == "a" for parent in element.iterancestors()) or element.tag == "a":
        return False
    told = text_length(element) - sum(map(text_length, element.iter("a", "form", "button", *_HEADINGS)))
    if told <= _MOST_OF_IT * text_length(element) or not any(map(_is_sentence, element.iter("p", "li", "div"))):
        return False
    return told > _LONGEST_BOX or not any(map(_leads_on, element.iter("a")))


def _is_section(element: Any) -> bool:
    """Whether ``element`` is a section of a text: it has a heading and tells, and asks for nothing."""
    if element.tag != "section" or next(element.iter(*_HEADINGS), None) is None:
        return False
    return next(element.iter("form", "button", "input"), None) is None and _tells(element)


def _is_sentence(element: Any) -> bool:
    text = "".join(element.itertext()).strip()
    return len(text) >= _SHORTEST_SENTENCE and ends_sentence(text)


def _leads_on(link: Any) -> bool:
    """Whether ``link`` is all that its line says."""
    line = next((parent for parent in link.iterancestors() if parent.tag not in _IN_A_LINE), link)
    return text_length(line) == text_length(link) > 0


def _heads(element: Any) -> bool:
    """Whether ``element`` is a heading of what tells after it."""
    following = element.getnext()
    heading = next(element.iter(*_HEADINGS), None)
    if following is None or heading is None or next(element.iter("a"), None) is not None:
        return False
    return text_length(heading) == text_length(element) and _tells(following)


def _is_row_of_links(element: Any) -> bool:
    """Whether ``element`` is links and marks between them: [ print | tell a friend ]."""
    if len(element) < _FEWEST_LINKS or any(one.tag != "a" for one in element):
        return False
    between = [(element.text or "").strip(), *((one.tail or "").strip() for one in element)]
    return any(between) and all(_MARKS.fullmatch(one) for one in between)


def _leads_in(link: Any) -> bool:
    """Whether ``link`` leads to a part of its page, and stands in no text itself."""
    if any(parent.tag in _TEXTS for parent in link.iterancestors()):
        return False
    for parent in link.iterancestors():
        if any(_WORD.search(text or "") for text in (parent.text, *(one.tail for one in parent))):
            return False
        if parent.tag not in _IN_A_LINE:
            break
    return True


def _tells_who_said(element: Any) -> bool:
    """Whether ``element`` is the foot of a quotation."""
    return element.tag == "footer" and any(parent.tag == "blockquote" for parent in element.iterancestors())
