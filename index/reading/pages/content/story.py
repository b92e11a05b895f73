"""The one story of a page: other stories, and what comes after it, are taken out."""

from __future__ import annotations

from itertools import dropwhile, takewhile
from typing import Any

from index.reading.markup.tree import attached, drop, is_links, line_of, text_length, weight, wide_letters
from index.reading.pages.content.block import holder, tells_some
from index.reading.pages.content.told import HEADINGS, is_long, look_of
from index.reading.pages.headline import headline_of
from index.reading.phrases import phrases

_MOST_OF_IT = 0.5
_SHORTEST_HEADLINE = 12
_SHORTEST_STORY = 80

_LONGEST_HEADING = 60
_LONGEST_BOX = 600
_FEWEST_LINKS = 2


def keep_story(root: Any) -> Any:
    """Take other stories out of a page, and give what holds its own (the body, if nothing does)."""
    body = root.find("body")
    body = root if body is None else body
    headline = headline_of(body)
    story = _holder(body, headline)
    if headline is not None:
        _cut_after(body, headline)
    _remove_others(body, story)
    return story if story is not None else body


def _holder(body: Any, headline: Any) -> Any:
    """The article element that has the headline in it, or the only one after it."""
    articles = [one for one in body.iter("article") if text_length(one) >= _SHORTEST_STORY]
    marked = [one for one in body.iter() if isinstance(one.tag, str) and _is_marked(one) and one.tag != "body"]
    for candidates in (articles, marked):
        if headline is not None:
            around = [one for one in candidates if headline in one.iterdescendants("h1")]
            if around:
                found = around[-1] if text_length(around[-1]) >= _SHORTEST_STORY else around[0]
                if tells_some(found, body, [one for one in (*articles, *marked) if one not in around]):
                    return found
    for candidates in (articles, marked):
        if len(candidates) == 1 and text_length(candidates[0]) > _MOST_OF_IT * text_length(body):
            return candidates[0]
    if headline is None:
        return None
    cell = _cell(headline, _MOST_OF_IT * text_length(body))
    return cell if cell is not None else holder(body, headline)


def _cell(headline: Any, most: float) -> Any:
    """The cell (or the table) of the story around ``headline``, of a page that is laid out as tables.

    It holds ``most`` of the page, and what is told in cells above and below: what else stands there is
    no paragraphs.
    """
    cell = None
    for around in headline.iterancestors("td", "table"):
        if cell is None:
            cell = around if around.tag == "td" and text_length(around) > most else None
        elif _has_columns(cell, around):
            break
        elif _paragraphs(around) - _paragraphs(cell) > _MOST_OF_IT * (text_length(around) - text_length(cell)):
            cell = around
    return cell


def _has_columns(cell: Any, around: Any) -> bool:
    """Whether something stands on the left or right of ``cell`` in the cell ``around`` it."""
    parents = takewhile(lambda one: one is not around, cell.iterancestors())
    rows = [one for one in (cell, *parents) if one.tag == "td"]
    return any(text_length(beside) for one in rows for beside in one.getparent() if beside is not one)


def _paragraphs(element: Any) -> int:
    """How much of ``element`` is told in paragraphs, lists and headings."""
    found = (one for one in element.iter("p", "li", *HEADINGS) if one.find(".//p") is None and not is_links(one))
    return sum(map(text_length, found))


def _is_marked(element: Any) -> bool:
    kind = element.get("itemtype") or ""
    return "Article" in kind or kind.endswith("BlogPosting")


def _cut_after(body: Any, headline: Any) -> None:
    """Take out what follows from where another story begins: at its h1, at its own article, or at "Up next"."""
    before = _before(body, headline)
    for element in list(body.iter("h1", "h2", "h3", "h4", "p", "div", "span", "strong", "article", "section")):
        if element in before or element is headline or not attached(element, body):
            continue
        if element.tag == "h1" and _is_headline(element) and not _is_section(element, headline):
            _cut(body, _part(element, headline), headline)
        elif element.tag != "article" and _is_next(element):
            part = _part(element, headline)
            if _goes_on_after(part, element):
                _drop_box(part, element)
            else:
                _cut(body, part, headline)


