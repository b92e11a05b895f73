"""What stands around and amid a story's text in the part of the page that is its own, and is no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from index.reading.markup.tree import drop, is_links, line_of, text_length, weight
from index.reading.metadata.stamps import stamps
from index.reading.pages.content.block import block_of
from index.reading.pages.content.entries import has_cards, has_entries
from index.reading.pages.headline import headline_of
from index.text.sentences import ends_sentence

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = ("p", "li", "blockquote", "dd", "div", "td")
_LISTS = ("table", "ul", "ol", "dl")
_PLAIN = frozenset((*_LISTS, "blockquote", "figure", "pre"))
_BOXES = frozenset(("div", "section", "center", "details", "span"))
_TICKED = ("checkbox", "radio", "hidden", "button")
_SHORTEST = 40
_LONGEST_BOX = 600
_SOME = 0.2
"""Of the text; what has more of it behind the rest is no foot."""
_MOST_LED_ON = 0.4
"""Of the text; where more of it is headlines that lead on, the story is a list of them."""
_ON_SITE = re.compile(r"(?!#|\w+:|//|$)")


def drop_edges(story: Any, writer: str | None, published: datetime | None) -> None:
    """Take out of ``story`` what is no part of what it tells.

    Above its text that is what says no more than where it is filed; amid it, links and forms; behind it what tells
    nothing, what is told of the ``writer``, what readers said since it was ``published``, and all that follows the
    first links.
    """
    block = block_of(story)
    if block is None:
        return
    for part in list(_above(block, headline_of(story))):
        if (part.tag in _BOXES or part.tag in ("ul", "ol")) and not _says_something(part):
            drop(part)
    looks = {_look(one) for one in block if _is_sentence(one)}
    for part in [one for one in block if one.tag in _BOXES and _asks(one)]:
        drop(part)
    leading = [one for one in block if _leads_on(one, looks)]
    if sum(map(text_length, leading)) <= _MOST_LED_ON * text_length(block):
        for part in leading:
            drop(part)
    behind = list(_behind(block, story))
    kept = _told_behind(behind, looks, _SOME * text_length(block), writer, published)
    last = max(kept, default=-1)
    for place, (part, _) in enumerate(behind):
        if place not in kept and (place > last or not _is_neutral(part)):
            drop(part)


def _above(block: Any, headline: Any) -> Iterator[Any]:
    """The parts between ``headline`` and what ``block`` tells."""
    if headline is None:
        return
    around = [block, *block.iterancestors()]
    first = headline
    while first.getparent() is not None and first.getparent() not in around:
        yield from first.itersiblings()
        first = first.getparent()
    shared = first.getparent()
    for one in first.itersiblings():
        if one in around or _is_sentence(one):
            break
        yield one
    for holder in around[: around.index(shared)] if shared in around else ():
        if holder.getparent() is not shared:
            yield from holder.itersiblings(preceding=True)


def _behind(block: Any, story: Any) -> Iterator[tuple[Any, Any]]:
    """The parts behind ``block`` in ``story``, each with what holds the block beside it."""
    while block is not story:
        yield from [(one, block) for one in block.itersiblings() if isinstance(one.tag, str)]
        block = block.getparent()


def _says_something(part: Any) -> bool:
    if next(part.iter("table", "dl"), None) is not None:
        return True
    return _is_long(part) and not stamps(line_of(part))


def _leads_on(part: Any, looks: set[tuple[str, str]]) -> bool:
    """Whether ``part`` of a text leads to other stories: it is links and has not the look of what tells."""
    if part.tag in _BOXES:
        return is_links(part) or has_cards(part)
    return part.tag == "p" and bool(part.get("class")) and _look(part) not in looks and is_links(part)


def _asks(part: Any) -> bool:
    """Whether ``part`` is a short one in which readers write something: an address, a comment."""
    fields = (one for one in part.iter("form", "textarea", "input") if one.get("type") not in _TICKED)
    return next(fields, None) is not None and text_length(part) <= _LONGEST_BOX


def _told_behind(
    parts: Sequence[tuple[Any, Any]],
    looks: set[tuple[str, str]],
    some: float,
    writer: str | None,
    published: datetime | None,
) -> set[int]:
    """Which of ``parts``, each with the one beside it that holds the text, tell more of the story."""
    kept: set[int] = set()
    ended = False
    for place, (part, holder) in enumerate(parts):
        ended = ended or _is_list_of_links(part)
        if not _tells(part, looks) or _is_about(part, writer) or has_entries(part, published):
            continue
        alike = _look(part) == _look(holder) or (part.tag == "p" and not part.get("class"))
        if not ended or alike or text_length(part) > some:
            kept.add(place)
    return kept


def _tells(part: Any, looks: set[tuple[str, str]]) -> bool:
    """Whether ``part`` says something: in sentences, in a list, or as the heading of what follows."""
    if part.tag in _HEADINGS:
        following = part.getnext()
        return following is not None and following.tag not in _HEADINGS
    if is_links(part) or has_cards(part) or _asks(part):
        return False
    if part.tag == "p":
        return not part.get("class") or _look(part) in looks or _is_sentence(part)
    if any(map(_is_sentence, part.iter(*_PARAGRAPHS))):
        return True
    if part.tag in _PLAIN:
        return next(part.iter("a"), None) is None
    headed = next(part.iter(*_HEADINGS, "table", "strong", "b"), None) is not None
    return headed and (any(not is_links(one) for one in part.iter(*_LISTS)) or any(map(_is_long, part.iter("p"))))


def _is_neutral(part: Any) -> bool:
    """Whether ``part``, which does not tell by itself, may belong to what is told before and behind it."""
    return not is_links(part) and not has_cards(part) and next(part.iter(*_LISTS), None) is not None


def _is_sentence(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    return ends_sentence(line_of(element)) and _is_long(element)


def _is_long(element: Any) -> bool:
    return weight(line_of(element)) >= _SHORTEST and not is_links(element)


def _is_list_of_links(part: Any) -> bool:
    """Whether ``part`` is links to other pages of the site; those to share a story lead elsewhere."""
    leading = (one for one in part.iter("a") if _ON_SITE.match(one.get("href") or "") or one.get("rel"))
    return is_links(part) and next(leading, None) is not None


def _is_about(part: Any, writer: str | None) -> bool:
    """Whether ``part`` opens with the name of the ``writer``, as what tells of her does."""
    return bool(writer) and line_of(part).startswith(str(writer))


def _look(element: Any) -> tuple[str, str]:
    return element.tag, element.get("class") or ""
