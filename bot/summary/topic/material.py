"""What the library holds on a topic: the articles that are about it, and their passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answer.gate import is_about
from bot.summary.summary import LeftOut
from bot.summary.topic.mentions import Candidates
from bot.summary.topic.stories import SAME_STORY, Opening, likeness
from index.article import ArticleRef
from index.library import Library
from index.reading.cleaning.boilerplate import is_roundup
from index.search import Filters, Hit
from index.told import tell

PASSAGES = 200
_NEAREST = 3
# How far behind the best passage's score an article's best may be, to be about the same topic: in spreads of
# passages that have nothing to do with each other (``Calibration.apart``).
_MARGIN = 6.2
_LEADS = 2
_FEW = 3
"""Articles that all passages are taken of: where there are few, more is told of each."""
_LOOKED_AT = 3
# Articles about the topic, the best first, and others that may be of the stories of these.
_CORE = 15
_OTHERS = 30

AWAY = tell("It only touches on the topic.")


@dataclass(frozen=True, slots=True)
class Material:
    """The passages on a topic by article (in the order in which they stand there), the best article first."""

    hits: tuple[Hit, ...] = ()
    articles: tuple[ArticleRef, ...] = ()
    unused: tuple[LeftOut, ...] = ()
    nearest: tuple[ArticleRef, ...] = ()

    @property
    def as_of(self) -> date | None:
        """The day of the newest article."""
        return max((ref.published_at.date() for ref in self.articles if ref.published_at), default=None)


def gather(
    library: Library, topic: str, scopes: Sequence[str], filters: Filters, passages: int = PASSAGES
) -> Material:
    """The ``passages`` best for ``topic``, of the articles that are about it; without articles if there are none.

    Round-ups tell of many topics, so that they give nothing unless there is nothing else.
    Passages that repeat another's words count once; the articles they stand in are their ``twins``, if they begin
    with them: what a site writes below each of its articles makes no copies of them. Each article's opening comes
    along, since it says what the article is about; of few articles all passages do.
    """
    found = library.search(topic, scopes, passages, filters)
    nearest = tuple(dict.fromkeys(hit.article for hit in found))[:_NEAREST]
    if not any(is_about(topic, hit, library) for hit in found[:_LOOKED_AT]):
        return Material(nearest=nearest)
    one_story = [hit for hit in found if not is_roundup(hit.article.title)] or found
    best = _best_of_each(one_story)
    least = one_story[0].score - _MARGIN * library.calibration().apart.spread
    about = {key for key, hit in best.items() if hit.score >= least and is_about(topic, hit, library)}
    core = [key for key in best if key in about]
    others = [key for key in best if key not in about][:_OTHERS]
    passages_of = {key: library.passages(scopes, key) for key in best if key in {*core, *others}}
    candidates = Candidates(library, topic, [best[key].article for key in passages_of], passages_of)
    openings = {key: (best[key].article, own[0]) for key, own in passages_of.items()}
    about = candidates.grown(about | _of_the_same_stories(library, openings, core[:_CORE], others))
    about -= candidates.elsewhere(about)
    about -= candidates.only_mentioning(about)
    kept = [
        hit if hit.passage == passages_of[hit.article.id][0] else replace(hit, twins=())
        for hit in one_story
        if hit.article.id in about
    ]
    seen = {hit.passage.id for hit in kept}
    for key in best:
        if key in about:
            own = passages_of[key] if len(about) <= _FEW else passages_of[key][:_LEADS]
            kept += [replace(best[key], passage=one, twins=()) for one in own if one.id not in seen]
    ranks = {key: rank for rank, key in enumerate(best)}
    kept.sort(key=lambda hit: (ranks[hit.article.id], hit.passage.start))
    articles = dict.fromkeys(ref for hit in kept for ref in (hit.article, *hit.twins))
    away = [hit for hit in _best_of_each(found).values() if hit.article not in articles]
    touching = tuple(LeftOut(hit.article, AWAY) for hit in away if is_about(topic, hit, library))
    return Material(tuple(kept), tuple(articles), touching, nearest)


def _best_of_each(found: Sequence[Hit]) -> dict[str, Hit]:
    """The best hit of each article."""
    best: dict[str, Hit] = {}
    for hit in found:
        best.setdefault(hit.article.id, hit)
    return best


def _of_the_same_stories(
    library: Library, openings: Mapping[str, Opening], core: Sequence[str], others: Sequence[str]
) -> set[str]:
    """The articles of ``others`` that tell the story of one in ``core``, though they may not name the topic."""
    if not (core and others):
        return set()
    alike = likeness(library, [openings[key] for key in (*core, *others)])[len(core) :, : len(core)].max(axis=1)
    return {key for key, value in zip(others, alike, strict=True) if value >= SAME_STORY}
