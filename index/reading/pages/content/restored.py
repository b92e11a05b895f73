"""What an extractor left out of a story, put back where it stood."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from index.reading.markup.tree import is_links
from index.reading.markup.words import block_text
from index.reading.pages.content.told import HEADINGS, is_told
from index.reading.pages.stated import bare_words

_MOST = 100
"""Paragraphs left out; where there are more, it was not by mistake."""
_SAME = 0.7
"""Of its words; a paragraph that has more of them in those around its place is one that was cut in pieces."""
_LONGEST_MARK, _LONGEST_NOTE = 5, 600
_PLAIN = frozenset((*HEADINGS, "p", "ul", "ol", "dl", "table", "blockquote", "pre"))


def restored(
    paragraphs: Sequence[str], own: Sequence[str], title: str, notes: Sequence[str], plain: Collection[str] = ()
) -> list[str]:
    """``paragraphs`` with those of ``own``, all of the story's, that were left out.

    These are sentences, and lines that are ``plain`` parts of its text, between two of them or (sentences) between
    its ``title`` and the first, and ``notes`` behind the last: what else stands there, sites say of themselves.
    """
    places: dict[str, int] = {}
    for number, one in enumerate(paragraphs):
        places.setdefault(bare_words(one), number)
    known = bare_words(" ".join(paragraphs))
    named = {bare_words(note) for note in notes}
    wanted = bare_words(title)
    begun = wanted not in map(bare_words, own)
    last = -1
    waiting: list[str] = []
    left_out: dict[int, list[str]] = {}
    for one in own:
        key = bare_words(one)
        place = places.get(key, -1)
        if key == wanted:
            begun, waiting = True, []
        elif place > last:
            between = set(bare_words(" ".join(paragraphs[last + 1 : place])).split())
            left_out.setdefault(place, []).extend(one for one in waiting if not _is_among(one, between))
            last, waiting = place, []
            begun = True
        elif (
            begun and len(waiting) < _MOST and (is_told(one) or (last >= 0 and one in plain)) and key not in known
        ):
            waiting.append(one)
    behind = [one for one in waiting if bare_words(one) in named]
    return [part for number, one in enumerate(paragraphs) for part in (*left_out.get(number, ()), one)] + behind


def notes_of(story: Any) -> list[str]:
    """The notes of a story: what marks within its text lead to on the same page."""
    marks = [one for one in story.iter("a") if (one.get("href") or "").startswith("#")]
    names = {one.get("href")[1:] for one in marks if 0 < len("".join(one.itertext()).strip()) <= _LONGEST_MARK}
    targets = [one for one in story.iterfind(".//*[@id]") if one.get("id") in names] if names else []
    return [part for one in targets for part in block_text(one)[0].split("\n\n") if len(part) <= _LONGEST_NOTE]


def plain_lines(block: Any) -> set[str]:
    """The lines of a ``block`` of text that stand in nothing but what texts are made of, as their writers do."""
    found: set[str] = set()
    for one in (*block, *block.iter(*HEADINGS)):
        unnamed = one.tag in ("div", "section") and not (one.get("class") or one.get("id"))
        if (unnamed or one.tag in _PLAIN) and not is_links(one):
            found.update(block_text(one)[0].split("\n\n"))
    return found


def _is_among(paragraph: str, words: set[str]) -> bool:
    own = bare_words(paragraph).split()
    return sum(word in words for word in own) > _SAME * len(own)
