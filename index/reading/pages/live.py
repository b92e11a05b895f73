"""Live blogs: one article with the page's title, in which each post keeps its time and its heading."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from index.reading.markup.tree import drop, is_links, line_of
from index.reading.markup.words import block_text
from index.reading.pages.stated import article_objects
from index.text.sentences import ends_sentence

_TIME = re.compile(
    r"(?:^|\s)(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?\s?(?:uhr|[ap]\.?m\.?|h|Uhr|uur|ч\.?|[A-Z]{2,4})?(?:$|[\s,–-])",
    re.IGNORECASE,
)
_LIVE = re.compile(r"live-?(?:blog|ticker|update|feed|post|text)|ticker|minute-by-minute|liveblog", re.IGNORECASE)
_TOLD = ("h2", "h3", "p", "li", "blockquote", "div")
_FEWEST = 3
_LONGEST_TIME = 60
_SHORTEST_TOLD = 40


@dataclass(frozen=True, slots=True)
class _Post:
    time: str
    text: str
    headings: tuple[str, ...]


def live_posts(root: Any) -> tuple[str, tuple[str, ...]] | None:
    """The posts of a live blog as paragraphs, and which of them are headings ("18:42 Bridge reopened").

    None if the page is no live blog: it is one if it says so, or if at least three parts of one kind each begin
    with a time.
    """
    declared = any("LiveBlog" in str(one.get("@type")) for one in article_objects(root))
    declared = declared or any(
        "LiveBlogPosting" in (one.get("itemtype") or "") for one in root.iterfind(".//*[@itemtype]")
    )
    body = root.find("body")
    posts = _posts(root if body is None else body, declared)
    if posts is None:
        return None
    holder = posts[0].getparent()
    before = _introduction(root if body is None else body, holder, posts)
    found = [_read(post) for post in posts]
    paragraphs = [*before]
    headings: list[str] = []
    for post in found:
        rest = post.text.split("\n\n")
        title = post.time
        if post.headings and rest[0] == post.headings[0]:
            title = f"{post.time} {rest.pop(0)}".strip()
        if title:
            headings.append(title)
            paragraphs.append(title)
        paragraphs += [one for one in rest if one]
    return "\n\n".join(paragraphs), tuple(headings)


def _posts(body: Any, declared: bool) -> list[Any] | None:
    """The elements that are posts: at least three siblings of one kind that each begin with a time."""
    families: Counter[tuple[Any, str]] = Counter()
    members: dict[tuple[Any, str], list[Any]] = {}
    for element in body.iter("article", "section", "div", "li"):
        parent = element.getparent()
        if parent is None or not _begins_with_time(element):
            continue
        key = (parent, element.tag)
        families[key] += 1
        members.setdefault(key, []).append(element)
    if not families:
        return None
    key, count = max(families.items(), key=lambda one: (one[1], _length(members[one[0]])))
    if count < (2 if declared else _FEWEST):
        return None
    holder = key[0]
    marks = " ".join((one.get("class") or "") + " " + (one.get("id") or "") for one in [holder, *members[key]])
    share = _length(members[key]) / max(1, _length([body]))
    return members[key] if declared or _LIVE.search(marks) or (share > 0.6 and _are_posts(members[key])) else None


def _are_posts(elements: list[Any]) -> bool:
    """Whether they tell something each, rather than being teasers that link to it, or stories of their own."""
    if sum(one.find(".//h1") is not None for one in elements) > 1:
        return False
    linked = sum(one.find(".//h2//a") is not None or one.find(".//h3//a") is not None for one in elements)
    return linked < len(elements) / 2 and _length(elements) / len(elements) > 60


def _length(elements: list[Any]) -> int:
    return sum(len("".join(one.itertext()).strip()) for one in elements)


def _begins_with_time(element: Any) -> bool:
    return _time_element(element) is not None


def _time_element(element: Any) -> Any:
    """The first element with text in a post, or a time element near its top, if it is a time of day."""
    for number, inner in enumerate(element.iter()):
        if number > 12:
            return None
        text = line_of(inner) if isinstance(inner.tag, str) else ""
        if inner is element or not text or len(text) > _LONGEST_TIME:
            continue
        if inner.tag == "time" or (_TIME.search(text) and len(text) < 40 and inner.tag not in ("p", "li")):
            return inner if _TIME.search(text) or inner.get("datetime") else None
        if inner.tag in ("p", "h1", "h2", "h3", "h4", "h5") and not _TIME.search(text):
            continue
    return None


def _read(post: Any) -> _Post:
    stamp = _time_element(post)
    time = line_of(stamp) if stamp is not None else ""
    if stamp is not None and not _TIME.search(time):
        time = (re.search(r"T(\d\d:\d\d)", stamp.get("datetime") or "") or [None, time])[1] or time
    if stamp is not None and stamp is not post:
        drop(stamp)
    text, headings = block_text(post)
    return _Post(time, text.removeprefix("- "), tuple(one.removeprefix("- ") for one in headings))


def _introduction(body: Any, holder: Any, posts: list[Any]) -> list[str]:
    """What is told between the headline and the posts."""
    seen = False
    found: list[str] = []
    for element in body.iter("h1", *_TOLD, holder.tag, posts[0].tag):
        if (element is holder and element is not body) or element is posts[0]:
            break
        if element.tag == "h1":
            seen, found = True, []
        elif (
            element.tag in _TOLD
            and seen
            and not is_links(element)
            and next(element.iterdescendants(*_TOLD), None) is None
        ):
            text = line_of(element)
            if element.tag == "div" and (len(text) < _SHORTEST_TOLD or not ends_sentence(text)):
                continue  # a button, a credit, a day
            found += [f"- {text}" if element.tag == "li" else text] if text else []
    return found
