"""What an answer is: sentences, each with the citations that support it.

An ``Answer`` grows while it is streamed; every face (terminal, Discord) renders the same object.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from bot.answer.question.question import Kind
from bot.chat.usage import Usage
from index.article import ArticleRef, updated_on
from index.search import Filters
from index.text.language import question_language
from index.told import Told

T = TypeVar("T")

DISAGREE = "The articles disagree:"
SUPERSEDED = "What was reported changed, the latest last:"


@dataclass(frozen=True, slots=True)
class Citation:
    """One piece of evidence: the exact ``quote``, at ``start:end`` of the article's text.

    ``n`` is the number a reader sees. ``link`` opens the quote in the article, or is None if the article has
    no URL. ``verified`` tells that the quote was found verbatim in the stored passage. ``language`` is the
    article's; ``translation`` is the quote in the asker's language, as a machine made it.
    """

    n: int
    passage_id: str
    article_id: str
    title: str
    quote: str
    start: int
    end: int
    verified: bool
    url: str | None = None
    link: str | None = None
    source: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    translation: str | None = None

    @property
    def updated_on(self) -> date | None:
        """The day on which the article was changed, if that was not the day on which it came out."""
        return updated_on(self.published_at, self.modified_at)


@dataclass(frozen=True, slots=True)
class ResolvedDay:
    """A date that a sentence gives relative to its article's: the words ``written``, and what they mean.

    "Friday" is one day, ``first`` and ``last`` the same; "this week" runs from ``first`` to ``last``.
    """

    written: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer and the numbers of the citations behind it.

    ``speaker`` is who says it, where the words are somebody's claim and the sentence itself doesn't say whose.
    ``days`` are the relative dates in the sentence, to be shown beside it: the words themselves stay as they are.
    ``part``: what it stands under, where several things are told: a part of the question, a story, a day.
    """

    text: str
    citations: tuple[int, ...]
    speaker: str | None = None
    days: tuple[ResolvedDay, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Things said in the articles that cannot all be true, each with its citations, the oldest first.

    ``superseded``: they are reports of one thing as it changed (a death toll, a score), so that the last of
    ``sides`` is the state of things, not one opinion among others.
    """

    sides: tuple[Sentence, ...]
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence that a chat model wrote and nobody is shown, and why not."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What there was to search: so many ``articles``, published from ``first`` to ``last``."""

    articles: int
    first: date | None = None
    last: date | None = None


QUOTING = "extractive"
"""The name of the engine that quotes; the others are named after their chat model."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, whole or still growing.

    ``standalone``: the question as it was searched for, where it was a follow-up; None if that is ``question``.
    ``context``: the question that such a one goes on from, as far as it isn't told in its own words.
    ``kind``: what was wanted. ``filters`` are those in force, also those that were read out of the question.
    ``subject`` and ``links``: what a summary or news are wanted of.
    ``abstained``: the articles don't hold the answer; ``nearest`` then lists the closest articles, and
    ``looked_for`` what was searched for in them, ``searched`` how much there was.
    ``missing``: the parts of the question that stay unanswered.
    ``as_of``: the day of the newest article used. ``notes``: what the reader must know of how the answer came
    about ("the chat model could not be reached, so the articles are quoted instead").
    ``unsupported``: sentences dropped for want of support; ``fabricated`` counts quotes offered that stand in no
    passage, ``misattributed`` real words given for another passage than theirs. ``calls``: how often chat models
    were asked. ``timings``: seconds by step.
    """

    question: str
    standalone: str | None = None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    abstained: bool = False
    nearest: tuple[ArticleRef, ...] = ()
    looked_for: tuple[str, ...] = ()
    searched: Searched | None = None
    missing: tuple[str, ...] = ()
    kind: Kind = Kind.QUESTION
    filters: Filters = Filters()
    subject: str = ""
    context: str = ""
    links: tuple[str, ...] = ()
    as_of: date | None = None
    engine: str = QUOTING
    notes: tuple[Told | str, ...] = ()
    unsupported: tuple[Unsupported, ...] = ()
    fabricated: int = 0
    misattributed: int = 0
    usage: Usage = field(default_factory=Usage)
    calls: int = 0
    finished: bool = False
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def quoted(self) -> bool:
        """Whether its sentences are the closest words of the articles, and not an answer that somebody wrote."""
        return bool(self.sentences) and self.engine == QUOTING and not self.kind.wants_points

    @property
    def verbatim(self) -> bool:
        """Whether all that it tells are the articles' own words, whoever chose them."""
        return self.engine == QUOTING or all(in_own_words(one, self.citations) for one in self.sentences)

    @property
    def left_out(self) -> int:
        """How many sentences were dropped for want of support."""
        return len(self.unsupported)

    @property
    def is_rated(self) -> bool:
        """Whether it makes sense to ask how helpful it was."""
        return not self.kind.is_chatter and self.kind is not Kind.UNCLEAR

    @property
    def text(self) -> str:
        """The sentences as one text, with ``[n]`` behind each, then the sides of each disagreement.

        Empty if the answer abstains.
        """
        told = [_numbered(sentence) for sentence in self.sentences]
        known = {sentence.text for sentence in self.sentences}
        for one in self.disagreements:
            sides = [_marks(side).strip() if side.text in known else _numbered(side) for side in one.sides]
            told.append(f"{SUPERSEDED if one.superseded else DISAGREE} {' / '.join(sides)}")
        return " ".join(told)


def _numbered(sentence: Sentence) -> str:
    return sentence_text(sentence) + _marks(sentence)


def _marks(sentence: Sentence) -> str:
    return "".join(f" [{n}]" for n in sentence.citations)


def in_own_words(sentence: Sentence, citations: Sequence[Citation]) -> bool:
    """Whether it is an article's own sentence, word for word."""
    return any(one.quote == sentence.text for one in citations)


def sentence_text(sentence: Sentence) -> str:
    """The sentence as a reader sees it, with its speaker in front where one was found."""
    return f"{sentence.speaker}: {sentence.text}" if sentence.speaker else sentence.text


def quotes_another_language(answer: Answer) -> bool:
    """Whether an answer quotes articles in another language than its question, as far as can be told."""
    asked = question_language(answer.question)
    return asked is not None and any(citation.language not in (None, asked) for citation in answer.citations)


async def last_of(stream: AsyncIterator[T]) -> T:
    """The last that ``stream`` yields, such as the finished answer; raises ``LookupError`` if there is nothing."""
    latest: list[T] = []
    async for item in stream:
        latest = [item]
    return latest[0]
