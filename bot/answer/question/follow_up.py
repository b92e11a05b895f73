"""Makes a follow-up stand on its own without a chat model: in any language, from the turn before."""

from __future__ import annotations

import re

from bot.answer.question.languages import known_words
from bot.answer.question.question import AROUND, Part
from bot.answer.question.turn import Turn
from index.text.names import NAME_WORD

_NAME = rf"{NAME_WORD}(?: {NAME_WORD})*"
_FRAGMENT = re.compile(rf"(?:\w+ )?(?P<before>\w+) (?:(?P<year>\d{{4}})|(?P<name>{_NAME}))")


def completed(question: str, last: Turn) -> Part:
    """``question``, known to lack its subject, with the question that the turn before it was about.

    "And in Dnipro?" is that question with "in Dnipro" for "in Kharkiv".
    """
    bare, context = question.strip(AROUND), (last.context or last.standalone).strip()
    before = context.strip(AROUND)
    if fragment := _FRAGMENT.fullmatch(bare):
        kind = r"\d{4}" if fragment["year"] else _NAME
        alike = list(re.finditer(rf"(?<=\b{fragment['before']} ){kind}", before))
        if alike:
            start, end = alike[-1].span()
            other = f"{before[:start]}{fragment['year'] or fragment['name']}{before[end:]}?"
            return Part(last.question, other) if last.context else Part(other)
    return Part(f"{bare}?", context)


def begins_with_and(text: str, language: str | None) -> bool:
    """Whether ``text`` goes on by its first word, in a language that there are words for."""
    first, _, rest = text.strip(AROUND).partition(" ")
    return bool(rest) and first.casefold() in known_words(language or "", "asks").get("and", ())
