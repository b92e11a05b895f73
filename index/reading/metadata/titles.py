"""Which title a document has: the one that it states in its properties, or the heading it begins with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.sentences import ends_sentence

_ABOVE, _LONGEST = 3, 120
"""Paragraphs above a heading, and their characters: a paper's name, a day, a section."""
_FEWEST_WORDS = 3
_SITE = re.compile(r"\s+(?:[|–—·•-]|::)\s")


def leading_heading(text: str, headings: Sequence[str]) -> str:
    """The first of ``headings``, if ``text`` begins with it or with lines that tell nothing; else nothing."""
    for paragraph in text.split("\n\n")[: _ABOVE + 1]:
        if headings and paragraph == headings[0]:
            return headings[0]
        if len(paragraph) > _LONGEST or ends_sentence(paragraph):
            break
    return ""


def document_title(stated: str, heading: str) -> str:
    """The ``stated`` title, or the ``heading`` above the text where they share no word: a template's title."""
    heading = " ".join(heading.split())
    said, read = _words(stated), _words(heading)
    if len(read) >= _FEWEST_WORDS and not said & read:
        return heading
    return without_site(stated, heading)


def without_site(stated: str, heading: str) -> str:
    """``heading`` where nothing is stated, or what is ``stated`` adds the name of a site to it."""
    is_longer = stated.casefold().startswith(heading.casefold()) and _SITE.match(stated, len(heading))
    return heading if not stated or is_longer else stated


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
