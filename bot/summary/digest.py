"""What is new since a moment: the articles grouped into stories, each with a headline and a point or two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from bot.answer.answer import Sentence
from bot.answer.citations import CitationBook
from bot.salience import Floats
from bot.summary.material import gather
from bot.summary.quoting import choose_on_topic
from bot.summary.statements import outlets_of, statements
from bot.summary.summary import Digest, Story
from index.article import ArticleRef
from index.library import Library
from index.names import keys_of, names_in
from index.search import Filters, Hit

STORIES = 10
POINTS = 2
_NEWEST = 500
_LEADS = 2
# Cosine of multilingual-e5-small between titles with their leads: from the first on they are one story; from the
# second on if they share names, too.
_SAME_STORY = 0.925
_LIKE_STORY = 0.88
_SHARED_NAMES = 2


def make_digest(
    library: Library,
    scopes: Sequence[str],
    since: datetime,
    topics: Sequence[str] = (),
    sources: Sequence[str] = (),
    count: int = STORIES,
) -> Digest:
    """The ``count`` greatest stories of the articles published since ``since``, those of most outlets first.

    ``topics`` and ``sources`` narrow it: an article must be about one of the topics, and of one of the outlets.
    """
    refs = _new(library, scopes, since, topics, sources)
    leads = {ref.id: [Hit(one, ref, 0, 0, 0) for one in library.passages(scopes, ref.id)[:_LEADS]] for ref in refs}
    refs = [ref for ref in refs if leads[ref.id]]
    if not refs:
        return Digest(since)
    openings = [f"{ref.title}\n{leads[ref.id][0].passage.text}" for ref in refs]
    vectors = library.vectors(openings)
    stories = [[refs[n] for n in group] for group in cluster(vectors, openings)]
    stories.sort(key=lambda story: (-len(outlets_of(story)), -len(story), -_moment(story[0])))
    book = CitationBook("", [hit for hits in leads.values() for hit in hits])
    told: list[Story] = []
    more = 0
    for story in stories:
        if len(told) == count:
            more += 1
        elif points := _points(library, book, story, [hit for ref in story for hit in leads[ref.id]]):
            told.append(Story(story[0].title, points, tuple(story), outlets_of(story)))
    return Digest(since, tuple(told), book.citations, len(refs), outlets_of(refs), _newest(refs), more)


def _new(
    library: Library, scopes: Sequence[str], since: datetime, topics: Sequence[str], sources: Sequence[str]
) -> list[ArticleRef]:
    """The articles published since, newest first."""
    if topics:
        narrowed = Filters(since=since.date())
        found = {ref for topic in topics for ref in gather(library, topic, scopes, narrowed).articles}
    else:
        found = set(library.articles(scopes, "", _NEWEST))
    wanted = [ref for ref in found if ref.published_at and ref.published_at >= since]
    wanted = [ref for ref in wanted if not sources or ref.source in sources]
    return sorted(wanted, key=lambda ref: (-_moment(ref), ref.id))


def cluster(vectors: Floats, texts: Sequence[str]) -> list[list[int]]:
    """The indices of ``texts`` in groups that tell one story; in each group the most central one first.

    Groups are joined, the closest first, while all their members are close in the mean (average linkage, Sokal &
    Michener 1958).
    """
    cosines = vectors @ vectors.T
    names = [set(keys_of(names_in(text))) for text in texts]
    for one in range(len(texts)):
        for other in range(len(texts)):
            # Leads of different stories are alike in tone; names tell whether they tell of the same.
            if len(names[one] & names[other]) >= _SHARED_NAMES:
                cosines[one, other] += _SAME_STORY - _LIKE_STORY
    groups = [[index] for index in range(len(texts))]
    linkage = cosines.copy()
    np.fill_diagonal(linkage, -np.inf)
    while len(groups) > 1:
        one, other = divmod(int(linkage.argmax()), len(groups))
        if linkage[one, other] < _SAME_STORY:
            break
        sizes = len(groups[one]), len(groups[other])
        merged = (linkage[one] * sizes[0] + linkage[other] * sizes[1]) / sum(sizes)
        merged[one] = -np.inf
        linkage[one], linkage[:, one] = merged, merged
        linkage = np.delete(np.delete(linkage, other, 0), other, 1)
        groups[one] += groups.pop(other)
    return [sorted(group, key=lambda index: -float(cosines[index, group].sum())) for group in groups]


def _points(
    library: Library, book: CitationBook, story: Sequence[ArticleRef], hits: Sequence[Hit]
) -> tuple[Sentence, ...]:
    points = choose_on_topic(library, story[0].title, statements(hits), POINTS)
    return tuple(sentence for point in points if (sentence := book.add(point.draft)))


def _moment(ref: ArticleRef) -> float:
    return ref.published_at.timestamp() if ref.published_at else 0.0


def _newest(refs: Sequence[ArticleRef]) -> date | None:
    return max((ref.published_at.date() for ref in refs if ref.published_at), default=None)
