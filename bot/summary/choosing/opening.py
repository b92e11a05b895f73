"""What an article begins with: the sentence that tells its news, of the first ones that stand alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.content import content_words
from bot.summary.choosing.roles import has_role
from bot.summary.choosing.salience import Floats
from bot.summary.choosing.voice import is_bare_quote

_FIRST = 4


def opening(own: Sequence[ArticleSentence], worths: Floats) -> ArticleSentence:
    """The sentence with which an article tells its news; ``own`` are its statements in order, at least one.

    Of the first ones that stand alone and say something in the article's own words, it is the one that is worth
    the most (``worths``), if there are such ones among those that share a word with the title: what stands above
    may be of the author, or of the site.
    """
    alone = [
        place
        for place, one in enumerate(own[:_FIRST])
        if not (one.leans or is_bare_quote(one) or (place and has_role(one, "denial")))
    ]
    titled = frozenset(content_words(own[0].article.title))
    about = [place for place in alone if own[place].words & titled] or alone or [0]
    return own[max(about, key=lambda place: float(worths[place]))]
