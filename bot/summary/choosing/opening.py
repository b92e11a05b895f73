"""What an article begins with: the first sentence that stands alone, and tells of what its title says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.content import content_words
from bot.summary.choosing.roles import has_role

_FIRST = 4
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]+[\"”“»]|‘[^’]+’(?!\w)")
_MOSTLY = 0.5


def opening(own: Sequence[ArticleSentence]) -> ArticleSentence:
    """The sentence with which an article begins; ``own`` are its statements in order, at least one.

    Of the first ones that stand alone and say something in the article's own words, the first that shares a word
    with the title: what stands above may be of the author, or of the site.
    """
    alone = [
        one
        for place, one in enumerate(own[:_FIRST])
        if not (one.leans or is_bare_quote(one) or (place and has_role(one, "denial")))
    ]
    titled = frozenset(content_words(own[0].article.title))
    return next((one for one in alone if one.words & titled), alone[0] if alone else own[0])


def is_bare_quote(one: ArticleSentence) -> bool:
    """Whether a sentence is hardly more than somebody's words: they are no event."""
    letters = sum(map(str.isalnum, one.text))
    quoted = sum(sum(map(str.isalnum, found[0])) for found in _QUOTED.finditer(one.text))
    return quoted > _MOSTLY * letters
