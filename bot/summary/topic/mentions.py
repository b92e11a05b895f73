"""Which articles are about a topic, and which only mention it: a festival that goes on in spite of the fire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from bot.answer.disagreement.statements import statements
from bot.answer.gate import same_language
from bot.summary.choosing.salience import Floats
from bot.summary.topic.stories import SAME_STORY, days_apart, likeness
from index.article import ArticleRef, Passage
from index.library import Library
from index.search import Hit
from index.text.language import question_language
from index.text.names import keys_of, names_in

Bools = npt.NDArray[np.bool_]

_FEW = 3
_LEADS = 2
# What speaks for an article to be about the topic: the share of its names that others which are have too, how
# close its first sentence and its title are to the topic (in spreads above unrelated passages), and how much it
# is one story with the most alike of the others.
_SHARED_NAMES = 4.0
_FIRST = 0.5
_TITLE = 0.125
_SAME_STORY = 0.3
_MOST_LIKE = 8.0
_LEAST = 0.6
"""The least of it, as a share of what speaks for the middle one of the articles about the topic. In the open
halves of the sets in docs/benchmarks.md five of seven mere mentions have up to .52, the others .73 and more; one
that tells the story of another, as the charge after an accident does, belongs to the topic whatever it has.
"""
_FOUND = 4.0
"""What it takes for an article whose passages alone are not near enough to the topic."""
_ROUNDS = 3
_BEGINS = 0.25
"""The least share of the topic's words with which an article in its language begins, unless it tells one story
with another that is about the topic."""
# A logistic model of whether an article in the topic's language is about it: of the share of the topic's words
# with which it begins, and of how near its first sentence and its title are to the topic (the mean, as a share of
# the nearest one's). Fitted to 39 topics over real news; see docs/benchmarks.md.
_WORDS = 8.0
_NEARNESS = 9.0
_BIAS = -11.0
_LEAST_NEAR = 1.0
# An article more alike than that to one about the topic tells its story, which speaks so many times as much for
# it; less so if it came out on other days.
_ONE_STORY = 5.0
_STORY = 3.0
_OTHER_DAYS = 2.0
# A title tells the topic's story by as many names as that which this share of those surely about it have, and
# which mostly they have.
_NAMES = 2
_MOST = 0.5
_MOSTLY = 0.6
_SURELY = 1.0
"""What begins with the topic as surely as that, in log-odds, does more than mention it."""
_BEHIND = 2.0
_BEHIND_ABROAD = 5.0
"""How far others may be behind the best article where none is surely about the topic: in log-odds. In another
language they have only the names of the topic's words."""


