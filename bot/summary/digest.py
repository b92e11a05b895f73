"""What is new since a moment: the articles grouped into stories, each with a headline and a point or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.answer.answer import Sentence
from bot.answer.disagreement.statements import statements
from bot.answer.evidence.citations import CitationBook
from bot.summary.headline import choose_headline
from bot.summary.quoting import choose_on_topic
from bot.summary.summary import Digest, Story, outlets_of
from bot.summary.topic.material import gather
from bot.summary.topic.stories import moment, stories_of
from index.article import ArticleRef
from index.library import Library
from index.reading.cleaning.boilerplate import is_roundup
from index.search import Filters, Hit

STORIES = 10
POINTS = 2
_LOOKED_AT = 500
_NEWEST = 3
"""Articles that are named where nothing is new."""
_LEADS = 2


def make_digest(
    library: Library,
    scopes: Sequence[str],
    since: datetime,
    topics: Sequence[str] = (),
    sources: Sequence[str] = (),
    count: int = STORIES,
    until: datetime | None = None,
) -> Digest:
    """The ``count`` greatest stories of the articles published since ``since``, those of most outlets first.

    Those published at ``until`` or later are left to the next digest.

    ``topics`` and ``sources`` narrow it: an article must be about one of the topics, and of one of the outlets.
    """
    last = (until - timedelta.resolution).date() if until else None
    digest = Digest(since, topics=tuple(topics), sources=tuple(sources), until=last)
    refs = _published(library, scopes, since, until, topics, sources)
    leads = {ref.id: [Hit(one, ref, 0, 0, 0) for one in library.passages(scopes, ref.id)[:_LEADS]] for ref in refs}
    refs = [ref for ref in refs if leads[ref.id]]
    if not refs:
        newest = _published(library, scopes, None, until, topics, sources)[:_NEWEST]
        return replace(digest, newest=tuple(newest))
    stories = stories_of(library, [(ref, leads[ref.id][0].passage) for ref in refs])
    stories.sort(key=lambda story: (-len(outlets_of(story)), -len(story), -_seconds(story[0])))
    book = CitationBook([hit for hits in leads.values() for hit in hits])
    told: list[Story] = []
    more = 0
    for story in stories:
        if len(told) == count:
            more += 1
        elif points := _points(library, book, story, [hit for ref in story for hit in leads[ref.id]]):
            headline = choose_headline(library, points[0].text, [ref.title for ref in story])
            told.append(Story(headline, points, tuple(story), outlets_of(story)))
    return replace(
        digest,
        stories=tuple(told),
        citations=book.citations,
        articles=len(refs),
        outlets=outlets_of(refs),
        as_of=_newest(refs),
        more=more,
    )


def _published(
    library: Library,
    scopes: Sequence[str],
    since: datetime | None,
    until: datetime | None,
    topics: Sequence[str],
    sources: Sequence[str],
) -> list[ArticleRef]:
    """The articles published since then and before ``until``, newest first."""
    if topics:
        narrowed = Filters(since=since.date() if since else None)
        found = {ref for topic in topics for ref in gather(library, topic, scopes, narrowed).articles}
    else:
        found = set(library.articles(scopes, "", _LOOKED_AT))
    dated = [(ref, published) for ref in found if (published := moment(ref))]
    wanted = [ref for ref, when in dated if (not since or when >= since) and (not until or when < until)]
    wanted = [ref for ref in wanted if not is_roundup(ref.title)]
    wanted = [ref for ref in wanted if not sources or ref.source in sources]
    return sorted(wanted, key=lambda ref: (-_seconds(ref), ref.id))


def _points(
    library: Library, book: CitationBook, story: Sequence[ArticleRef], hits: Sequence[Hit]
) -> tuple[Sentence, ...]:
    library.remember([(hit.article, hit.passage) for hit in hits])
    points = choose_on_topic(library, story[0].title, statements(hits), POINTS)
    return tuple(sentence for point in points if (sentence := book.add(point.draft)))


def _seconds(ref: ArticleRef) -> float:
    published = moment(ref)
    return published.timestamp() if published else 0.0


def _newest(refs: Sequence[ArticleRef]) -> date | None:
    return max((ref.published_at.date() for ref in refs if ref.published_at), default=None)
