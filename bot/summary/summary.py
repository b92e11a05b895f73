"""What summaries are: points with citations, the events of a story, the stories of a digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.answer.answer import Citation, Disagreement, ResolvedDay, Sentence, Unsupported
from bot.chat.usage import Usage
from index.article import ArticleRef
from index.errors import NewsdeskError
from index.search import Filters
from index.told import Told

LONGEST = 30
"""The most points that can be asked for."""


class SummaryError(NewsdeskError):
    """There is nothing to summarise; the message says what to do next."""


class Style(StrEnum):
    """How a summary reads: a list of points, a few of them, or running text in whole sentences."""

    BULLETS = "bullets"
    BRIEF = "brief"
    PARAGRAPH = "paragraph"

    @property
    def usual_length(self) -> int:
        """How many points it has, unless asked otherwise."""
        return 2 if self is Style.BRIEF else 5


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that was found and not used, and why."""

    article: ArticleRef
    reason: Told


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary of an article or a topic, whole or still growing; what ``Answer`` also has means the same here.

    ``title`` is the article's, or the topic as asked; ``article`` is None for a topic. ``headline`` is a title
    that one of the articles bears. ``articles`` are those about it and ``outlets`` those that report it, copies
    included; ``unused``: articles that gave no point. ``new_since``: only what older articles don't say is told.
    ``abstained``: too little was found; ``nearest`` then names the closest articles. ``progress``: parts of the
    articles read by a chat model, of how many.
    """

    title: str
    article: ArticleRef | None = None
    headline: str = ""
    style: Style = Style.BULLETS
    points: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    articles: tuple[ArticleRef, ...] = ()
    outlets: tuple[str, ...] = ()
    as_of: date | None = None
    new_since: date | None = None
    unused: tuple[LeftOut, ...] = ()
    abstained: bool = False
    nearest: tuple[ArticleRef, ...] = ()
    engine: str = "extractive"
    notes: tuple[Told | str, ...] = ()
    unsupported: tuple[Unsupported, ...] = ()
    usage: Usage = field(default_factory=Usage)
    progress: tuple[int, int] = (0, 0)
    filters: Filters = Filters()
    finished: bool = False

    @property
    def text(self) -> str:
        """The points as one text, without citations."""
        return " ".join(point.text for point in self.points)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, or from ``first`` to ``last``, as the article says.

    ``written`` are the words that date it, empty if that is the day on which it was reported; ``published`` is
    when its first report came out.
    """

    first: date
    last: date
    written: str
    published: datetime
    sentence: Sentence

    @property
    def other_days(self) -> tuple[ResolvedDay, ...]:
        """The days that the sentence speaks of besides."""
        return tuple(day for day in self.sentence.days if day.written != self.written)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dated events of a story, the earliest first. ``more``: events that there was no room for."""

    topic: str
    events: tuple[Event, ...] = ()
    citations: tuple[Citation, ...] = ()
    articles: tuple[ArticleRef, ...] = ()
    outlets: tuple[str, ...] = ()
    as_of: date | None = None
    more: int = 0
    abstained: bool = False
    nearest: tuple[ArticleRef, ...] = ()
    filters: Filters = Filters()


@dataclass(frozen=True, slots=True)
class Story:
    """What several articles tell of: one of their titles, and a point or two."""

    headline: str
    points: tuple[Sentence, ...]
    articles: tuple[ArticleRef, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The stories since a moment, those that most outlets report first; without any there is nothing new.

    The citations are numbered through all stories. ``articles`` counts the new ones, ``more`` the stories that
    there was no room for. ``topics``, ``sources`` and ``until``, its last day, are what narrows it. ``newest``:
    where nothing is new, the newest articles that there are.
    """

    since: datetime
    stories: tuple[Story, ...] = ()
    citations: tuple[Citation, ...] = ()
    articles: int = 0
    outlets: tuple[str, ...] = ()
    as_of: date | None = None
    more: int = 0
    newest: tuple[ArticleRef, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    until: date | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is new, so that nothing needs to be posted."""
        return not self.stories


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a chat model is asked for: calls, and roughly the tokens it reads and writes; zeros without one."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


class SummaryCache(Protocol):
    """Keeps finished summaries by a key that changes with everything they are made from."""

    def get(self, key: str) -> Summary | None:
        """The summary kept under ``key``; None if there is none."""
        ...

    def put(self, key: str, summary: Summary) -> None:
        """Keep ``summary`` under ``key``."""
        ...


def outlets_of(refs: Sequence[ArticleRef]) -> tuple[str, ...]:
    """The outlets of ``refs``, each once."""
    return tuple(dict.fromkeys(ref.source for ref in refs if ref.source))
