"""Front pages, sections, tags and archives: pages that list articles and are none themselves."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from index.reading.markup.tree import line_of, text_length, weight, wide_letters
from index.reading.pages.stated import article_objects, feed_address, meta
from index.told import Told, tell

_FEWEST = 4
_LONGEST_CARD = 700
_MOST_OF_IT = 0.8
_OWN_TEXT = 250
"""Characters of paragraphs outside the cards, with which a page is more than a list."""
_SHORTEST_TEXT = 40
_NO_TEXT = frozenset(("script", "style", "select", "textarea"))
_AROUND = frozenset(("header", "nav", "footer", "aside"))
_NOT_OWN = _AROUND | {"a"}


def why_a_list(root: Any, url: str | None) -> Told | None:
    """Why the page is no article but a list of them, and what to index instead; None if it is none."""
    if article_objects(root) or meta(root, "article:published_time"):
        return None
    body = root.find("body")
    body = root if body is None else body
    cards = _cards(body)
    if len(cards) < _FEWEST and not _is_of_links(body):
        return None
    if _own_text(body, cards) >= _OWN_TEXT:
        return None
    feed = feed_address(root)
    if feed:
        return tell(
            "This page lists articles and is none itself. Index its feed instead: {feed}",
            feed=urljoin(url or "", feed),
        )
    return tell("This page lists articles and is none itself. Index the articles, or the site's feed.")


def _is_of_links(body: Any) -> bool:
    """Whether next to nothing but links is on the page, as in what reading lists and browsers export."""
    links = [text_length(link) for link in body.iter("a")]
    return len(links) >= _FEWEST and sum(links) >= _MOST_OF_IT * text_length(body)


def _own_text(body: Any, cards: list[Any]) -> int:
    """How much the page says in running text, outside of cards and links, whatever elements it is in."""
    inside = {element for card in cards for element in card.iter()}
    own = 0
    for element in body.iter():
        if element in inside or not isinstance(element.tag, str) or element.tag in _NO_TEXT:
            continue
        said = [element.text or "", *(child.tail or "" for child in element)]
        sentences = sum(length for length in map(_weight, said) if length >= _SHORTEST_TEXT)
        if sentences and not any(one.tag in _NOT_OWN for one in (element, *element.iterancestors())):
            own += sentences
    return own


def _cards(body: Any) -> list[Any]:
    """What holds a headline that links somewhere, with a few lines at most."""
    found: dict[Any, None] = {}
    for link in body.iter("a"):
        text = line_of(link)
        if not link.get("href") or _weight(text) < 15 or not (text.count(" ") >= 2 or wide_letters(text)):
            continue
        if _around_the_page(link):
            continue
        card = _card(link)
        if card is not None:
            found[card] = None
    return list(found)


def _around_the_page(link: Any) -> bool:
    """Whether ``link`` stands in a header, footer or menu of the page; an article may have a header of its own."""
    tags = [parent.tag for parent in link.iterancestors()]
    return bool(_AROUND.intersection(tags)) and "article" not in tags


def _card(link: Any) -> Any:
    """The largest element around ``link`` that holds no other headline."""
    best = None
    for parent in link.iterancestors():
        if parent.tag in ("body", "main", "html") or parent.tag == "p":
            break
        if _says_more(parent, _LONGEST_CARD) or len(parent.findall(".//h1")) > 0:
            break
        if len(parent.findall(".//h2")) + len(parent.findall(".//h3")) > 1 or len(parent.findall(".//li")) > 1:
            break
        best = parent
    return best


def _says_more(element: Any, longest: int) -> bool:
    """Whether ``element`` says more than ``longest``, without reading on once it does."""
    said = 0
    for text in element.itertext():
        said += _weight(text)
        if said > longest:
            return True
    return False


def _weight(text: str) -> int:
    return weight(" ".join(text.split()))
