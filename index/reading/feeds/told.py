"""What a feed itself tells of an article: all of it, or a teaser."""

from __future__ import annotations

import re

from index.reading.extracted import Extracted
from index.reading.feeds.entries import Entry, Feed
from index.reading.markup.tree import weight
from index.reading.markup.words import as_words
from index.reading.metadata.fields import web_address
from index.reading.pages.walls import SHORTEST_ARTICLE

_LONG_SUMMARY = 400
"""Letters; a summary as long as this is the article."""
_BROKEN_OFF = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|(?:read|continue|view|see|lees|weiter|mehr|lire|leer|читати|читать)[^.\n]{0,40}(?:»|→|>|…)?)\s*$",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"\n\n(?:The post .{1,300} (?:appeared first on|first appeared on) .{1,200}|(?:Read|Continue) [^\n]{0,80})\s*$"
)


def read_entry(entry: Entry, feed: Feed) -> Extracted:
    """What ``feed`` says of the article of ``entry``, its text as far as the feed holds it."""
    text, headings = as_words(entry.content)
    return Extracted(
        text=_POSTED.sub("", text),
        title=entry.title or "",
        url=web_address(entry.url),
        source=feed.title,
        author=entry.author,
        published_at=entry.published_at,
        modified_at=entry.modified_at,
        language=feed.language,
        headings=headings,
    )


def is_whole(text: str, *, whole: bool) -> bool:
    """Whether ``text`` seems to be the whole article; ``whole``: the feed calls it the content, not a summary."""
    if _BROKEN_OFF.search(text.split("\n\n")[-1][-80:]) and weight(text) < 3000:
        return False
    return weight(text) >= (SHORTEST_ARTICLE if whole else _LONG_SUMMARY)
