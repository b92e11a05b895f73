"""Reads a message with a chat model, in one small call. What it replies is checked against what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import BaseModel, Field, ValidationError

from bot.answer.question.narrowing import merged
from bot.answer.question.question import Kind, Part, Question
from bot.answer.question.reading import Inquiry
from bot.answer.question.turn import Turn
from bot.chat.model import ChatModel
from bot.chat.objects import objects_in
from bot.chat.usage import Tally
from index.search import Filters
from index.text.language import question_language
from index.text.names import keys_of, names_in
from prompts import Prompt
from prompts.defuse import defused, defused_line

SECONDS = 6.0
"""How long the reader waits for the model, in all."""

_LONGEST = 300
_OUTLETS = 60
_PARTS = 3
_NUMBER = re.compile(r"\d+")
_NO_QUESTION = re.compile(r"https?:|www\.|[<>@`\[\]{}\n]")


class _Reply(BaseModel):
    kind: Kind
    questions: list[str] = Field(default=[], max_length=_PARTS)
    since: date | None = None
    until: date | None = None
    source: str | None = None
    said: list[str] = []


@dataclass(frozen=True, slots=True)
class ModelReader:
    """Asks a chat model what a message wants; ``seconds``: how long the model may take."""

    model: ChatModel
    prompt: Prompt
    seconds: float = SECONDS

    async def read(self, inquiry: Inquiry, by_rule: Question, outlets: Sequence[str], tally: Tally) -> Question:
        """What the message asks, or ``by_rule`` where the model fails, is late, or adds what nobody said.

        Never raises. What the model costs is counted in ``tally``.
        """
        messages = self.prompt.messages(
            today=f"{inquiry.today:%A} {inquiry.today.isoformat()}",
            outlets="\n".join(map(defused_line, outlets[:_OUTLETS])),
            turns="\n".join(map(_rendered, inquiry.turns)),
            message=defused(by_rule.asked),
        )
        reply = await self.model.attempt(messages, tally, within=self.seconds, once=True) or ""
        try:
            read = _Reply.model_validate(next(objects_in(reply), None))
        except ValidationError:
            return by_rule
        return _checked(read, inquiry, by_rule, outlets)


def _checked(read: _Reply, inquiry: Inquiry, by_rule: Question, outlets: Sequence[str]) -> Question:
    """The reply as a question, as far as it holds; ``by_rule`` if what it wants looked up does not."""
    kind = read.kind
    if kind is Kind.FOLLOW_UP and not inquiry.turns:
        kind = Kind.UNCLEAR
    if by_rule.links and kind not in (Kind.SUMMARY, Kind.QUESTION, Kind.CLAIM):
        return by_rule
    if kind.is_chatter or kind is Kind.UNCLEAR:
        return replace(by_rule, kind=kind, text="", parts=())
    written = [" ".join(question.split()) for question in read.questions]
    if not all(_holds(question, by_rule.asked, inquiry.turns) for question in written):
        return by_rule
    if not written and kind not in (Kind.SUMMARY, Kind.NEWS):
        return by_rule
    filters, said = _narrowed(read, inquiry, by_rule, outlets)
    text = " ".join(written)
    if _letters(text) == _letters(by_rule.text):
        written, text = [], by_rule.text
    parts = tuple(map(Part, written)) or by_rule.parts or (Part(text),)
    return replace(
        by_rule,
        kind=kind,
        text=text,
        parts=parts,
        filters=filters,
        said=said,
        language=question_language(text) or by_rule.language,
    )


def _narrowed(
    read: _Reply, inquiry: Inquiry, by_rule: Question, outlets: Sequence[str]
) -> tuple[Filters, tuple[str, ...]]:
    """The filters by rule, which reckons days rightly; where there are none, those of the reply that hold."""
    message = by_rule.asked.casefold()
    if by_rule.said or not read.said or not all(words and words.casefold() in message for words in read.said):
        return by_rule.filters, by_rule.said
    since, until = read.since, read.until
    if (since and since > inquiry.today) or (since and until and since > until):
        since = until = None
    source = next((outlet for outlet in outlets if outlet.casefold() == (read.source or "").casefold()), None)
    found = Filters(since, until, source)
    return (merged(inquiry.filters, found), tuple(read.said)) if found != Filters() else (by_rule.filters, ())


def _holds(question: str, asked: str, turns: Sequence[Turn]) -> bool:
    """Whether a question is one, and has no name and no number that nobody gave."""
    if not question or len(question) > _LONGEST or _NO_QUESTION.search(question):
        return False
    said = " ".join([asked, *(f"{turn.question} {turn.standalone} {turn.answer}" for turn in turns)])
    known = set(keys_of(re.findall(r"\w+", said)))
    # The first word is capitalised for its place, not for being a name.
    names = keys_of(names_in(" ".join(question.split()[1:])))
    numbers = set(_NUMBER.findall(question)) - set(_NUMBER.findall(said))
    return set(names) <= known and not numbers


def _rendered(turn: Turn) -> str:
    return f"<turn>\nQ: {defused(turn.standalone)}\nA: {defused(turn.answer)}\n</turn>"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
