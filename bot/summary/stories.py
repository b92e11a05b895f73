"""Which articles tell one story: by the meaning of their titles and leads, and the names in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from bot.summary.salience import Floats
from index.article import ArticleRef, Passage
from index.library import Library
from index.text.names import keys_of, names_in

SAME_STORY = 0.92
"""The least likeness of two articles of one story; a cosine of multilingual-e5-small where they share no names.

Found on invented stories (benchmarks/sets) and by reading what it makes of real news: a story told in two parts is
a lesser fault than two stories told as one.
"""

# What each shared name adds to the cosine: leads of different stories are alike in tone, but not in names.
_A_NAME = 0.025
_SHARED_NAMES = 3
# A name in more of the articles than this, a president's or a country's, tells no story.
_COMMON_SHARE = 0.05
_COMMON = 8


def opening(article: ArticleRef, passages: Sequence[Passage]) -> str:
    """What tells the story of an article: its title and its first passage."""
    return "\n".join([article.title, *(passage.text for passage in passages[:1])])


def likeness(library: Library, openings: Sequence[str]) -> Floats:
    """How much the articles with these openings are one story, each with each; ``SAME_STORY`` and more is."""
    vectors = library.vectors(openings)
    alike: Floats = vectors @ vectors.T
    names = [set(keys_of(names_in(text))) for text in openings]
    counts = Counter(name for own in names for name in own)
    common = {name for name, count in counts.items() if count > max(_COMMON, _COMMON_SHARE * len(openings))}
    telling = [own - common for own in names]
    for one, own in enumerate(telling):
        for other, its in enumerate(telling):
            alike[one, other] += _A_NAME * min(len(own & its), _SHARED_NAMES)
    return alike


def cluster(alike: Floats) -> list[list[int]]:
    """The indices of articles in groups that tell one story; in each group the most central one first.

    Groups are joined, the closest first, while their members are alike in the mean (average linkage, Sokal &
    Michener 1958).
    """
    groups = [[index] for index in range(len(alike))]
    linkage = alike.copy()
    np.fill_diagonal(linkage, -np.inf)
    while len(groups) > 1:
        one, other = divmod(int(linkage.argmax()), len(groups))
        if linkage[one, other] < SAME_STORY:
            break
        sizes = len(groups[one]), len(groups[other])
        merged = (linkage[one] * sizes[0] + linkage[other] * sizes[1]) / sum(sizes)
        merged[one] = -np.inf
        linkage[one], linkage[:, one] = merged, merged
        linkage = np.delete(np.delete(linkage, other, 0), other, 1)
        groups[one] += groups.pop(other)
    return [sorted(group, key=lambda index: -float(alike[index, group].sum())) for group in groups]


def moment(article: ArticleRef) -> datetime | None:
    """When an article was published; a day without an hour and a zone is taken to begin in UTC."""
    published = article.published_at
    return published.replace(tzinfo=UTC) if published and published.tzinfo is None else published
