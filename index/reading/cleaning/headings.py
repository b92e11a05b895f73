"""Which paragraphs are headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.text.dates import find_date
from index.text.sentences import asks, ends_sentence

_LONGEST = 80
_MOST_WORDS = 12
_LONGEST_RUN = 2
"""More short lines than this in a row are a list, and belong to what the article says."""
_SHORTEST_BODY = 60

_GOES_ON = re.compile(r"[:;,：；，、،—–-][\"”“»’')\]]*$")
_STARTS_LIKE_TEXT = re.compile(r"[-–—−•*·▪‣>|@#+&(\[:,.;/=~…]|\d{1,2}:\d{2}\b|https?://|www\.")
_QUOTATION = re.compile(r"^[\"“„«‘'].*[\"”“»’']$")
_BYLINE = re.compile(
    r"^(?:by(?! (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|then|now|today|tomorrow)\b)"
    r"|von|door|par|por|di|от|автор|text|story|contributing|reporting|updated|published|follow|watch|read|more"
    r"|story|video|see also|related|lees|mehr|leer|lire|читайте)\b(?!.*\?$).*",
    re.IGNORECASE,
)
_LINK_LINE = re.compile(r"[^\W\d_]\??:[^\W\d_]")  # "MORE:What to know": a link whose label ran into it
_RECORD = re.compile(r"\w: |\$\s?\d|\d+(?:-|–)\d+|@|\||\d:\d\d\b|\.(?:com|org|net)\b")
_SENTENCE_AND_MORE = re.compile(r"[^\W\d_]{4,}[.!] \w")


def find_headings(paragraphs: Sequence[str], marked: Collection[str] = ()) -> set[int]:
    """Which of ``paragraphs`` (by number) are headings of the ones that follow.

    ``marked`` are the headings that the article's own format marks; where there are any, only these count.
    Otherwise a heading is a short line without the punctuation of a sentence, followed by a real paragraph;
    of several in a row the last heads it, and more than two in a row are a list.
    """
    if marked:
        return {number for number, paragraph in enumerate(paragraphs) if paragraph in marked}
    found: set[int] = set()
    run: list[int] = []
    for number, paragraph in enumerate(paragraphs):
        if looks_like_heading(paragraph):
            run.append(number)
            continue
        if run and _is_real(paragraph):
            found.update(run if len(run) <= _LONGEST_RUN else run[-1:])
        run = []
    if 0 in found and _looks_like_names(paragraphs[0]):
        found.remove(0)  # the author's name, above the text
    return found


def looks_like_heading(paragraph: str) -> bool:
    """Whether ``paragraph`` could be a heading, seen alone: short, and no sentence, quotation, date or byline."""
    return (
        len(paragraph) <= _LONGEST
        and len(paragraph.split(" ")) <= _MOST_WORDS
        and any(map(str.isalpha, paragraph))
        and not paragraph[0].islower()
        and not _STARTS_LIKE_TEXT.match(paragraph)
        and (asks(paragraph) or not ends_sentence(paragraph))
        and not _GOES_ON.search(paragraph)
        and not _QUOTATION.match(paragraph)
        and not _BYLINE.match(paragraph)
        and not _LINK_LINE.search(paragraph)
        and not _RECORD.search(paragraph)
        and not _SENTENCE_AND_MORE.search(paragraph)
        and find_date([paragraph]) is None
    )


def _is_real(paragraph: str) -> bool:
    return len(paragraph) > _LONGEST or (len(paragraph) >= _SHORTEST_BODY and ends_sentence(paragraph))


def _looks_like_names(paragraph: str) -> bool:
    words = paragraph.split(" ")
    return 2 <= len(words) <= 4 and all(word[:1].isupper() for word in words)