def _is_headline(element: Any) -> bool:
    text = line_of(element)
    return weight(text) >= _SHORTEST_HEADLINE and len(text.split()) + wide_letters(text) >= 3


def _is_section(element: Any, headline: Any) -> bool:
    """Whether an h1 heads a part of the story: right beside its headline, and no author or day below."""
    following = element.getnext()
    beside = element.getparent() is headline.getparent() and next(element.iter("a", "time"), None) is None
    return beside and following is not None and following.tag not in HEADINGS and is_long(following)


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


def _part(element: Any, headline: Any) -> Any:
    """The largest part of the page around ``element`` that begins with it: before it, the story is told."""
    holders = {headline, *headline.iterancestors()}
    top = element
    while (parent := top.getparent()) is not None and parent not in holders:
        if sum(text_length(one) for one in top.itersiblings(preceding=True)) >= _SHORTEST_STORY:
            break
        top = parent
    return top


def _goes_on_after(part: Any, heading: Any) -> bool:
    """Whether the story goes on after ``part``, a box of links between paragraphs under ``heading``."""
    following = [one for one in part.itersiblings() if isinstance(one.tag, str) and text_length(one)]
    rest = list(dropwhile(is_links, following))
    if not rest:
        return False
    first = rest[0]
    if _is_heading(part, heading) and len(rest) == len(following) and not is_long(first):
        return False
    if first.tag == "article" or (first.tag in HEADINGS and next(first.iter("a"), None) is not None):
        return False
    told = {look_of(one) for one in part.itersiblings(preceding=True) if is_long(one)}
    return any(look_of(one) in told and is_long(one) for one in rest)


def _is_heading(part: Any, heading: Any) -> bool:
    """Whether ``part`` says no more than the ``heading`` in it."""
    return text_length(part) == text_length(heading)


def _drop_box(part: Any, heading: Any) -> None:
    """Take out ``part``, and the links below it where it is no more than their heading; not that of a section."""
    alone = _is_heading(part, heading)
    links = list(takewhile(is_links, part.itersiblings())) if alone else []
    if alone and not links:
        return
    for one in (part, *links):
        if text_length(one) <= _LONGEST_BOX:
            drop(one)


def _cut(body: Any, part: Any, headline: Any) -> None:
    """Take out ``part`` and all that follows it inside what it shares with ``headline``."""
    holders = {headline, *headline.iterancestors()}
    doomed = [part]
    while part is not None and part not in holders:
        doomed += part.itersiblings()
        part = part.getparent()
    left = text_length(body) - sum(text_length(one) for one in doomed if isinstance(one.tag, str))
    if left < _SHORTEST_STORY:
        return
    for one in doomed:
        if one.tag != "footer" and one.getparent() is not None:
            one.getparent().remove(one)


def _remove_others(body: Any, story: Any) -> None:
    """Take out other articles: beside the story, and inside it unless they are most of it."""
    if story is None:
        return
    if story.tag in ("td", "table"):
        around = {story, *story.iterancestors("td"), *story.iter("td")}
        for cell in [one for one in body.iter("td") if one not in around]:
            drop(cell)
        _drop_last_links(story)
    whole = text_length(story)
    for element in list(body.iter("article", "section", "div")):
        if (
            element is story
            or not attached(element, body)
            or any(parent is element for parent in story.iterancestors())
        ):
            continue
        if element.tag != "article" and not _is_marked(element):
            continue
        inside = any(parent is story for parent in element.iterancestors())
        if not inside or (text_length(element) < 0.7 * whole and _has_heading(element)):
            drop(element)


def _drop_last_links(cell: Any) -> None:
    """Take out the lines of links that close a cell, which has no names that tell what they are."""
    for element in reversed(cell):
        if text_length(element) == 0 and not (element.tail or "").strip():
            continue
        if (element.tail or "").strip() or not is_links(element) or len(element.findall(".//a")) < _FEWEST_LINKS:
            return
        drop(element)


def _has_heading(element: Any) -> bool:
    return next(element.iter(*HEADINGS), None) is not None or element.find(".//a") is not None
