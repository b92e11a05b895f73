"""What a site says to its readers at the edges of an article, told by the embedding model, and taken out.

Rules know the names of boxes and the usual words of some languages; what is asked in others, or in other words, is
known by its meaning. An article's own words between two others are never taken: hardly any asides stand there.
Losing what an article says is worse than keeping a foot, so that what has the form of a fact stays, too.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.article import Article, Section
from index.embedding.models import TellsAsides
from index.reading.kinds import is_typed

_log = logging.getLogger(__name__)

FIRST, LAST = 2, 4
"""How many paragraphs at the beginning and the end may be asides."""
LONGEST = 300
"""Characters; a longer paragraph tells something."""
_MOST = 0.5
"""The share of a text that is kept at least: what would go beyond is a text of its own kind, a list or a poem."""
_ITEM = re.compile(r"[-–—•*·▪] |\d+[.)] |.* \| ")
"""An item of a list, or a row of a table."""
_FACT = re.compile(
    r"\+?\b(?!(?:19|20)\d\d[-–/ ]+(?:19|20)\d\d\b)\d(?:[ ()/.–-]{0,2}\d){5,}"  # a telephone's number, no two years
    r"|\w@\w|\bwww\.|https?:|\b[a-z\d-]+\.[a-z]{2,12}\b"  # an address
    r"|[★☆⭐]|\b\d+(?:[.,]\d)? ?/ ?\d+\b"  # a rating
)
_LABELLED = re.compile(r"[^:：.!?。！？]{1,40}(?:: ?|：)(?:\S+\s+){0,4}\S+")
"""A source, a verdict, a number to call: "Source: Eurostat"."""
_LONGEST_LABELLED = 60
_OPENS = (":", "：")
_PAGE_OR_MAIL = re.compile(r"\.(?:x?html?|mht|mhtml|webarchive|eml|mbox)(?:[#:]\d+)*$", re.IGNORECASE)
_PART = re.compile(r"[#:]\d+$")
_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    section: int | None  # None for a heading


def has_site(article: Article, place: str) -> bool:
    """Whether a site may speak in ``article``, which is at ``place``: in pages, feeds, mails, what has an address.

    In what was typed, and in records without an address, all words are the article's.
    """
    if is_typed(_PART.sub("", place)):
        return False
    return article.url is not None or _PAGE_OR_MAIL.search(place) is not None


def without_asides(article: Article, model: TellsAsides) -> Article:
    """``article`` without the paragraphs at its edges that ``model`` takes for asides; they are credits then.

    A section's heading goes with all of its body. What ``may_be_aside`` rules out stays, and so does the
    whole text if more than half of it would go.
    """
    paragraphs = list(_paragraphs(article))
    edges = [n for n in range(len(paragraphs)) if n < FIRST or n >= len(paragraphs) - LAST]
    asked = [n for n in edges if paragraphs[n].section is not None and may_be_aside(paragraphs[n].text)]
    told = model.asides([paragraphs[n].text for n in asked])
    gone = _heading_nothing(paragraphs, {n for n, aside in zip(asked, told, strict=True) if aside})
    if not gone or sum(len(paragraphs[n].text) for n in gone) > _MOST * len(article.text):
        return article
    for number in sorted(gone):
        _log.debug("Not part of %s: %s", article.id, paragraphs[number].text)
    return _rest(article, paragraphs, gone)


def may_be_aside(text: str) -> bool:
    """Whether a paragraph may be an aside by its form: short, no item or row, no number, address or rating."""
    labelled = len(text) <= _LONGEST_LABELLED and _LABELLED.fullmatch(text)
    return len(text) <= LONGEST and not (_ITEM.match(text) or _FACT.search(text) or labelled)


def _paragraphs(article: Article) -> Iterator[_Paragraph]:
    sections = article.sections or (Section(None, 0, len(article.text)),)
    starts = [section.start for section in sections]
    ends = [section.end for section in sections]
    start = 0
    for text in article.text.split(_BREAK):
        within = bisect_right(starts, start) - 1
        yield _Paragraph(text, within if within >= 0 and start < ends[within] else None)
        start += len(text) + len(_BREAK)


def _heading_nothing(paragraphs: list[_Paragraph], asides: set[int]) -> set[int]:
    """``asides`` with the headings that they leave with nothing below, without what leads to text that stays."""
    gone = set(asides)
    behind: int | None = None  # the next paragraph that stays
    for number in reversed(range(len(paragraphs))):
        if paragraphs[number].section is None:
            emptied = number + 1 in gone
            under_it = emptied and paragraphs[number + 1].section is not None
            if emptied and (behind is None or (under_it and paragraphs[behind].section is None)):
                gone.add(number)
        elif behind is not None and paragraphs[number].text.endswith(_OPENS):
            gone.discard(number)
        if number not in gone:
            behind = number
    return gone


def _rest(article: Article, paragraphs: list[_Paragraph], gone: set[int]) -> Article:
    kept = [one for number, one in enumerate(paragraphs) if number not in gone]
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    position = 0
    for one in kept:
        if one.section is not None:
            starts.setdefault(one.section, position)
            ends[one.section] = position + len(one.text)
        position += len(one.text) + len(_BREAK)
    sections = [
        replace(section, start=starts[n], end=ends[n]) for n, section in enumerate(article.sections) if n in starts
    ]
    return replace(
        article,
        text=_BREAK.join(one.text for one in kept),
        sections=tuple(sections),
        credits=(*article.credits, *(paragraphs[number].text for number in sorted(gone))),
    )
