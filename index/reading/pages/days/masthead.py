"""The lines between a headline and the text below it, and the days that stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import lxml.etree  # type: ignore[import-untyped]

from index.reading.markup.tree import text_length, weight
from index.reading.metadata.openings import is_who_said, opening_day
from index.reading.metadata.stamps import Stamp, day_told, stamps
from index.reading.pages.headline import headline_of

_BLOCKS = frozenset(
    "article blockquote br center dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li main ol p "
    "section table td th tr ul".split()
)
_SKIPPED = frozenset(
    "aside button figure footer form iframe nav noscript script select style svg template textarea".split()
)
_MOST_LINES = 30
_MOST_ABOVE = 5
_TOLD = 80
"""Letters of a line that is part of the story, or its summary."""
_LONGEST_LINE = 240
_LINK = 20
"""Letters of a link that is the headline of another story."""
_TEXT = 400
_EVENT = re.compile(
    r"(?<![a-z])(?<!pointer-)(?:event|calendar|agenda|termin|deadline|venue|schedule|startdate|enddate)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    pieces: Sequence[str]
    holder: Any
    below: bool


def masthead_days(root: Any, story: Any, language: str | None) -> tuple[datetime | None, datetime | None]:
    """When the ``story`` on the page ``root`` came out and was changed, as lines beside its headline tell."""
    body = root.find("body")
    body = root if body is None else body
    headline = headline_of(body)
    if headline is None:
        return None, None
    lines = list(_lines(body, headline))
    below = [one for one in _below(lines, language) if not _is_of_another(one.holder, headline)]
    for chosen in (below, _above(lines, story, headline)):
        found = [stamp for line in chosen for stamp in _stamps(line, language)]
        if found:
            return day_told(found)
    return opening_day([" | ".join(line.pieces) for line in below if not _is_event(line)], language), None


def _below(lines: Sequence[_Line], language: str | None) -> Iterator[_Line]:
    """The first lines below the headline, to the second that is told."""
    told = 0
    before = ""
    for line in [one for one in lines if one.below][:_MOST_LINES]:
        text = " ".join(line.pieces)
        told += weight(text) >= _TOLD and not stamps(text, language)
        if told > 1:
            return
        if not is_who_said(before, text):
            yield line
        before = text


def _above(lines: Sequence[_Line], story: Any, headline: Any) -> list[_Line]:
    """The lines above the headline in its own article."""
    if story.tag != "article" or story not in headline.iterancestors():
        return []
    above = [line for line in lines if not line.below][-_MOST_ABOVE:]
    return [line for line in above if line.holder is story or story in line.holder.iterancestors()]


def _stamps(line: _Line, language: str | None) -> list[Stamp]:
    if sum(map(len, line.pieces)) > _LONGEST_LINE or not any(map(str.isdigit, "".join(line.pieces))):
        return []
    found = stamps(" ".join(line.pieces), language) or stamps("|".join(line.pieces), language)
    return [one for one in found if one.published or one.changed] if found and _is_event(line) else found


def _is_event(line: _Line) -> bool:
    around = (line.holder, *line.holder.iterancestors())
    return any(_EVENT.search(f"{one.get('class')} {one.get('id')} {one.get('itemprop')}") for one in around)


def _is_of_another(holder: Any, headline: Any) -> bool:
    """Whether ``holder`` is part of a small box with a link to another story."""
    around = set(headline.iterancestors())
    for box in (holder, *holder.iterancestors()):
        if box in around or text_length(box) > _TEXT:
            return False
        if any(text_length(link) >= _LINK for link in box.iter("a")):
            return True
    return False


def _lines(body: Any, headline: Any) -> Iterator[_Line]:
    """The lines of the page, apart from its headline, with the pieces that each is put together of."""
    pieces: list[str] = []
    below = False
    walk = lxml.etree.iterwalk(body, events=("start", "end"), tag="*")
    for event, element in walk:
        parent = element.getparent()
        if event == "start":
            skipped = element.tag in _SKIPPED or element is headline
            if (element.tag in _BLOCKS or skipped) and pieces:
                yield _Line(tuple(pieces), parent if parent is not None else body, below)
                pieces.clear()
            if skipped:
                walk.skip_subtree()
            elif text := (element.text or "").strip():
                pieces.append(text)
            continue
        if element.tag in _BLOCKS and pieces:
            yield _Line(tuple(pieces), element, below)
            pieces.clear()
        below = below or element is headline
        if element is not body and (text := (element.tail or "").strip()):
            pieces.append(text)
    if pieces:
        yield _Line(tuple(pieces), body, below)
