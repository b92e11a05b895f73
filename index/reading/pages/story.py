"""The one story of a page: what comes after it, beside it and between its paragraphs is taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.reading.phrases import phrases
from index.reading.tree import drop

_HEADINGS = ("h1", "h2", "h3", "h4")
_AROUND = frozenset(("nav", "footer", "aside"))
_MOST_OF_IT = 0.5
_SHORTEST_HEADLINE = 12
_SHORTEST_STORY = 80

_TOKEN = r"(?:^|[\s_-]){}(?:$|[\s_-])"
_LONGEST_HEADING = 60


def keep_story(root: Any) -> Any:
    """Take out of a page what is not its story, and give what holds the story (the body, if nothing does)."""
    body = root.find("body")
    body = root if body is None else body
    headline = _headline(body)
    story = _holder(body, headline)
    if headline is not None:
        _cut_after(body, headline)
    _remove_others(body, story)
    _remove_beside(story if story is not None else body, body)
    return story if story is not None else body


def text_length(element: Any) -> int:
    """How many characters of text are in ``element``, white space apart."""
    return sum(len(text.strip()) for text in element.itertext())


def _headline(body: Any) -> Any:
    """The first h1 that is not the site's own name above everything."""
    found = [one for one in body.iter("h1") if text_length(one)]
    inside = [
        one for one in found if not any(parent.tag in ("nav", "footer", "aside") for parent in one.iterancestors())
    ]
    for one in inside:
        above = next((parent for parent in one.iterancestors("header")), None)
        if above is None or any(parent.tag in ("article", "main") for parent in above.iterancestors()):
            return one
        if len(inside) == 1:
            return one
    return inside[0] if inside else None


def _holder(body: Any, headline: Any) -> Any:
    """The article element that has the headline in it, or the only one after it."""
    articles = [one for one in body.iter("article") if text_length(one) >= _SHORTEST_STORY]
    marked = [one for one in body.iter() if isinstance(one.tag, str) and _is_marked(one) and one.tag != "body"]
    for candidates in (articles, marked):
        if headline is not None:
            around = [one for one in candidates if headline in one.iterdescendants("h1")]
            if around:
                return around[-1] if text_length(around[-1]) >= _SHORTEST_STORY else around[0]
    if len(articles) == 1 and text_length(articles[0]) > _MOST_OF_IT * text_length(body):
        return articles[0]
    return None


def _is_marked(element: Any) -> bool:
    kind = element.get("itemtype") or ""
    return "Article" in kind or kind.endswith("BlogPosting")


def _cut_after(body: Any, headline: Any) -> None:
    """Take out what follows from where another story begins: at its h1, at its own article, or at "Up next"."""
    before = _before(body, headline)
    for element in list(body.iter("h1", "h2", "h3", "h4", "p", "div", "span", "strong", "article", "section")):
        if element in before or element is headline or not _attached(element, body):
            continue
        if (element.tag == "h1" and _is_headline(element)) or (element.tag != "article" and _is_next(element)):
            _cut(body, element, headline)


def _is_headline(element: Any) -> bool:
    text = " ".join("".join(element.itertext()).split())
    wide = sum(character >= "\u2e80" for character in text)
    return len(text) + 2 * wide >= _SHORTEST_HEADLINE and len(text.split()) + wide >= 3


def _is_next(element: Any) -> bool:
    text = "".join(element.itertext())
    return len(text) < _LONGEST_HEADING and bool(phrases("next", r"{}\W*").fullmatch(" ".join(text.split())))


def _before(body: Any, headline: Any) -> set[Any]:
    """Everything that begins before ``headline``, what holds it included."""
    found: set[Any] = set()
    for element in body.iter():
        if element is headline:
            return found
        found.add(element)
    return found


def _attached(element: Any, body: Any) -> bool:
    return element is body or any(parent is body for parent in element.iterancestors())


def _cut(body: Any, element: Any, headline: Any) -> None:
    """Take out ``element`` and all that follows it inside what it shares with ``headline``."""
    holders = {headline, *headline.iterancestors()}
    top = element
    while top.getparent() is not None and top.getparent() not in holders:
        top = top.getparent()
    parent = top.getparent()
    if parent is None:
        return
    doomed = [top, *top.itersiblings()]
    left = text_length(body) - sum(text_length(one) for one in doomed if isinstance(one.tag, str))
    if left < _SHORTEST_STORY:
        return
    for one in doomed:
        if one.tag != "footer":
            parent.remove(one)


def _remove_others(body: Any, story: Any) -> None:
    """Take out other articles: beside the story, and inside it unless they are most of it."""
    if story is None:
        return
    whole = text_length(story)
    for element in list(body.iter("article", "section", "div")):
        if (
            element is story
            or not _attached(element, body)
            or any(parent is element for parent in story.iterancestors())
        ):
            continue
        if element.tag != "article" and not _is_marked(element):
            continue
        inside = any(parent is story for parent in element.iterancestors())
        if not inside or (text_length(element) < 0.7 * whole and _has_heading(element)):
            drop(element)


def _has_heading(element: Any) -> bool:
    return next(element.iter(*_HEADINGS), None) is not None or element.find(".//a") is not None


def _remove_beside(story: Any, body: Any) -> None:
    """Take out what stands between and beside the paragraphs: asides, captions, boxes of links, forms to sign."""
    whole = text_length(story)
    for element in list(_beside(story)):
        if element is not story and _attached(element, body) and text_length(element) <= _MOST_OF_IT * whole:
            drop(element)


def _beside(story: Any) -> Iterator[Any]:
    beside = phrases("beside", _TOKEN)
    for element in story.iter():
        if not isinstance(element.tag, str):
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (
            element.tag in ("aside", "figcaption", "nav", "footer", "form", "dialog")
            or (element.tag not in ("p", "html", "body", "main", "h1") and beside.search(marks))
            or (
                element.tag == "p"
                and re.search(_TOKEN.format("caption|credit|read-?more|copyright"), marks, re.IGNORECASE)
            )
            or (element.get("role") or "")
            in ("complementary", "navigation", "dialog", "alert", "banner", "search")
        ):
            yield element
