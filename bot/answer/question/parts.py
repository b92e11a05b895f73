"""What a question asks for: its parts, where it asks several things, and the words that are looked for."""

from __future__ import annotations

import re

from bot.answer.evidence.facts import content_words, language_of
from bot.answer.evidence.lexicon import FUNCTION_WORDS
from bot.answer.question.anaphora import QUESTION_WORDS
from bot.answer.question.question import Part
from bot.answer.question.standalone import standalone
from bot.answer.question.turn import Turn

_ASKING = "|".join(sorted({word for words in QUESTION_WORDS.values() for word in words}, key=len, reverse=True))
_BORDER = re.compile(
    rf"\?\s+(?=\w)|,?\s+(?:and|en|und|y|e|et)\s+(?:(?:also|ook|auch|también|aussi)\s+)?(?=(?:{_ASKING})\b)"
    rf"|;\s+(?=(?:{_ASKING})\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_FUNCTION = frozenset().union(*FUNCTION_WORDS.values(), *QUESTION_WORDS.values())
_IDLE = frozenset("many much long get got say says said tell told know happen happened veel viele cuántos".split())
_FEWEST_WORDS = 2
_MOST = 3
_LOOKED_FOR = 8


def parts_of(question: str) -> list[Part]:
    """The questions in ``question``; one that asks a single thing is its only part.

    "Who won, and how many votes did she get?" has two, the second meant with what it takes from the first.
    """
    pieces = [piece.strip(" ?¿,;") for piece in _BORDER.split(question)]
    told = [piece for piece in pieces if len(_WORD.findall(piece)) >= _FEWEST_WORDS and content_words(piece)]
    if not 1 < len(told) <= _MOST or len(told) < len([piece for piece in pieces if piece]):
        return [Part(question, question)]
    asked = [f"{piece[:1].upper()}{piece[1:]}?" for piece in told]
    turn = Turn(question=asked[0], standalone=asked[0], answer="")
    return [Part(asked[0], asked[0]), *(Part(one, standalone(one, [turn]) or one) for one in asked[1:])]


def looked_for(question: str) -> tuple[str, ...]:
    """The names and other telling words of ``question``, names that stand together as one, in order."""
    found: list[str] = []
    end, joined = -1, False
    for match in _WORD.finditer(question):
        word = match.group()
        if word.casefold() in _FUNCTION | _IDLE:
            joined = False
            continue
        capital = word[0].isupper() and match.start() > 0
        if joined and capital and question[end : match.start()] == " ":
            found[-1] += f" {word}"
        else:
            found.append(word)
        end, joined = match.end(), capital and language_of(question) != "de"
    return tuple(dict.fromkeys(found))[:_LOOKED_FOR]
