"""Lists on a page whose entries have one look: headlines that lead on, and what readers said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from index.reading.markup.tree import line_of, text_length
from index.reading.metadata.days import plausible_day
from index.reading.metadata.stamps import stamps
from index.reading.pages.content.told import HEADINGS, tells_beside_links
from index.text.sentences import ends_sentence

_ENTRIES = ("div", "li", "article", "section", "dd", "tr")
_NUMBER = re.compile(r"\b\d{1,3}\b")
_COUNT = re.compile(r"[(（](\d{1,3})[)）]")
_MOST_ENTRIES = 200
_SHORTEST_LINK = 15
_FEWEST_PIECES, _MOST_PIECES = 3, 12
"""What an entry says in pieces: a name, a day and what is said."""
_FEWEST_SIGNED = 3
_NONE = -1_000
_LONGEST_STAMP = 80
_SHORTEST_SAID = 15


def has_cards(part: Any) -> bool:
    """Whether ``part`` holds several headlines of one look that lead on, each with a label below it."""
    return _has_alike((one, int(one is not part and _opens_with_link(one))) for one in _entries(part))


def has_entries(part: Any, published: datetime | None) -> bool:
    """Whether ``part`` holds entries in which readers spoke of what was ``published`` then.

    A heading says how many there are: "Comments (2)", or "3 comments" above three that are signed. Entries with
    names and days that are not counted may be a chronology or what people of the story said of it.
    """
    headings = [line_of(one) for one in part.iter(*HEADINGS)]
    counts = {int(one) for heading in headings for one in _COUNT.findall(heading)}
    if counts:
        alike = Counter(_kind(one) for one in _entries(part) if one.get("class"))
        counted = any(count > 1 and count in counts for count in alike.values())
        return counted or _has_alike((one, _signs(one, published)) for one in _entries(part))
    numbers = {int(one) for heading in headings for one in _NUMBER.findall(heading)}
    signed = Counter(_kind(one) for one in _entries(part) if numbers and _signs(one, published) > 0)
    return any(count >= _FEWEST_SIGNED and count in numbers for count in signed.values())


def _entries(part: Any) -> Iterator[Any]:
    return islice(part.iter(*_ENTRIES), _MOST_ENTRIES)


def _has_alike(signs: Iterable[tuple[Any, int]]) -> bool:
    """Whether the entries of one look have two signs together, of those that each has."""
    looks: Counter[tuple[Any, ...]] = Counter()
    for entry, count in signs:
        if count:
            looks[_kind(entry)] += count
    return any(count > 1 for count in looks.values())


def _opens_with_link(entry: Any) -> bool:
    link = next(entry.iter("a"), None)
    if link is None or text_length(link) < _SHORTEST_LINK or text_length(entry) <= text_length(link):
        return False
    if not line_of(entry).startswith(line_of(link)) or (link.tail or "").strip():
        return False
    return not tells_beside_links(entry)


def _signs(entry: Any, published: datetime | None) -> int:
    """How much tells that ``entry`` is a reader's (2 is enough): a day since the story came out, beside a name."""
    said = [text for one in entry.itertext() if (text := one.strip())][:_MOST_PIECES]
    short = [(place, text) for place, text in enumerate(said) if len(text) <= _LONGEST_STAMP]
    dated = [(place, stamp.day) for place, text in short for stamp in stamps(text)]
    if (time := next(entry.iter("time"), None)) is not None and (day := plausible_day(time.get("datetime"))):
        dated.append((len(said), day))
    if len(said) < _FEWEST_PIECES or len({day.date() for _, day in dated}) != 1:
        return 0  # of several days it is a list
    if dated[0][0] == 0:
        return 0  # what opens with its day is part of a chronology
    if published and all(day.date() < published.date() for _, day in dated):
        return _NONE
    if dated[0][0] == 1:  # behind a name
        return 2
    speaks = any(len(text) >= _SHORTEST_SAID and ends_sentence(text) for text in said)
    return (2 if published else 1) if speaks else 0


def _kind(element: Any) -> tuple[Any, ...]:
    """What entries of one list have in common."""
    return element.getparent(), element.tag, element.get("class")
