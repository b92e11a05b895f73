"""The headline of what is told: the title of one of its articles."""

from __future__ import annotations

from collections.abc import Sequence

from index.errors import EmbeddingError
from index.library import Library
from index.reading.cleaning.boilerplate import is_roundup

_CUT_OFF = ("...", "…")


def choose_headline(library: Library, told: str, titles: Sequence[str]) -> str:
    """Of ``titles`` the nearest to what is ``told`` first; "" if there is none.

    One that is cut off or that of a round-up is taken only where all are.
    """
    given = list(dict.fromkeys(title for title in titles if title))
    whole = [title for title in given if not (title.endswith(_CUT_OFF) or is_roundup(title))] or given
    if len(whole) < 2:
        return "".join(whole)
    try:
        near = library.similarities(told, whole)
    except EmbeddingError:  # what is told stands, and may be paid for
        return whole[0]
    return whole[max(range(len(whole)), key=lambda number: near[number])]
