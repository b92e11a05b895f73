"""What sites put between and below paragraphs: links to other stories, newsletters, rights, captions, buttons."""

from __future__ import annotations

from index.reading.phrases import phrases

_LONGEST = 240
"""Characters; a longer paragraph says something of its own."""
_EDGES = " \t\"\u201c\u201d\u201e\u00ab\u00bb'.,;:!…()[]-–—*•>→»"
_LEADS_ON = r"[-–—*•▪►>→\[(\s]*{}\s*(?:[:\uff1a|»→]|–|—)\s*\S.*"
_RIGHTS = r"(?:(?:©|\(c\)|copyright\b)[^.\n]{0,120}|[^.\n]{0,80})\.?\s*{}(?!\w).{0,120}"


def is_boilerplate(paragraph: str) -> bool:
    """Whether ``paragraph``, or one sentence of it, is the site speaking, not the article."""
    if len(paragraph) > _LONGEST:
        return False
    if phrases("remains").search(paragraph):
        return True
    if phrases("line").fullmatch(paragraph.strip(_EDGES)):
        return True
    return bool(
        phrases("leads_on", _LEADS_ON).fullmatch(paragraph)
        or phrases("rights", _RIGHTS).fullmatch(paragraph)
        or phrases("asks").fullmatch(paragraph)
    )


def leads_to_others(paragraph: str) -> bool:
    """Whether ``paragraph`` is a heading above other stories, and no list of the article's own goes by it."""
    heading = paragraph.strip(_EDGES)
    is_next = len(paragraph) <= _LONGEST and phrases("next").fullmatch(heading) is not None
    return is_next and phrases("next_or_own").fullmatch(heading) is None


def is_note(paragraph: str) -> bool:
    """Whether ``paragraph`` is one in which the article speaks of itself: when it came out, who wrote it."""
    return bool(phrases("note").match(paragraph.lstrip(_EDGES)))


def is_roundup(title: str) -> bool:
    """Whether an article with this ``title`` lists many stories and tells none."""
    return bool(phrases("roundup").search(title))
