"""What a site says to its readers above and below an article, told by the embedding model, and taken out.

Rules know the names of boxes and the usual words of some languages; what is asked in others, or in other words, is
known by its meaning. An article's own words between two others are never taken: hardly any asides stand there.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from index.article import Article, Section
from index.embedding.models import TellsAsides

_log = logging.getLogger(__name__)

_FIRST, _LAST = 2, 4
"""How many paragraphs at the beginning and the end may be asides."""
_LONGEST = 300
"""Characters; a longer paragraph tells something."""
_MOST = 0.5
"""The share of a text that is kept at least: what would go beyond is a text of its own kind, a list or a poem."""
_ITEM = re.compile(r"[-–—•*·▪] |\d+[.)] |.* \| ")
"""An item of a list, or a row of a table."""
_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    section: int | None  # None for a heading


def without_asides(article: Article, model: TellsAsides) -> Article:
    """``article`` without the paragraphs at its beginning and end that ``model`` takes for asides.

    Headings, items of lists and rows of tables stay, and so does the whole text if more than half of it would go.
    """
    paragraphs = list(_paragraphs(article))
    edges = [n for n in range(len(paragraphs)) if n < _FIRST or n >= len(paragraphs) - _LAST]
    asked = [n for n in edges if _may_be_aside(paragraphs[n])]
    told = model.asides([paragraphs[n].text for n in asked])
    gone = {n for n, aside in zip(asked, told, strict=True) if aside}
    if not gone or sum(len(paragraphs[n].text) for n in gone) > _MOST * len(article.text):
        return article
    for number in sorted(gone):
        _log.debug("Not part of %s: %s", article.id, paragraphs[number].text)
    return _rest(article, paragraphs, gone)


def _paragraphs(article: Article) -> Iterator[_Paragraph]:
    sections = article.sections or (Section(None, 0, len(article.text)),)
    start = 0
    for text in article.text.split(_BREAK):
        within = (n for n, section in enumerate(sections) if section.start <= start < section.end)
        yield _Paragraph(text, next(within, None))
        start += len(text) + len(_BREAK)


def _may_be_aside(paragraph: _Paragraph) -> bool:
    text = paragraph.text
    return paragraph.section is not None and len(text) <= _LONGEST and not _ITEM.match(text)


def _rest(article: Article, paragraphs: list[_Paragraph], gone: Set[int]) -> Article:
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
    return replace(article, text=_BREAK.join(one.text for one in kept), sections=tuple(sections))
