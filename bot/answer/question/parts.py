"""What a question asks for: its parts, if it asks several things, its subject, and the words looked for."""

from __future__ import annotations

import re
from functools import cache

from bot.answer.evidence.content import content_words, function_words
from bot.answer.evidence.statement import Statement
from bot.answer.question.follow_up import completed
from bot.answer.question.languages import codes, known_words
from bot.answer.question.question import Part
from bot.answer.question.spans import words_of
from bot.answer.question.turn import Turn

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_FEWEST_WORDS = 2
_MOST = 3
_LOOKED_FOR = 8
_DOUBTING = 3
"""Words that tell something, at most, in what only asks whether something is so."""


def parts_of(question: str) -> list[Part]:
    """The questions in ``question``; one that asks a single thing is its only part.

    "Who won, and how many votes did she get?" has two, the second meant with what it takes from the first.
    """
    pieces = [piece.strip(" ?¿,;") for piece in _border().split(question)]
    told = [piece for piece in pieces if len(_WORD.findall(piece)) >= _FEWEST_WORDS and content_words(piece)]
    if not 1 < len(told) <= _MOST or len(told) < len([piece for piece in pieces if piece]):
        return [Part(question)]
    first, *rest = (f"{piece[:1].upper()}{piece[1:]}?" for piece in told)
    turn = Turn(question=first, standalone=first, answer="")
    return [Part(first), *(Part(one) if Statement.of(one).names else completed(one, turn) for one in rest)]


def only_doubts(reply: str) -> bool:
    """Whether ``reply``, to what somebody said, asks no more than whether it is so: "is that true?", "check this".

    It names nothing, asks for nothing in particular, and is short.
    """
    asks = {match.group().casefold() for match in _WORD.finditer(reply)} & question_words()
    return not asks and not Statement.of(reply).names and len(content_words(reply)) <= _DOUBTING


def looked_for(question: str) -> tuple[str, ...]:
    """The names and other telling words of ``question``, names that stand together as one, in order."""
    names, idle = Statement.of(question).names, function_words() | question_words()
    found: list[str] = []
    end, joined = -1, False
    for match in _WORD.finditer(question):
        word = match.group()
        if word.casefold() in idle:
            joined = False
            continue
        if joined and word in names and question[end : match.start()] == " ":
            found[-1] += f" {word}"
        else:
            found.append(word)
        end, joined = match.end(), word in names
    return tuple(dict.fromkeys(found))[:_LOOKED_FOR]


def subject_of(text: str, language: str | None) -> str:
    """The subject of a request for a summary or for news: "the latest news on the ferry" is about "ferry".

    Empty if it names none ("what's new?"). ``language``: that of the text, if it is known.
    """
    words = words_of(text)
    requests = {code: known_words(code, "asks")["request"] for code in codes()}
    spoken = max(
        requests, key=lambda code: sum(word.text in requests[code] for word in words) + (code == language) / 2
    )
    idle = requests[spoken]
    telling = [word for word in words if word.text.strip("'") not in idle and word.text not in idle]
    return text[telling[0].start : telling[-1].end] if telling else ""


@cache
def question_words() -> frozenset[str]:
    """The words that ask, of all languages that there are words for."""
    return frozenset().union(*(known_words(code, "asks").get("question", frozenset()) for code in codes()))


@cache
def _border() -> re.Pattern[str]:
    """What stands between two questions.

    "And" is of the language of the word that asks: Polish has "a" for it, which is Spanish for "to".
    """
    also = r"(?:(?:also|ook|auch|también|aussi)\s+)?"
    asks = {code: known_words(code, "asks") for code in codes()}
    going_on = "|".join(
        rf"(?:{'|'.join(words['and'])})\s+{also}(?=(?:{'|'.join(words['question'])})\b)"
        for words in asks.values()
        if "question" in words
    )
    asking = "|".join(question_words())
    return re.compile(rf"\?\s+(?=\w)|;\s+(?=(?:{asking})\b)|,?\s+(?:{going_on})", re.IGNORECASE)
