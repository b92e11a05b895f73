"""What an article begins with: the sentence that tells its news, of the first ones that stand alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer.disagreement.statements import ArticleSentence
from bot.summary.choosing.references import points_back
from bot.summary.choosing.roles import has_role
from bot.summary.choosing.salience import Floats
from bot.summary.choosing.voice import is_bare_quote, is_item


def opening(own: Sequence[ArticleSentence], telling: Floats) -> ArticleSentence:
    """The sentence with which an article tells its news; ``own`` are its first statements in order, at least one.

    Of those that stand alone and say something in the article's own words, it is the one that is the most
    ``telling``.
    """
    alone = [
        place
        for place, one in enumerate(own)
        if not (
            one.leans
            or is_bare_quote(one)
            or is_item(one)
            or (place and (has_role(one, "denial") or points_back(one)))
        )
    ] or [0]
    return own[max(alone, key=lambda place: float(telling[place]))]
