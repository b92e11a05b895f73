"""What a topic's summary gets when its points are chosen: a headline, the other sides, the articles left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answer.disagreement.sides import sides
from bot.answer.evidence.citations import CitationBook
from bot.answer.question.question import plain_question
from bot.summary.headline import choose_headline
from bot.summary.summary import LeftOut, Summary
from index.library import Library
from index.search import Hit
from index.told import tell

NOTHING_NEW = tell("Nothing is told since {day} that older articles don't tell.")
NO_POINT = tell("No point was taken from it.")
COPY = tell("Its words stand in another article, too.")
OLD = tell("It is older than {day}.")


def complete(library: Library, summary: Summary, hits: Sequence[Hit], old: Sequence[Hit]) -> Summary:
    """``summary`` of ``hits``, finished; ``old`` are the passages of articles from before ``new_since``."""
    if not summary.points:
        note = (NOTHING_NEW.given(day=summary.new_since),) if summary.new_since else ()
        return replace(summary, notes=(*summary.notes, *note), finished=True)
    cited = {citation.article_id for citation in summary.citations}
    own = {hit.article.id for hit in hits}
    silent = tuple(
        LeftOut(ref, NO_POINT if ref.id in own else COPY) for ref in summary.articles if ref.id not in cited
    )
    older = dict.fromkeys(hit.article for hit in old)
    since = OLD.given(day=summary.new_since) if summary.new_since else OLD
    before = tuple(LeftOut(ref, since) for ref in older)
    book = CitationBook(hits, summary.citations)
    disagreements = sides(plain_question(summary.title), book, hits)
    return replace(
        summary,
        headline=_headline(library, summary),
        as_of=max(
            (one.published_at.date() for one in summary.citations if one.published_at), default=summary.as_of
        ),
        disagreements=disagreements,
        citations=book.citations,
        unused=(*silent, *before, *summary.unused),
        finished=True,
    )


def _headline(library: Library, summary: Summary) -> str:
    """Of the titles of the newest articles that what is told first cites, the nearest to it."""
    first = [one for one in summary.citations if one.n in summary.points[0].citations]
    dated = [one for one in first if one.title and one.published_at]
    if not dated:
        return next((one.title for one in summary.citations if one.title), "")
    newest = max(one.published_at.date() for one in dated if one.published_at)
    titles = [one.title for one in dated if one.published_at and one.published_at.date() == newest]
    return choose_headline(library, summary.points[0].text, titles)
