"""The day a page was published: what it states of this very article, never when it was changed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from index.reading.pages.stated import meta
from index.reading.phrases import phrases
from index.reading.published import plausible_day

_META = (
    *("article:published_time", "og:article:published_time", "datepublished", "publish-date", "publish_date"),
    *("parsely-pub-date", "sailthru.date", "pubdate", "publication_date", "published_time", "publishdate"),
    *("dcterms.created", "dcterms.issued", "dc.date.issued", "dc.date.created", "dc.date", "dcterms.date"),
    *("citation_publication_date", "citation_online_date", "date", "displaydate", "cxenseparse:recs:publishtime"),
)
_CHANGED = phrases("changed")
_PUBLISHED = phrases("published")
_DATED = re.compile(
    r"\bdate|date\b|time\b|publi|posted|byline|dateline|entry-meta|post-meta|\bmeta\b|datum|fecha|created",
    re.IGNORECASE,
)
_LONGEST = 160
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?:[/-]|$)")


def page_day(
    root: Any, story: Any, stated: dict[str, Any], url: str | None, language: str | None
) -> datetime | None:
    """When the article in ``story`` (a part of the page ``root``) came out; None if that is not said clearly.

    ``stated`` is what JSON-LD says of it.
    """
    for value in (stated.get("datePublished"), stated.get("dateCreated"), meta(root, *_META)):
        if found := plausible_day(value, language):
            return found
    return _told(story, language) or _in_address(url)


def _told(story: Any, language: str | None) -> datetime | None:
    """The day that the story's own elements tell: one marked as published, else the first that is not a change."""
    first: datetime | None = None
    for element in story.iter():
        if not isinstance(element.tag, str) or not _is_date(element):
            continue
        text = " ".join(element.itertext()).strip()
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
        if _CHANGED.search(marks) and not _PUBLISHED.search(marks):
            continue
        exact = element.get("datetime") or element.get("content")
        exact = exact or (element.get("title") if element.tag == "abbr" else None)  # as hAtom has it
        found = plausible_day(exact, language)
        found = found or plausible_day(_unchanged(text), language)
        if found is None:
            continue
        if _PUBLISHED.search(f"{marks} {text}"):
            return found
        if first is None and not _is_changed(element, text):
            first = found
    return first


def _is_date(element: Any) -> bool:
    if element.tag == "time":
        return True
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
    return bool(_DATED.search(marks)) and sum(map(len, element.itertext())) <= _LONGEST


def _unchanged(text: str) -> str:
    """What ``text`` says besides when something was changed."""
    place = _CHANGED.search(text)
    if place is None:
        return text
    before = text[: place.start()]
    if any(map(str.isdigit, before)):
        return before
    again = _PUBLISHED.search(text, place.end())
    return text[again.start() :] if again else ""


def _is_changed(element: Any, text: str) -> bool:
    before = element.getprevious()
    said = (
        (before.tail or "")
        if before is not None
        else ((element.getparent().text or "") if element.getparent() is not None else "")
    )
    return bool(_CHANGED.search(said[-40:])) or bool(_CHANGED.search(text) and not _unchanged(text))


def _in_address(url: str | None) -> datetime | None:
    try:
        found = _IN_ADDRESS.search(urlsplit(url or "").path)
    except ValueError:  # a page may call anything its address
        return None
    return plausible_day("-".join(f"{int(part):02}" for part in found.groups())) if found else None
