"""The sides of an answer: what passages say against each other, each side cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answer.answer import Citation, Disagreement
from bot.answer.disagreement.comparing import Contrast, find_contrasts
from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.answer.evidence.citations import CitationBook
from bot.answer.question.question import Question
from index.search import Hit


def sides(question: Question, book: CitationBook, hits: Sequence[Hit]) -> tuple[Disagreement, ...]:
    """Where ``hits`` disagree on the question, or with what ``book`` cites, as far as rules can tell."""
    known = statements(hits)
    cited = [one for one in known if any(_holds(one, citation) for citation in book.citations)]
    contrasts = (one for part in question.parts for one in find_contrasts(part, known, cited))
    return shown(dict.fromkeys(contrasts), book)


def shown(contrasts: Iterable[Contrast], book: CitationBook) -> tuple[Disagreement, ...]:
    """``contrasts`` with their sides numbered in ``book``; a side whose words stand in no passage is left out."""
    found = []
    for contrast in contrasts:
        told = [sentence for side in contrast.sides if (sentence := book.quote(side[0].draft(side[1:])))]
        if len(told) > 1:
            found.append(Disagreement(tuple(told), contrast.superseded))
    return tuple(found)


def _holds(one: ArticleSentence, citation: Citation) -> bool:
    start = one.hit.passage.start + one.start
    end = start + len(one.text)
    return citation.article_id == one.article.id and citation.start < end and citation.end > start
