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
from index.text.sentences import ends_sentence

_ENTRIES = ("div", "li", "article", "section", "dd", "tr")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_NUMBER = re.compile(r"\b\d{1,3}\b")
_MOST_ENTRIES = 200
_SHORTEST_LINK = 15
_FEWEST_PIECES, _MOST_PIECES = 3, 12
"""What an entry says in pieces: a name, a day and what is said."""
_NONE = -1_000
_LONGEST_STAMP = 80
_SHORTEST_SAID = 15


def has_cards(part: Any) -> bool:
    """Whether ``part`` holds several headlines of one look that lead on, each with something below it."""
    return _has_alike((one, int(one is not part and _opens_with_link(one))) for one in _entries(part))


def has_entries(part: Any, published: datetime | None) -> bool:
    """Whether ``part`` holds entries in which readers spoke of what was ``published`` then."""
    return _has_alike((one, _signs(one, published)) for one in _entries(part)) or _are_counted(part)


def _entries(part: Any) -> Iterator[Any]:
    return islice(part.iter(*_ENTRIES), _MOST_ENTRIES)


def _has_alike(signs: Iterable[tuple[Any, int]]) -> bool:
    """Whether the entries of one look have two signs together, of those that each has."""
    looks: Counter[tuple[Any, ...]] = Counter()
    for entry, count in signs:
        if count:
            looks[_kind(entry)] += count
    return any(count > 1 for count in looks.values())


def _are_counted(part: Any) -> bool:
    """Whether a heading of ``part`` says how many entries stand below it: "Comments (2)"."""
    numbers = {int(one) for heading in part.iter(*_HEADINGS) for one in _NUMBER.findall(line_of(heading))}
    counts = Counter(_kind(one) for one in _entries(part) if numbers and one.get("class"))
    return any(count > 1 and count in numbers for count in counts.values())


def _opens_with_link(entry: Any) -> bool:
    link = next(entry.iter("a"), None)
    if link is None or text_length(link) < _SHORTEST_LINK or text_length(entry) <= text_length(link):
        return False
    return line_of(entry).startswith(line_of(link)) and not (link.tail or "").strip()


def _signs(entry: Any, published: datetime | None) -> int:
    """How much tells that ``entry`` is a reader's (2 is enough): a day since the story came out, beside a name."""
    said = [text for one in entry.itertext() if (text := one.strip())][:_MOST_PIECES]
    short = [(place, text) for place, text in enumerate(said) if len(text) <= _LONGEST_STAMP]
    dated = [(place, stamp.day) for place, text in short for stamp in stamps(text)]
    if (time := next(entry.iter("time"), None)) is not None and (day := plausible_day(time.get("datetime"))):
        dated.append((len(said), day))
    if len(said) < _FEWEST_PIECES or len({day.date() for _, day in dated}) != 1:
        return 0  # of several days it is a list
    if published and all(day.date() < published.date() for _, day in dated):
        return _NONE
    if dated[0][0] == 1:  # behind a name
        return 2
    speaks = any(len(text) >= _SHORTEST_SAID and ends_sentence(text) for text in said)
    return (2 if published else 1) if speaks else 0


def _kind(element: Any) -> tuple[Any, ...]:
    """What entries of one list have in common."""
    return element.getparent(), element.tag, element.get("class")