class Candidates:
    """Articles that may be about a topic, the best first, and what speaks for each to be."""

    def __init__(
        self,
        library: Library,
        topic: str,
        articles: Sequence[ArticleRef],
        passages: Mapping[str, Sequence[Passage]],
    ) -> None:
        """``passages`` are those of each article by its id."""
        library.remember([(article, one) for article in articles for one in passages[article.id][:_LEADS]])
        language = question_language(topic)
        spoken = Counter(article.language for article in articles).most_common(1)[0][0]
        firsts, leads, foreign = [], [], []
        for article in articles:
            hits = [Hit(one, article, 0, 0, 0) for one in passages[article.id][:_LEADS]]
            told = statements(hits)
            firsts.append(told[0].text if told else article.title)
            leads.append("\n".join([article.title, *(hit.passage.text for hit in hits)]))
            foreign.append(not same_language(language, hits[0]))
        covered = np.array(library.coverages(topic, leads), np.float32)
        self._begins: Floats = np.where(foreign, 1, covered).astype(np.float32)
        # A topic of names alone has no language of its own.
        self._native = np.array([article.language in (None, language or spoken) for article in articles])
        scale = library.question_scale(topic)
        close = library.similarities(topic, [*firsts, *(article.title for article in articles)])
        nearness = np.array([scale.standard(one) for one in close], np.float32).reshape(2, len(articles))
        self._articles = articles
        self._near: Floats = _FIRST * nearness[0] + _TITLE * nearness[1]
        mean = nearness.mean(axis=0)
        self._own: Floats = _WORDS * covered + _NEARNESS * mean / mean.max(initial=_LEAST_NEAR) + _BIAS
        self._alike = likeness(library, [(article, passages[article.id][0]) for article in articles])
        np.fill_diagonal(self._alike, -np.inf)
        self._names = [
            set(keys_of(names_in("\n".join([article.title, *(one.text for one in passages[article.id])]))))
            for article in articles
        ]

    def grown(self, about: Collection[str]) -> set[str]:
        """``about``, the ids of articles that are about the topic, with those that share its names with them."""
        found = set(about)
        for _ in range(_ROUNDS):
            evidence = self._evidence(found)
            near = (evidence >= _FOUND) & (self._begins >= _BEGINS)
            more = {one.id for one, value in zip(self._articles, near, strict=True) if value}
            if more <= found or not found:
                break
            found |= more
        return found

    def elsewhere(self, about: Collection[str]) -> set[str]:
        """Of ``about``, those in the topic's language which begin with something else, and tell another story.

        Where none is in its language all are compared. The best one is never among them, nor those that come near
        to it where none is surely about the topic.
        """
        core = np.array([article.id in about for article in self._articles])
        abroad = not (core & self._native).any()
        compared = core & (self._native | abroad)
        best = float(self._own[compared].max(initial=-np.inf))
        sure = core & (self._own >= min(0, best - (_BEHIND_ABROAD if abroad else _BEHIND)))
        near = self._alike - _OTHER_DAYS * days_apart(self._articles)
        story = np.maximum(near[:, sure].max(axis=1, initial=0) - _ONE_STORY, 0)
        away = compared & ~sure & (self._own + _STORY * story < 0) & ~self._named_for(sure)
        return {article.id for article, one in zip(self._articles, away, strict=True) if one}

    def _named_for(self, sure: Bools) -> Bools:
        """Which titles hold names that most of the ``sure`` articles have, and few others: the ferry that sank."""
        surely = int(sure.sum())
        has = Counter(name for names in self._names for name in names)
        of_story = Counter(name for names, one in zip(self._names, sure, strict=True) if one for name in names)
        theirs = {
            name
            for name, count in of_story.items()
            if surely >= _FEW and count >= _MOST * surely and count >= _MOSTLY * (has[name] - 1)
        }
        named = [len(theirs & set(keys_of(names_in(article.title)))) for article in self._articles]
        return np.array(named) >= _NAMES

    def only_mentioning(self, about: Collection[str]) -> set[str]:
        """Of ``about``, those about something else than the topic; none where that would be most of them."""
        if len(about) < _FEW:
            return set()
        core = [number for number, article in enumerate(self._articles) if article.id in about]
        evidence = self._evidence(about)
        weak = (evidence < _LEAST * np.median(evidence[core])) | (self._begins < _BEGINS)
        weak &= ~self._native | (self._own < _SURELY)
        away = weak & (self._alike[:, core].max(axis=1) < SAME_STORY)
        apart = {one.id for one, value in zip(self._articles, away, strict=True) if value and one.id in about}
        return apart if 2 * len(apart) < len(about) else set()

    def _evidence(self, about: Collection[str]) -> Floats:
        """What speaks for each article, seen from those that are ``about`` the topic."""
        core = [number for number, article in enumerate(self._articles) if article.id in about]
        if not core:
            return self._near
        shared = np.array([self._shared(number, core) for number in range(len(self._articles))], np.float32)
        story = np.clip(self._alike[:, core].max(axis=1), 0, _MOST_LIKE)
        evidence: Floats = self._near + _SHARED_NAMES * shared + _SAME_STORY * story
        return evidence

    def _shared(self, number: int, core: Sequence[int]) -> float:
        """The share of an article's names that others have, too."""
        others = set().union(*(self._names[other] for other in core if other != number))
        return len(self._names[number] & others) / max(1, len(self._names[number]))
