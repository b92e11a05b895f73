"""Reads a message by rule: its kind by meaning, its filters by their words, what it lacks from the turn before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answer.evidence.content import content_words
from bot.answer.evidence.statement import Statement
from bot.answer.question.follow_up import begins_with_and, completed
from bot.answer.question.kinds import Kinds, is_sample
from bot.answer.question.limits import clean_question
from bot.answer.question.message import clean_message
from bot.answer.question.narrowing import Narrowed, merged, narrow
from bot.answer.question.parts import parts_of, subject_of
from bot.answer.question.question import Kind, Part, Question
from bot.answer.question.turn import Turn
from index.library import Library
from index.search import Filters
from index.text.antecedents import points_back
from index.text.language import question_language
from index.text.languages import table
from index.text.names import names_in
from index.text.segmentation import words

_TOLD = 4
"""Content words of a question that tells its subject."""
_ASKED = 2
"""Content words beside the names in one that tells it, where function words are not known from others."""
_OPINION = 2
"""Words beside an address that ask no more than "thoughts?"."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A message and where it was written: the ``scopes`` seen there, the ``filters`` chosen, the ``turns`` before
    it (oldest first) and the day it is ``today`` for whoever asks. ``claim``: it is to be checked. ``answer_in``:
    the language in which an answer is wanted, if it is set."""

    message: str
    scopes: Sequence[str]
    today: date
    filters: Filters = Filters()
    turns: Sequence[Turn] = ()
    claim: bool = False
    answer_in: str | None = None


@dataclass(frozen=True, slots=True)
class RuleReader:
    """Reads messages without a chat model; ``longest``: the longest message, in characters."""

    library: Library
    kinds: Kinds
    longest: int

    def read(self, inquiry: Inquiry) -> Question:
        """What the message asks. Raises ``QuestionError`` if it is empty or too long."""
        message = clean_message(inquiry.message)
        if message.links and not message.words:
            return Question(message.links[0], Kind.LINK, "", (), inquiry.filters, links=message.links)
        if message.wordless:
            return Question(" ".join(inquiry.message.split()), Kind.REMARK, "", ())
        asked = clean_question(message.words, self.longest)
        language = question_language(asked)
        if inquiry.claim:
            return Question(asked, Kind.CLAIM, asked, tuple(parts_of(asked)), inquiry.filters, language=language)
        kind = self.kinds.kind_of(asked)
        if message.to_somebody and "?" not in asked and kind in (Kind.QUESTION, Kind.CLAIM):
            kind = Kind.REMARK  # people talking to each other
        if message.links and _only_points(kind, asked):
            kind = Kind.LINK
        if kind.is_chatter and self._is_looked_up(asked, inquiry):
            kind = Kind.QUESTION
        if kind.is_chatter:
            return Question(asked, kind, "", (), links=message.links, language=language)
        narrowed = self._narrowed(asked, inquiry, language, reports=kind is Kind.NEWS)
        filters = merged(inquiry.filters, narrowed.filters)
        kind, alone = _alone(kind, Statement(narrowed.text, language), inquiry)
        text = subject_of(alone.own, language) if kind in (Kind.SUMMARY, Kind.NEWS) else alone.meant
        several = kind in (Kind.QUESTION, Kind.CLAIM)
        parts = tuple(parts_of(text)) if several else (alone,)
        return Question(asked, kind, text, parts, filters, narrowed.said, message.links, language)

    def _is_looked_up(self, asked: str, inquiry: Inquiry) -> bool:
        """Whether it is a lone word, as for a search box, that an article has; no word of thanks or the like."""
        if len(words(asked)) != 1 or is_sample(asked):
            return False
        return any(hit.lexical > 0 for hit in self.library.search(asked, inquiry.scopes, 1, inquiry.filters))

    def _narrowed(self, asked: str, inquiry: Inquiry, language: str | None, *, reports: bool) -> Narrowed:
        outlets = self.library.outlets(inquiry.scopes)
        found = narrow(asked, inquiry.today, outlets, language, reports=reports)
        return found if found.text else Narrowed(asked)  # "last week?" alone asks for nothing


def _alone(kind: Kind, said: Statement, inquiry: Inquiry) -> tuple[Kind, Part]:
    """The text as it stands alone, and its kind: a follow-up takes from the last turn what it lacks.

    "And when does it end?" goes on from it, whatever its kind, unless it names what it is about.
    """
    text = said.text
    joined = kind is Kind.QUESTION and bool(inquiry.turns) and begins_with_and(text, said.language)
    if not (kind is Kind.UNCLEAR or (joined and not said.names)):
        return kind, Part(text)
    if inquiry.turns and _tells_subject(said):
        return Kind.QUESTION, Part(text)
    if inquiry.turns:
        return Kind.FOLLOW_UP, completed(text, inquiry.turns[-1])
    named = any(map(str.isdigit, text)) or names_in(text.partition(" ")[2])
    return Kind.QUESTION if named else kind, Part(text)


def _tells_subject(said: Statement) -> bool:
    """Whether a question has so many words that it needs no other, and points at nothing before it.

    "How old is Bruno, the new elephant?" does, "And in Leeds?" and "Did Smith agree to it?" don't. In a language
    of which neither function words nor pronouns are known, it has to name somebody or something besides.
    """
    told = set(content_words(said.text))
    if not table(said.language, "small"):
        return bool(said.names) and len(told - set(content_words(" ".join(said.names)))) >= _ASKED
    return len(told) >= _TOLD and not points_back(said.text, said.language)


def _only_points(kind: Kind, asked: str) -> bool:
    """Whether the words beside an address add nothing to it."""
    return (
        kind.is_chatter
        or kind in (Kind.UNCLEAR, Kind.NEWS)
        or (len(asked.split()) <= _OPINION and kind != Kind.SUMMARY)
    )
