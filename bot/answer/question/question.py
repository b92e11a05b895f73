"""A question: what somebody wrote, read once, and passed on to all that works on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.search import Filters
from index.text.language import question_language


class Kind(StrEnum):
    """What a message wants."""

    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    """A question that took what it lacked from what was said before."""
    UNCLEAR = "unclear"
    """A question that lacks its subject, with nothing before it to take one from."""
    CLAIM = "claim"
    """Something told or heard, to be checked against the articles."""
    SUMMARY = "summary"
    NEWS = "news"
    """What is new, on a subject or at all."""
    LINK = "link"
    """An address and no more than a word or two on it."""
    THANKS = "thanks"
    GREETING = "greeting"
    REMARK = "remark"
    """Anything else that asks nothing of the articles."""

    @property
    def is_chatter(self) -> bool:
        """Whether it is never looked up in the articles."""
        return self in (Kind.THANKS, Kind.GREETING, Kind.REMARK)

    @property
    def wants_points(self) -> bool:
        """Whether it asks for the main points of articles, and for no answer from them."""
        return self in (Kind.SUMMARY, Kind.NEWS, Kind.LINK)


AROUND = " ?¿¡!.,;:"
"""What stands around a question and is no part of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things asked: its ``own`` words, and the question that they go on from, if any."""

    own: str
    context: str = ""

    @property
    def meant(self) -> str:
        """What somebody who heard nothing before would have to be asked."""
        return f"{self.own.rstrip('?')} ({self.context.strip(AROUND)})?" if self.context else self.own


@dataclass(frozen=True, slots=True)
class Question:
    """A message as it was read.

    ``asked``: its words, on one line, without mentions. ``text``: what is looked for: what was asked, with what a
    follow-up lacks, and without the words that became filters. ``parts``: of a question that asks several things,
    each of them; otherwise the one that it is. ``filters`` are those in force, and ``said`` the words in the
    message behind them. ``links``: the addresses in it. ``language``: an ISO 639-1 code, None if it can't be told.
    ``answer_in``: the code of the language in which whoever reads wants answers; None: in that of the question.
    """

    asked: str
    kind: Kind
    text: str
    parts: tuple[Part, ...]
    filters: Filters = Filters()
    said: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    language: str | None = None
    answer_in: str | None = None

    @property
    def context(self) -> str:
        """What a follow-up goes on from, as far as its own words lack it."""
        return self.parts[0].context if self.kind is Kind.FOLLOW_UP else ""

    @property
    def standalone(self) -> str | None:
        """A follow-up as somebody who heard nothing before would have to be asked it; None for all others."""
        return self.text if self.kind is Kind.FOLLOW_UP else None


def plain_question(text: str, kind: Kind = Kind.QUESTION) -> Question:
    """``text`` as a question of one part, taken as it stands."""
    return Question(text, kind, text, (Part(text),), language=question_language(text))
