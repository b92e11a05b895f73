"""Which title a document has: the one that it states in its properties, or the heading it begins with."""

from __future__ import annotations

import re

_FEWEST_WORDS = 3
_SITE = re.compile(r"\s+(?:[|–—·•-]|::)\s")


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
