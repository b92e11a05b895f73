"""The days a page was published and changed, each as it states them of this very article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from index.reading.markup.tree import text_length
from index.reading.markup.words import block_text
from index.reading.metadata.days import plausible_day
from index.reading.metadata.openings import PARTS
from index.reading.pages.content.block import block_of
from index.reading.pages.days.masthead import masthead_days
from index.reading.pages.days.scripts import script_day
from index.reading.pages.stated import meta
from index.reading.phrases import phrases
from index.text.calendar import written_dates

_META = (
    *("article:published_time", "og:article:published_time", "datepublished", "publish-date", "publish_date"),
    *("parsely-pub-date", "sailthru.date", "pubdate", "publication_date", "published_time", "publishdate"),
    *("dcterms.created", "dcterms.issued", "dc.date.issued", "dc.date.created", "dc.date", "dcterms.date"),
    *("citation_publication_date", "citation_online_date", "date", "displaydate", "cxenseparse:recs:publishtime"),
)
_META_CHANGED = (
    *("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "modified_time"),
    *("updated_time", "dcterms.modified", "dc.date.modified", "citation_lastmodified_date", "lastmod"),
)
_CHANGED = phrases("changed")
_PUBLISHED = phrases("published")
_DATED = re.compile(
    r"(?<![a-z])date|date(?![a-z])|time(?![a-z])|publi|posted|byline|(?<![a-z])meta(?![a-z])|datum|fecha|created",
    re.IGNORECASE,
)
_LONGEST = 160
_LAST_LINES = 8
_SHORTEST_ENTRY = 12
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?:[/-]|$)")


def page_days(
    root: Any, story: Any, title: str, stated: dict[str, Any], url: str | None, language: str | None
) -> tuple[datetime | None, datetime | None]:
    """When the article in ``story``, a part of the page ``root``, came out and was changed, if that is clear.

    ``title`` and ``url`` are the article's, ``stated`` is what JSON-LD says of it.
    """
    out = (stated.get("datePublished"), stated.get("dateCreated"), meta(root, *_META))
    changed = (stated.get("dateModified"), meta(root, *_META_CHANGED))
    published, modified = _first_day(out, language), _first_day(changed, language)
    beside, beside_changed = masthead_days(root, story, language)
    if published is None or modified is None:
        told, told_changed = _told(story, language)
        published = published or told or beside or _in_address(url) or script_day(root, title, url)
        published = published or _at_the_foot(story, language)
        modified = modified or told_changed or beside_changed
    if published and published.tzinfo and not published.utcoffset():
        days = (plausible_day(one, language) for one in out)
        published = _as_shown(published, (*days, *_shown(story, published, language), beside))
    return published, modified


def _as_shown(moment: datetime, days: Iterable[datetime | None]) -> datetime:
    """``moment``, a time in UTC; or the first of ``days`` that can be its day where the page was made.

    A page states the one for programs, and shows its readers the other: clocks are up to 12 hours
    behind UTC and 14 ahead.
    """
    possible = {(moment + timedelta(hours=hours)).date() for hours in (-12, 0, 14)}
    shown = (one for one in days if one and not one.tzinfo and one.date() in possible)
    day = next(shown, None)
    return moment if day is None or day.date() == moment.date() else day


def _shown(story: Any, moment: datetime, language: str | None) -> Iterator[datetime | None]:
    """The days that readers see where the story's own elements mean this very ``moment``."""
    for element in story.iter("time"):
        if plausible_day(element.get("datetime")) == moment:
            yield plausible_day(" ".join(element.itertext()).strip(), language)


def _told(story: Any, language: str | None) -> tuple[datetime | None, datetime | None]:
    """The days that the story's own elements tell of it: published, and changed.

    Published is the day of one that is marked so, else of the first that is no change.
    """
    first: datetime | None = None
    published: datetime | None = None
    modified: datetime | None = None
    for element in story.iter():
        if not isinstance(element.tag, str) or not _is_date(element) or _is_of_an_entry(element):
            continue
        text = " ".join(element.itertext()).strip()
        marks = _marks(element)
        exact = element.get("datetime") or element.get("content")
        exact = exact or (element.get("title") if element.tag == "abbr" else None)  # as hAtom has it
        if _CHANGED.search(marks) and not _PUBLISHED.search(marks):
            modified = modified or _first_day((exact, _change(text) or text), language)
            continue
        found = _first_day((exact, _unchanged(text)), language) or _earliest(element, language)
        if _PUBLISHED.search(f"{marks} {text}"):
            published = published or found
        elif _is_changed(element, text):
            modified = modified or _first_day((exact, text), language)
            continue
        modified = modified or plausible_day(_change(text), language)
        first = first or found
    return published or first, modified


def _at_the_foot(story: Any, language: str | None) -> datetime | None:
    """The one day in a line that ends the text and opens with words for coming out: "Published in The Sun on"."""
    block = block_of(story)
    lines = (
        line
        for line in reversed(block_text(story if block is None else block)[0].split("\n"))
        if len(line) <= _LONGEST
    )
    for line in islice(lines, _LAST_LINES):
        days = written_dates(line, language) if _PUBLISHED.match(line) else []
        if len(days) == 1 and (day := plausible_day(line[days[0].start : days[0].end], language)):
            return day
    return None


def _earliest(element: Any, language: str | None) -> datetime | None:
    """The first of the days that the lines of ``element`` state, whatever words tell which is which."""
    lines = (part for line in block_text(element)[0].split("\n") for part in PARTS.split(line))
    days = [day for line in lines if not _CHANGED.search(line) and (day := plausible_day(line, language))]
    return min(days, key=datetime.date, default=None)


def _first_day(values: tuple[object, ...], language: str | None) -> datetime | None:
    return next(filter(None, (plausible_day(value, language) for value in values)), None)


def _is_date(element: Any) -> bool:
    if element.tag == "time":
        return True
    marks = _marks(element)
    dated = _DATED.search(marks) or _CHANGED.search(marks)
    return bool(dated) and sum(map(len, element.itertext())) <= _LONGEST


def _is_of_an_entry(element: Any) -> bool:
    """Whether ``element`` opens an item of a list that tells what happened when."""
    item = next(element.iterancestors("li", "tr", "dd"), None) if element.tag == "time" else None
    if item is None or text_length(item) < text_length(element) + _SHORTEST_ENTRY:
        return False
    return any(next(one.iter("time"), None) is not None for one in item.getparent() if one is not item)


def _marks(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"


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


def _change(text: str) -> str:
    """What ``text`` says of when something was changed."""
    place = _CHANGED.search(text)
    if place is None:
        return ""
    again = _PUBLISHED.search(text, place.end())
    return text[place.start() : again.start() if again else len(text)]


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
