"""Which articles tell one story: by the meaning of their titles and leads, the names in them, and their days."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from bot.summary.choosing.salience import Floats
from index.article import ArticleRef, Passage
from index.library import Library
from index.text.names import keys_of, names_in

SAME_STORY = 5.5
"""The least likeness of two articles of one story, in spreads of passages that have
nothing to do with each other (``Calibration.apart``).

Found on labelled pairs of real news (benchmarks/sets/unseen/open): from 5 to 6.5 none of 40 pairs of two stories
was told as one, and two of 35 of one story as two.
"""

_NAMES = 4.0
"""What having the same names adds: leads of different stories are alike in tone, but not in names."""

_DAYS = 10
"""Articles further apart tell two stories in a digest: the same subject comes back with something else."""

_SECONDS_A_DAY = 86_400

Opening = tuple[ArticleRef, Passage]
"""An article with its first passage, which tells its story."""


def likeness(library: Library, openings: Sequence[Opening]) -> Floats:
    """How much the articles with these openings are one story, each with each; ``SAME_STORY`` and more is."""
    vectors = library.passage_vectors(openings)
    spreads = library.calibration().apart.standards(vectors @ vectors.T)
    alike: Floats = spreads + _NAMES * _shared_names(openings)
    return alike


def stories_of(library: Library, openings: Sequence[Opening]) -> list[list[ArticleRef]]:
    """The articles in groups that tell one story within days; in each group the most central one first."""
    alike = likeness(library, openings)
    alike[days_apart([article for article, _ in openings])] = 0
    return [[openings[index][0] for index in group] for group in cluster(alike, SAME_STORY)]


def days_apart(articles: Sequence[ArticleRef]) -> npt.NDArray[np.bool_]:
    """Whether each two articles came out so many days apart that they tell two stories in a digest."""
    days = np.array([_day(article) for article in articles])
    with np.errstate(invalid="ignore"):  # two without a day are not told apart by it
        apart: npt.NDArray[np.bool_] = np.abs(days[:, None] - days[None]) > _DAYS
    return apart


def cluster(alike: Floats, least: float) -> list[list[int]]:
    """The indices of what is alike in groups; in each group the most central one first.

    Groups are joined, the closest first, while their members are at least ``least`` alike in the mean (average
    linkage, Sokal & Michener 1958).
    """
    groups = [[index] for index in range(len(alike))]
    linkage = alike.copy()
    np.fill_diagonal(linkage, -np.inf)
    while len(groups) > 1:
        one, other = divmod(int(linkage.argmax()), len(groups))
        if linkage[one, other] < least:
            break
        sizes = len(groups[one]), len(groups[other])
        merged = (linkage[one] * sizes[0] + linkage[other] * sizes[1]) / sum(sizes)
        merged[one] = -np.inf
        linkage[one], linkage[:, one] = merged, merged
        linkage = np.delete(np.delete(linkage, other, 0), other, 1)
        groups[one] += groups.pop(other)
    return [sorted(group, key=lambda index: -float(alike[index, group].sum())) for group in groups]


def _shared_names(openings: Sequence[Opening]) -> Floats:
    """The cosine of the names in each two openings, the rarer ones weighing more (tf-idf)."""
    named = [set(keys_of(names_in(f"{article.title}\n{passage.text}"))) for article, passage in openings]
    counts = Counter(name for own in named for name in own)
    column = {name: number for number, name in enumerate(counts)}
    weights = np.zeros((len(openings), len(column)), np.float32)
    for row, own in enumerate(named):
        for name in own:
            weights[row, column[name]] = math.sqrt(math.log1p(len(openings) / counts[name]))
    weights /= np.linalg.norm(weights, axis=1, keepdims=True) + 1e-9
    shared: Floats = weights @ weights.T
    return shared


def _day(article: ArticleRef) -> float:
    published = moment(article)
    return published.timestamp() / _SECONDS_A_DAY if published else math.inf


def moment(article: ArticleRef) -> datetime | None:
    """When an article was published; a day without an hour and a zone is taken to begin in UTC."""
    published = article.published_at
    return published.replace(tzinfo=UTC) if published and published.tzinfo is None else published
