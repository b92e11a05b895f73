"""What an answer is: sentences, each with the citations that support it.

An ``Answer`` grows while it is streamed; every face (terminal, Discord) renders the same object.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from index.article import ArticleRef

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Citation:
    """One piece of evidence: the exact ``quote``, at ``start:end`` of the article's text.

    ``n`` is the number a reader sees. ``link`` opens the quote in the article, or is None if the article has
    no URL. ``verified`` tells that the quote was found verbatim in the stored passage.
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer and the numbers of the citations behind it.

    ``speaker`` is who says it, where the words are somebody's claim and the sentence itself doesn't say whose.
    """

    text: str
    citations: tuple[int, ...]
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, whole or still growing.

    ``abstained``: the articles don't hold the answer; ``nearest`` then lists the closest articles.
    ``as_of``: the day of the newest article used. ``notes``: what the reader must know of how the answer came
    about ("the chat model could not be reached, so the articles are quoted instead").
    ``left_out``: sentences dropped for want of support. ``timings``: seconds by step.
    """

    question: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    abstained: bool = False
    nearest: tuple[ArticleRef, ...] = ()
    as_of: date | None = None
    engine: str = "extractive"
    notes: tuple[str, ...] = ()
    left_out: int = 0
    finished: bool = False
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentences as one text, with ``[n]`` behind each; empty if the answer abstains."""
        return " ".join(
            sentence_text(sentence) + "".join(f" [{n}]" for n in sentence.citations) for sentence in self.sentences
        )


def sentence_text(sentence: Sentence) -> str:
    """The sentence as a reader sees it, with its speaker in front where one was found."""
    return f"{sentence.speaker}: {sentence.text}" if sentence.speaker else sentence.text


async def last_of(stream: AsyncIterator[T]) -> T:
    """The last that ``stream`` yields, such as the finished answer; raises ``LookupError`` if there is nothing."""
    latest: list[T] = []
    async for item in stream:
        latest = [item]
    return latest[0]
