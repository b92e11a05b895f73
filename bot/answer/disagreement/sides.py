"""The disagreements of an answer or a summary: what passages say against what it cites, each side cited too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.answer.answer import Citation, Disagreement
from bot.answer.disagreement.finding import answered_differently, find_contrasts
from bot.answer.disagreement.statements import Statement, statements
from bot.answer.evidence.citations import CitationBook
from bot.answer.question.question import Question
from index.library import Library
from index.search import Hit

_LONGEST = 50_000
"""Characters: what a book says further on is not looked at, so that an answer doesn't take minutes."""


def sides(
    question: Question, book: CitationBook, hits: Sequence[Hit], library: Library, scopes: Sequence[str]
) -> tuple[Disagreement, ...]:
    """Where ``hits`` disagree with what ``book`` cites; the sides are numbered in ``book``."""

    @cache
    def whole(article_id: str) -> str:
        article = library.article(scopes, article_id)
        return f"{article.title}\n{article.text[:_LONGEST]}" if article else ""

    known = statements(hits)
    cited = [one for one in known if any(_holds(one, citation) for citation in book.citations)]
    asked = [
        contrast
        for part in question.parts
        if (contrast := answered_differently(part.meant, known, library.similarities, library.vectors, whole))
    ]
    contrasts = asked or find_contrasts(cited, known, library.vectors, whole)
    found = []
    for contrast in contrasts:
        shown = [sentence for side in contrast.sides if (sentence := book.quote(side[0].draft(side[1:])))]
        if len(shown) > 1:
            found.append(Disagreement(tuple(shown), contrast.superseded))
    return tuple(found)


def _holds(one: Statement, citation: Citation) -> bool:
    start = one.hit.passage.start + one.start
    end = start + len(one.text)
    return citation.article_id == one.article.id and citation.start < end and citation.end > start
